// Where the session is: the open topic and its time, who has the floor and for how long, who is next, and whether all
// that was typed is saved.

import { attr, bdi, h, setParts, setText, show } from "../dom.js";
import { local, parts, t } from "../i18n.js";
import { nameNode } from "../people.js";
import { clockText, phase, remainingMs, spentMs } from "../timers.js";
import { lengthText, level } from "../console/time.js";
import { groupName, kindText, topicLabel, who } from "../console/words.js";

const LATE_MS = 3_000;

export function nowPanel(root) {
  const part = (name) => root.querySelector(`.now-${name}`);
  return ({ state, now }) => {
    const topic = state.topics?.[state.topic];
    setText(part("label"), topic ? topicLabel(state, state.topic) : "");
    setText(part("topic"), topic ? (topic.kind === "topic" ? local(topic.title) : "") : t(`chair.empty_${state.session.status}`));
    show(part("time"), topic && state.session.status !== "ended");
    if (topic) {
      const standing = level(topic.timer, now);
      setText(part("clock"), clockText(remainingMs(topic.timer, now)));
      setText(part("word"), t(`chair.level_${standing}`));
      attr(part("time"), "data-level", standing);
    }
    floor(part, state, now);
    const next = state.requests?.[state.list?.[0]];
    show(part("next"), next);
    if (next) setParts(part("next"), parts("chair.say_next", { who: h("strong", {}, who(next)) }));
  };
}

function floor(part, state, now) {
  const speaking = state.floor && state.requests[state.floor.request];
  attr(part("floor"), "data-state", speaking ? "speaking" : "empty");
  setText(part("kicker"), speaking ? kindText(speaking) || t("chair.has_floor") : t(`chair.empty_${state.session.status}`));
  setParts(part("name"), speaking ? nameNode(speaking) : []);
  setParts(part("from"), speaking ? [speaking.organisation && [bdi(speaking.organisation), " · "], groupName(speaking.group),
    " · ", t(speaking.where === "online" ? "chair.online" : "chair.in_room")] : []);
  show(part("spent"), speaking);
  if (!speaking) return;
  const { timer } = state.floor;
  setText(part("figure"), lengthText(spentMs(timer, now)));
  setText(part("of"), t("secretariat.spent_of", { time: lengthText(timer.allotted_ms) }));
  attr(part("spent"), "data-phase", phase(timer, now));
}

/** Whether the line is live and all is saved. What is under way for a moment is no news. */
export function savedLine(node) {
  let unsavedSince;
  return ({ live, unsaved }) => {
    unsavedSince = unsaved ? unsavedSince ?? performance.now() : undefined;
    const late = unsaved && (!live || performance.now() - unsavedSince > LATE_MS);
    attr(node, "data-tone", late ? "late" : unsaved ? "saving" : "saved");
    setText(node, late ? t("secretariat.unsaved", { count: unsaved })
      : t(unsaved ? "secretariat.saving" : "secretariat.saved"));
  };
}
