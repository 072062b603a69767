// The whole screen while this person has the floor: the time, and one way to end.

import { attr, bdi, byId, setParts, setText, show } from "../dom.js";
import { local, t } from "../i18n.js";
import { clockText, phase, remainingMs } from "../timers.js";

const TITLES = {
  intervention: "phone.have_floor",
  right_of_reply: "phone.have_floor_reply",
  point_of_order: "phone.have_floor_point",
};

export function renderSpeaking(view) {
  const { mine, state, topic, now } = view;
  const request = mine.speaking ?? mine.interrupted;
  const screen = byId("speaking");
  const opens = request !== undefined && screen.hidden;
  const closes = request === undefined && !screen.hidden;
  show(screen, request);
  attr(byId("app"), "inert", request !== undefined);
  if (closes) byId("dock").focus({ preventScroll: true });
  if (!request) return;

  const stands = request.timer.since === undefined;
  const at = now === undefined ? "in_time" : phase(request.timer, now);
  attr(screen, "data-phase", mine.interrupted || stands ? "standing" : at);
  setText(byId("speaking-topic"), topic ? local(topic.title) : "");
  setText(byId("speaking-title"), t(mine.interrupted ? "phone.interrupted" : TITLES[request.kind]));
  setText(byId("speaking-digits"), now === undefined ? "" : clockText(remainingMs(request.timer, now)));
  setText(byId("speaking-words"), words(view, request, at, stands));
  show(byId("speaking-notice"), state.notice);
  setParts(byId("speaking-notice"), bdi(state.notice?.text));
  show(byId("conclude"), !mine.interrupted);
  if (opens) byId("speaking-title").focus();
}

function words({ mine, state, now }, request, at, stands) {
  if (mine.interrupted) return t("phone.interrupted_what");
  if (state.session.status === "paused") return t("phone.paused");
  if (stands) return t("phone.floor_paused");
  if (now === undefined) return "";
  if (at === "last_minute") return t("phone.floor_last_minute");
  // Up to the first whole second over, the digits say 0:00: "over" would contradict them.
  if (at === "over") return t(remainingMs(request.timer, now) > -1_000 ? "phone.floor_time_up" : "phone.floor_over");
  return t("phone.floor_left", { limit: clockText(request.timer.allotted_ms) });
}
