// The head: which topic, its question, how much of its time is left.

import { attr, byId, setText, show } from "../dom.js";
import { local, minutesInWords, t } from "../i18n.js";
import { phase, remainingMs } from "../timers.js";

export function renderHead({ state, topic, now }) {
  const begun = topic !== undefined && state.session.status !== "ended";
  // The opening and the closing stand large in the scene: the head is the session's then.
  const question = begun && topic.kind === "topic";
  setText(byId("number"), question ? t("room.topic_of", { place: topic.number, count: topic.count }) : "");
  const timed = begun && now !== undefined;
  setText(byId("topic-time"), timed ? minutesInWords(remainingMs(topic.timer, now)) : "");
  attr(byId("topic-time"), "data-phase", timed && phase(topic.timer, now));
  setText(byId("topic-title"), local(question ? topic.title : state.session.title));
  const text = question ? local(topic.question) : "";
  setText(byId("question"), text);
  show(byId("question"), text !== "");
}
