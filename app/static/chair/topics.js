// The strip of topics: which is open, what time it has, had or will have, and when it is expected to end.

import { attr, css, h, keyed, setParts, setText, show } from "../dom.js";
import { clockTime, local, t } from "../i18n.js";
import { clockText, remainingMs, spentMs, usedShare } from "../timers.js";
import { expectedEnds, lengthText, level, minutes, plannedEnds, signedText, sortedTopics } from "../console/time.js";
import { topicLabel } from "../console/words.js";

const STEPS_MS = [-300_000, -60_000, 60_000, 300_000];

/** `open(topic)` offers a topic to be opened, `adjust(by_ms)` changes the time of the open one. */
export function topicStrip(root, { open, adjust }) {
  return ({ state, now }) => {
    const fixed = state.session.status === "ended";
    const expected = expectedEnds(state, now);
    const planned = plannedEnds(state, now);
    const here = state.topics?.[state.topic]?.place ?? 0;
    keyed(root, sortedTopics(state), ({ id }) => id, ({ id }) => card(id, open, adjust), (node, topic) => {
      const past = state.session.status === "ended" || topic.place < here;
      const when = past ? "past" : topic.id === state.topic ? "now" : "later";
      attr(node, "data-when", when);
      attr(node, "aria-current", when === "now" ? "step" : null);
      attr(node, "data-level", when === "now" ? level(topic.timer, now) : null);
      fill(node, state, topic, when, now);
      fillEnds(node.querySelector(".topic-ends"), expected[topic.id], planned[topic.id], when === "now" && isClose(topic, now));
      attr(node.querySelector(".topic-open"), "aria-disabled", when === "now" || fixed ? "true" : null);
      show(node.querySelector(".steps"), when === "now" && !fixed);
    });
  };
}

function card(id, open, adjust) {
  const steps = STEPS_MS.map((by_ms) => h("button", {
    type: "button", class: "step", "data-large": Math.abs(by_ms) > 60_000, onclick: () => adjust(by_ms),
    "aria-label": t(by_ms > 0 ? "chair.topic_longer" : "chair.topic_shorter", { count: Math.abs(by_ms) / 60_000 }),
  }, wholeMinutes(by_ms)));
  return h("li", { class: "topic" },
    h("button", { type: "button", class: "topic-open", onclick: (event) => event.currentTarget.ariaDisabled !== "true" && open(id) },
      h("span", { class: "topic-label" }), h("span", { class: "topic-title" })),
    h("div", { class: "topic-time" },
      h("span", { class: "topic-clock" }), h("span", { class: "topic-word" }),
      h("span", { class: "topic-of topic-more" }), h("span", { class: "topic-ends topic-more" })),
    h("div", { class: "steps", role: "group", "aria-label": t("chair.topic_time") }, steps),
    h("div", { class: "bar", "aria-hidden": "true" }, h("div", { class: "bar-used" })));
}

function fill(node, state, topic, when, now) {
  const part = (name) => node.querySelector(`.topic-${name}`);
  setText(part("label"), topicLabel(state, topic.id));
  setText(part("title"), [when !== "now" && topic.waiting > 0 && waitingText(state, topic),
    topic.kind === "topic" && local(topic.title)].filter(Boolean).join(" · "));
  attr(part("open"), "title", local(topic.title));
  const left = remainingMs(topic.timer, now);
  setText(part("clock"), {
    now: clockText(left), past: lengthText(spentMs(topic.timer, now)), later: minutes(Math.round(left / 60_000)),
  }[when]);
  setText(part("word"), when === "now" ? t(`chair.level_${level(topic.timer, now)}`) : "");
  setText(part("of"), of(topic, when, now));
  css(node.querySelector(".bar-used"), "inline-size", `${(usedShare(topic.timer, now) * 100).toFixed(2)}%`);
}

const wholeMinutes = (ms) => signedText(ms).replace(":00", "");

function waitingText({ session }, { waiting }) {
  return t(session.status === "ended" ? "chair.not_heard_n" : "chair.waiting_n", { count: waiting });
}

function of(topic, when, now) {
  const whole = (ms) => t("chair.of_time", { time: lengthText(ms) });
  if (when === "past") return whole(topic.timer.allotted_ms);
  if (when === "later" || isClose(topic, now)) return "";
  const added = topic.timer.allotted_ms - topic.planned_ms;
  return whole(topic.planned_ms) + (added ? ` ${wholeMinutes(added)}` : "");
}

/** Whether a warning stands here: it needs the room. */
const isClose = (topic, now) => level(topic.timer, now) !== "plenty";

/** "16:01 → 16:05": planned and expected end; one time alone where they are the same minute. */
function fillEnds(node, expected, planned, brief) {
  if (expected === undefined) return setText(node, "");
  const [at, due] = [expected, planned].map(clockTime);
  const shown = brief || at === due ? t("chair.ends_at", { at }) : t("chair.ends_planned", { at, planned: due });
  const said = t("chair.ends_said", { at, planned: due });
  attr(node, "title", said);
  return setParts(node, h("span", { "aria-hidden": "true" }, shown), h("span", { class: "visually-hidden" }, said));
}
