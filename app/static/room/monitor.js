// The monitor on the podium (?as=speaker): the time and the notice, nothing else. While nobody has the floor, the time
// is the topic's.

import { attr, byId, css, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { clockText, phase, remainingMs, usedShare } from "../timers.js";
import { clockWords } from "./clock.js";

export function renderMonitor({ state, topic, now }) {
  const isOver = state.session.status === "ended";
  const timer = isOver ? undefined : state.floor?.timer ?? topic?.timer;
  const known = timer !== undefined && now !== undefined;
  const at = known ? phase(timer, now) : "in_time";
  const left = known ? remainingMs(timer, now) : 0;
  show(byId("monitor-digits"), known);
  show(byId("monitor-time"), known);
  attr(byId("monitor"), "data-phase", at);
  attr(byId("monitor"), "data-stands", known && timer.since === undefined);
  setText(byId("monitor-digits"), known ? clockText(left) : "");
  css(byId("monitor-bar"), "--used", known ? usedShare(timer, now).toFixed(4) : 0);
  setText(byId("monitor-words"), isOver ? t("room.thanks") : known ? words(state, at, left) : "");
}

function words(state, at, left) {
  if (state.floor) return clockWords(state, at, left);
  if (state.session.status === "paused") return t("room.paused");
  return t(at === "over" ? "room.topic_over" : "room.topic_left");
}
