// Timers as they come on the wire, {allotted_ms, spent_ms, since?}, read at an instant. The same cases hold for
// floor/timers.py: tests/timer_cases.json. Computed at every render, never counted down.

const LAST_MINUTE_MS = 60_000;

/** Time spent until `now`; a timer without `since` stands still. */
export function spentMs(timer, now) {
  return timer.spent_ms + (timer.since === undefined ? 0 : Math.max(0, now - timer.since));
}

/** Time left; negative once over time. */
export function remainingMs(timer, now) {
  return timer.allotted_ms - spentMs(timer, now);
}

/** "in_time", "last_minute" or "over". Whether it stands still is told by the missing `since`, not by the phase. */
export function phase(timer, now) {
  const left = remainingMs(timer, now);
  if (left <= 0) return "over";
  return left <= LAST_MINUTE_MS ? "last_minute" : "in_time";
}

/** "m:ss" for a time left, "+m:ss" for an overtime. Time left rounds up, overtime rounds down, zero has no sign. */
export function clockText(remaining_ms) {
  const seconds = Math.ceil(remaining_ms / 1000);
  const whole = Math.abs(seconds);
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return seconds < 0 ? `+${text}` : text;
}

/** How much of the allotted time is used up, 0 to 1: for bars that must agree with the digits. */
export function usedShare(timer, now) {
  if (timer.allotted_ms <= 0) return 1;
  return Math.min(1, Math.max(0, spentMs(timer, now) / timer.allotted_ms));
}
