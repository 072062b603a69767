// The words beside the speaker's countdown, the same on the wall and on the monitor.

import { t } from "../i18n.js";
import { clockText } from "../timers.js";

export function clockWords({ session, floor: { timer } }, at, left) {
  if (session.status === "paused") return t("room.paused");
  if (timer.since === undefined) return t("timer.paused");
  if (at === "last_minute") return t("room.last_minute");
  // Through the first second over, the digits say 0:00.
  if (at === "over") return t(left > -1_000 ? "room.time_up" : "room.over");
  return t("room.of_limit", { limit: clockText(timer.allotted_ms) });
}
