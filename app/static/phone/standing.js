// Where this person stands, read from (state, you, now). Pure: the browser judges nothing, it only reads.

import { remainingMs } from "../timers.js";

const SHORT_SHARE = 0.75; // many conclude before their time is up
const HANDOVER_MS = 10_000; // the chair thanks one and calls the next

/** All that the phone shows of one person's requests. `now` may be undefined: then no time is known yet. */
export function standing(state, you, now) {
  const list = state.list ?? [];
  const isMine = (id) => you.participant !== undefined && state.requests?.[id]?.participant === you.participant;
  const details = (id) => ({ id, ...state.requests[id], ...you.requests?.[id] });
  const waiting = list.flatMap((id, before) => (isMine(id)
    ? [{ ...details(id), before, wait: wait(state, before, now) }]
    : []));
  const holds = (part) => (part && isMine(part.request) ? { ...details(part.request), timer: part.timer } : undefined);
  const live = waiting.length > 0 || isMine(state.floor?.request) || isMine(state.floor?.interrupted?.request);
  return {
    waiting,
    speaking: holds(state.floor),
    interrupted: holds(state.floor?.interrupted),
    elsewhere: Object.entries(you.requests ?? {})
      .filter(([, request]) => request.status === "waiting" && request.topic !== state.topic)
      .map(([id, request]) => ({ id, ...request })),
    ended: live ? undefined : you.ended,
  };
}

/**
 * The expected wait, {least, most} in whole minutes: what the one with the floor has left, and a speaking time for
 * each person before. Undefined while no time is known.
 */
export function wait(state, before, now) {
  if (now === undefined) return undefined;
  const left = (part) => (part ? Math.max(0, remainingMs(part.timer, now)) : 0);
  const left_ms = left(state.floor) + left(state.floor?.interrupted);
  const limit_ms = state.session.speaking_time_ms;
  return {
    least: Math.round((SHORT_SHARE * (left_ms + before * limit_ms)) / 60_000),
    most: Math.ceil((left_ms + before * (limit_ms + HANDOVER_MS)) / 60_000),
  };
}
