// The list of speakers as it stands, to read: who waits, and for how long. Afterwards: who was not heard.

import { attr, bdi, h, keyed, setParts, setText, show } from "../dom.js";
import { number, t } from "../i18n.js";
import { nameNode } from "../people.js";
import { listed, marks } from "../console/listed.js";
import { minutes } from "../console/time.js";
import { groupName } from "../console/words.js";

/** `edit(person)` opens the form that puts them right. */
export function waitingList(root, { edit }) {
  const list = root.querySelector(".waiting");
  return ({ state, now }) => {
    const waiting = listed(state);
    const open = state.topics?.[state.topic]?.list;
    const ended = state.session.status === "ended";
    setText(root.querySelector(".waiting-title"), t(ended ? "secretariat.not_heard" : "chair.list"));
    setText(root.querySelector(".waiting-count"), waiting.length ? number(waiting.length) : "");
    setText(root.querySelector(".waiting-standing"), open && !ended ? t(`chair.list_${open}`) : "");
    attr(root.querySelector(".waiting-standing"), "data-list", open);
    setText(root.querySelector(".waiting-none"), waiting.length ? "" : t(ended ? "secretariat.all_heard" : "secretariat.nobody_waits"));
    show(root.querySelector(".act"), state.topic && !ended);
    keyed(list, waiting, (id) => id, create, (row, id, index) => fill(row, state.requests[id], index, now, ended));
  };

  function create() {
    const row = h("li", {}, h("button", { type: "button", class: "waits", onclick: () => edit(row.person) },
      ["place", "who", "marks", "time"].map((name) => h("span", { class: `waits-${name}` }))));
    return row;
  }

  function fill(row, request, index, now, ended) {
    row.person = request;
    const [place, who, signs, time] = row.firstChild.children;
    setText(place, number(index + 1));
    setParts(who, h("strong", {}, nameNode(request)), " ",
      h("span", { class: "quiet" }, request.organisation && [bdi(request.organisation), " · "], groupName(request.group)));
    setParts(signs, marks(request).filter(([kind]) => kind !== "moved" && kind !== "overtaken")
      .map(([kind, text]) => h("span", { class: "mark", "data-mark": kind }, text)));
    const waited = Math.floor((now - request.at) / 60_000);
    setText(time, ended || waited < 1 ? "" : minutes(waited));
  }
}
