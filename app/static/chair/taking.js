// Time for the open topic, from topics that have not begun. Arithmetic only: who gives how much, and what comes of it.

import { forecast, sortedTopics } from "../console/time.js";

const MINUTE_MS = 60_000;
const LEAST_LEFT_MS = 5 * MINUTE_MS; // a topic that has less than this is hardly a topic any more

/** The topics that can give something, in their order, with the whole minutes that each can spare. */
export function givers(state) {
  const here = state.topics?.[state.topic]?.place;
  if (here === undefined) return [];
  return sortedTopics(state)
    .filter(({ place, begun }) => place > here && !begun)
    .map(({ id, kind, timer: { allotted_ms } }) =>
      ({ id, kind, allotted_ms, most: Math.max(0, Math.floor((allotted_ms - LEAST_LEFT_MS) / MINUTE_MS)) }));
}

export const mostMinutes = (state) => givers(state).reduce((sum, { most }) => sum + most, 0);

/** The whole minutes that would let all who wait be heard; at least one, at most what there is. */
export function wantedMinutes(state, now) {
  const over = forecast(state, now)?.over ?? 0;
  return Math.min(Math.max(1, over), mostMinutes(state));
}

/**
 * {topic: ms} for `minutes`: minute by minute, the question that has most left gives the next one. The closing gives
 * only what the questions cannot, since thanks and conclusions are not cut lightly.
 */
export function takenParts(state, minutes) {
  const left = givers(state).map((giver) => ({ ...giver, given: 0 }));
  for (let minute = 0; minute < minutes; minute += 1) {
    const able = left.filter(({ most, given }) => given < most);
    const questions = able.filter(({ kind }) => kind === "topic");
    const next = (questions.length ? questions : able)
      .reduce((best, one) => (best && rest(best) >= rest(one) ? best : one), undefined);
    if (!next) break;
    next.given += 1;
  }
  return Object.fromEntries(left.filter(({ given }) => given > 0).map(({ id, given }) => [id, given * MINUTE_MS]));
}

const rest = ({ allotted_ms, given }) => allotted_ms - given * MINUTE_MS;

/** The state as it will be once these parts are taken: for showing before it is done. */
export function afterTaking(state, parts) {
  const given = Object.values(parts).reduce((sum, ms) => sum + ms, 0);
  const topics = { ...state.topics };
  const add = (id, ms) => {
    const { timer } = topics[id];
    topics[id] = { ...topics[id], timer: { ...timer, allotted_ms: timer.allotted_ms + ms } };
  };
  for (const [id, ms] of Object.entries(parts)) add(id, -ms);
  add(state.topic, given);
  return { ...state, topics };
}
