// Arithmetic on timers for the console, and its words: the forecast of the list, when topics and session will end.
// Everything is computed anew at each render; nothing here is kept or counted down.

import { page } from "../page.js";
import { remainingMs, spentMs } from "../timers.js";
import { t } from "../i18n.js";

const MINUTE_MS = 60_000;
const NEAR_MS = 12 * 3_600_000; // a planned start further away than this belongs to another day: a rehearsal
const STEP_MS = 5_000; // a fitted speaking time is a figure that one can say aloud

/** How close a topic is to its end, as steps of urgency: the order in which the warnings come. */
export const LEVELS = ["plenty", "five_minutes", "last_minute", "over"];

export function level(timer, now) {
  const left = remainingMs(timer, now);
  if (left <= 0) return "over";
  if (left <= MINUTE_MS) return "last_minute";
  return left <= 5 * MINUTE_MS ? "five_minutes" : "plenty";
}

export const sortedTopics = (state) =>
  Object.entries(state.topics ?? {}).map(([id, topic]) => ({ id, ...topic })).sort((a, b) => a.place - b.place);

/** The topic after the open one; before the session has one, the first. */
export function nextTopic(state) {
  const topics = sortedTopics(state);
  const here = state.topic === undefined ? 0 : state.topics[state.topic].place;
  return topics.find(({ place }) => place > here);
}

/** What the running intervention, and one that is interrupted by it, may still take. */
export function stillSpeakingMs(state, now) {
  if (!state.floor) return 0;
  const { timer, interrupted } = state.floor;
  return Math.max(0, remainingMs(timer, now)) + (interrupted ? Math.max(0, remainingMs(interrupted.timer, now)) : 0);
}

/**
 * Whether all who wait will be heard on this topic. The verdict is exact to the millisecond; `needed` is told so that
 * the sentence adds up as it is read, and is true itself wherever it is a whole number of minutes.
 */
export function forecast(state, now, limit_ms = state.session.speaking_time_ms) {
  const { topic, topics, session, forecast: known } = state;
  if (topic === undefined || !known) return undefined;
  const { waiting } = known;
  const needed_ms = limit_ms === session.speaking_time_ms ? known.needed_ms : waiting * limit_ms;
  const speaking_ms = stillSpeakingMs(state, now);
  const left_ms = remainingMs(topics[topic].timer, now);
  const left = Math.floor(left_ms / MINUTE_MS);
  const over = Math.ceil((needed_ms + speaking_ms - left_ms) / MINUTE_MS);
  return {
    waiting, needed: left + over, left, over, speaking_ms, left_ms, limit_ms,
    even: needed_ms === waiting * limit_ms, // "7 × 2:00" is only said where it is the whole truth
  };
}

/** The speaking time with which all who wait are heard; undefined if it would be shorter than is decent. */
export function fittingMs(state, now) {
  const known = forecast(state, now);
  if (!known?.waiting) return undefined;
  const each = Math.floor((known.left_ms - known.speaking_ms) / known.waiting / STEP_MS) * STEP_MS;
  const shortest = state.session.shortest_speaking_time_ms ?? 45_000;
  return each >= shortest && each < state.session.speaking_time_ms ? each : undefined;
}

/** When each topic that is not over yet will end at the present pace: topic id -> instant. */
export function expectedEnds(state, now) {
  const ends = {};
  if (state.session.status === "ended") return ends;
  const here = state.topic === undefined ? 0 : state.topics[state.topic].place;
  let at = state.session.status === "waiting" ? Math.max(now, scheduledStart(now) ?? 0) : now;
  for (const { id, place, timer } of sortedTopics(state)) {
    if (place < here) continue;
    const planned = Math.max(0, remainingMs(timer, now));
    const wanted = id === state.topic ? (state.forecast?.needed_ms ?? 0) + stillSpeakingMs(state, now) : 0;
    at += Math.max(planned, wanted);
    ends[id] = at;
  }
  return ends;
}

/** When each topic should end by the plan: topic id -> instant. A session on another day is planned from its start. */
export function plannedEnds(state, now) {
  let at = scheduledStart(now) ?? now - spentMs(state.session.timer, now);
  const ends = {};
  for (const { id, planned_ms } of sortedTopics(state)) ends[id] = at += planned_ms;
  return ends;
}

/** The expected end of the session, and by how much it misses minute 90 (positive: over). */
export function expectedEnd(state, now) {
  const ends = Object.values(expectedEnds(state, now));
  if (ends.length === 0) return undefined;
  const at = ends.at(-1);
  const start = state.session.status === "waiting" ? Math.max(now, scheduledStart(now) ?? 0) : now;
  return { at, by_ms: at - (start + remainingMs(state.session.timer, now)) };
}

/** When the session is due to begin, or undefined where that is another day, or not known. */
export function scheduledStart(now) {
  const near = page.starts_ms && Math.abs(page.starts_ms - now) < NEAR_MS;
  return near ? page.starts_ms : undefined;
}

export function scheduledEnd(state, now) {
  const start = scheduledStart(now);
  return start === undefined ? undefined : start + state.session.timer.allotted_ms;
}

// --- in words -----------------------------------------------------------------------------------------------------

/** "2:00" for a length of time, without a sign. */
export function lengthText(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "+0:30", "−5:00": what an act added. Isolated, or a right-to-left sentence would put the sign behind. */
export const signedText = (ms) => `\u2066${ms < 0 ? "−" : "+"}${lengthText(ms)}\u2069`;

export const minutes = (count) => t("chair.minutes", { count });

/** "3 min over", "2 min to spare", "on time": signs are never left to be guessed. */
export function byWords(by_ms) {
  if (Math.abs(by_ms) < MINUTE_MS / 2) return t("chair.on_time");
  const count = Math.max(1, Math.round(Math.abs(by_ms) / MINUTE_MS));
  return t(by_ms > 0 ? "chair.by_over" : "chair.by_spare", { time: minutes(count) });
}

/** "7 waiting × 2:00 = 14 min, 9 min left on this topic: over by 5 min". */
export function forecastWords(known) {
  const { waiting, needed, left, over, even, limit_ms, speaking_ms } = known;
  if (waiting === 0) return t(left >= 0 ? "chair.forecast_nobody" : "chair.forecast_nobody_over",
    { time: minutes(Math.abs(left)) });
  const who = t("chair.forecast_waiting", { count: waiting });
  const time = t("chair.forecast_each", { time: lengthText(limit_ms) });
  const speaker = speaking_ms > 0 && t("chair.forecast_speaker");
  const sum = [even ? `${who} ${time}` : who, speaker].filter(Boolean).join(" + ");
  const room = t(left >= 0 ? "chair.forecast_left" : "chair.forecast_past", { time: minutes(Math.abs(left)) });
  const verdict = over > 0 ? t("chair.forecast_over", { time: minutes(over) })
    : over < 0 ? t("chair.forecast_spare", { time: minutes(-over) }) : t("chair.forecast_fits");
  return t("chair.forecast", { sum, needed: minutes(needed), room, verdict });
}

