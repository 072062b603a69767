// Was each group heard? A table with a bar a group: this topic's part of its speaking time in full colour, the rest of
// the session behind it. A group that nobody in the room belongs to looks different from one not yet heard.

import { page } from "../page.js";
import { attr, css, h, keyed, setText } from "../dom.js";
import { t } from "../i18n.js";
import { lengthText } from "../console/time.js";
import { groupName } from "../console/words.js";

const NONE = { count: 0, spent_ms: 0 };

export function sharesTable(body) {
  return ({ state }) => {
    const { session = {}, topics = {} } = state.shares ?? {};
    const here = topics[state.topic] ?? {};
    const begun = Object.values(session).some(({ count }) => count > 0);
    const most = Math.max(1, ...Object.values(session).map(({ spent_ms }) => spent_ms));
    keyed(body, Object.keys(page.groups ?? {}), (group) => group, row, (node, group) => {
      const all = session[group] ?? NONE;
      const now = here[group] ?? NONE;
      const present = state.joined?.[group] ?? 0;
      // Until somebody has spoken, nobody was left out: then it says who is there.
      const absent = present === 0 && !waits(state, group);
      const standing = all.count > 0 ? "heard" : absent ? "absent" : begun ? "unheard" : "here";
      attr(node, "data-standing", standing);
      const [bars, topicCell, sessionCell] = [...node.children].slice(1);
      css(bars.querySelector(".share-session"), "inline-size", `${(all.spent_ms / most) * 100}%`);
      css(bars.querySelector(".share-topic"), "inline-size", `${(now.spent_ms / most) * 100}%`);
      const word = standing === "heard" ? "" : t(`chair.share_${standing}`, { count: present });
      setText(bars.querySelector(".share-word"), word);
      setText(topicCell, figures(now));
      setText(sessionCell, figures(all));
    });
  };
}

const waits = (state, group) => Object.values(state.requests ?? {}).some((request) => request.group === group);

const figures = ({ count, spent_ms }) =>
  (count > 0 ? t("chair.share_figures", { n: count, time: lengthText(spent_ms) }) : "–");

function row(group) {
  return h("tr", {},
    h("th", { scope: "row" }, groupName(group)),
    h("td", { class: "share-bars" },
      h("div", { class: "share-track" }, h("div", { class: "share-session" }), h("div", { class: "share-topic" })),
      h("span", { class: "share-word" })),
    h("td", { class: "figure" }), h("td", { class: "figure" }));
}
