// The strip of topics: which is open, what time it has, had or will have, and when it is expected to end.

import { attr, css, h, keyed, setText, show } from "../dom.js";
import { clockTime, local, t } from "../i18n.js";
import { clockText, remainingMs, spentMs, usedShare } from "../timers.js";
import { expectedEnds, lengthText, level, minutes, signedText, sortedTopics } from "./time.js";
import { topicLabel } from "./words.js";

const STEPS_MS = [-300_000, -60_000, 60_000, 300_000];

/** `open(topic)` offers a topic to be opened, `adjust(by_ms)` changes the time of the open one. */
export function topicStrip(root, { open, adjust }) {
  return ({ state, now }) => {
    const ends = expectedEnds(state, now);
    const here = state.topics?.[state.topic]?.place ?? 0;
    keyed(root, sortedTopics(state), ({ id }) => id, ({ id }) => card(id, open, adjust), (node, topic) => {
      const past = state.session.status === "ended" || topic.place < here;
      const when = past ? "past" : topic.id === state.topic ? "now" : "later";
      attr(node, "data-when", when);
      attr(node, "aria-current", when === "now" ? "step" : null);
      attr(node, "data-level", when === "now" ? level(topic.timer, now) : null);
      fill(node, state, topic, when, now, ends[topic.id]);
    });
  };
}

function card(id, open, adjust) {
  const steps = STEPS_MS.map((by_ms) => h("button", {
    type: "button", class: "step", onclick: () => adjust(by_ms),
    "aria-label": t(by_ms > 0 ? "chair.topic_longer" : "chair.topic_shorter", { count: Math.abs(by_ms) / 60_000 }),
  }, wholeMinutes(by_ms)));
  return h("li", { class: "topic" },
    h("button", { type: "button", class: "topic-open", onclick: () => open(id) },
      h("span", { class: "topic-label" }), h("span", { class: "topic-title" })),
    h("div", { class: "topic-time" },
      h("span", { class: "topic-clock" }), h("span", { class: "topic-word" }), h("span", { class: "topic-more" })),
    h("div", { class: "steps", role: "group", "aria-label": t("chair.topic_time") }, steps),
    h("div", { class: "bar", "aria-hidden": "true" }, h("div", { class: "bar-used" })));
}

function fill(node, state, topic, when, now, endsAt) {
  const part = (name) => node.querySelector(`.topic-${name}`);
  setText(part("label"), topicLabel(state, topic.id));
  setText(part("title"), [when !== "now" && topic.waiting > 0 && waitingText(state, topic),
    topic.kind === "topic" && local(topic.title)].filter(Boolean).join(" · "));
  attr(part("open"), "title", local(topic.title));
  attr(part("open"), "aria-disabled", when === "now" || state.session.status === "ended" ? "true" : null);
  const left = remainingMs(topic.timer, now);
  setText(part("clock"), {
    now: clockText(left), past: lengthText(spentMs(topic.timer, now)), later: minutes(Math.round(left / 60_000)),
  }[when]);
  setText(part("word"), when === "now" ? t(`chair.level_${level(topic.timer, now)}`) : "");
  setText(part("more"), more(topic, when, endsAt, now));
  show(node.querySelector(".steps"), when === "now");
  css(node.querySelector(".bar-used"), "inline-size", `${(usedShare(topic.timer, now) * 100).toFixed(2)}%`);
}

const wholeMinutes = (ms) => signedText(ms).replace(":00", "");

function waitingText({ session }, { waiting }) {
  return t(session.status === "ended" ? "chair.not_heard_n" : "chair.waiting_n", { count: waiting });
}

function more(topic, when, endsAt, now) {
  const of = (ms) => t("chair.of_time", { time: lengthText(ms) });
  if (when === "past") return of(topic.timer.allotted_ms);
  if (when === "later") return endsAt === undefined ? "" : t("chair.ends_at", { at: clockTime(endsAt) });
  const until = endsAt === undefined ? "" : t("chair.until", { at: clockTime(endsAt) });
  if (level(topic.timer, now) !== "plenty") return until; // the warning needs the room
  const added = topic.timer.allotted_ms - topic.planned_ms;
  const planned = of(topic.planned_ms) + (added ? ` ${wholeMinutes(added)}` : "");
  return until ? `${planned} · ${until}` : planned;
}
