// The one primary action: what a chair would most sensibly do next, as a function of what the console shows.
// It proposes; whether it may be done is for the server to say.

import { h } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { nameNode } from "../people.js";
import { clockText, remainingMs } from "../timers.js";
import { level, minutes, nextTopic, scheduledStart } from "../console/time.js";
import { topicName, who } from "../console/words.js";

/**
 * {do, with, label, note, ask?, quiet?}: the command, its full name and what else it does, as pieces for `h`.
 * `ask`: show what would be lost and let the chair confirm. `quiet`: possible, but there is no hurry.
 * Undefined once the session is over.
 */
export function primaryAction(state, selected, now) {
  switch (state.session.status) {
    case "waiting": return simple("start_session", startNote(now));
    case "paused": return simple("resume_session", t("chair.paused_note"));
    case "ended": return undefined;
    default: return running(state, selected, now);
  }
}

const simple = (name, note) => ({ do: name, with: {}, label: [t(`chair.${name}`)], note: [note] });

function running(state, selected, now) {
  const { floor } = state;
  const chosen = selected ?? state.list?.[0];
  // A point of order is settled first: its end is what gives the floor back to the one it interrupted.
  if (floor?.interrupted && !selected) return endIntervention(state, now);
  if (chosen && state.requests[chosen]) return giveFloor(state, chosen);
  if (floor) return endIntervention(state, now);
  const next = nextTopic(state);
  return next ? openTopic(state, next.id, now) : endSession(state);
}

export function giveFloor(state, request) {
  const asked = state.requests[request];
  const key = asked.kind === "intervention" || !asked.kind ? "chair.give_floor" : `chair.give_floor_${asked.kind}`;
  return {
    do: "give_floor",
    with: { request, after: state.floor?.request ?? null },
    label: parts(key, { who: h("span", { class: "who" }, who(asked)) }),
    note: giveNote(state, asked),
  };
}

function giveNote(state, asked) {
  const online = asked.where === "online" && h("strong", {}, t("chair.unmute"), " ");
  return [online, takesFloorFrom(state, asked.kind)];
}

/** What giving the floor for this kind of request does to the one who has it. */
export function takesFloorFrom(state, kind) {
  if (!state.floor) return [];
  const key = kind === "point_of_order" ? "chair.pauses" : "chair.ends";
  return parts(key, { name: name(state, state.floor.request) });
}

export function endIntervention(state, now) {
  const { floor } = state;
  const speaking = state.requests[floor.request] ?? {};
  const key = speaking.kind === "point_of_order" ? "chair.end_point_of_order" : "chair.end_intervention";
  const note = floor.interrupted ? parts("chair.then_resumes", {
    name: name(state, floor.interrupted.request),
    time: clockText(remainingMs(floor.interrupted.timer, now)),
  }) : [t("chair.nobody_waits")];
  return {
    do: "end_intervention", with: { request: floor.request },
    label: parts(key, { who: h("span", { class: "who" }, who(speaking)) }), note,
  };
}

export function openTopic(state, id, now) {
  const here = state.topics[state.topic];
  const left = here ? remainingMs(here.timer, now) : 0;
  const waiting = state.list?.length ?? 0;
  const note = [];
  if (state.floor) note.push(...parts("chair.ends", { name: name(state, state.floor.request) }), " ");
  if (waiting > 0) note.push(t("chair.waiting_stay", { count: waiting }));
  else if (here && !state.floor) {
    const whole = Math.floor(left / 60_000);
    note.push(whole > 0 ? t("chair.nobody_waits_left", { time: minutes(whole) }) : t("chair.nobody_waits"));
  }
  return {
    do: "open_topic", with: { topic: id }, label: [t("chair.open_topic", { topic: topicName(state, id) })], note,
    ask: Boolean(state.floor) || waiting > 0,
    // With time left on a question, the room is given a moment to ask for the floor.
    quiet: here?.kind === "topic" && level(here.timer, now) === "plenty",
  };
}

export function endSession(state) {
  const waiting = Object.values(state.topics ?? {}).reduce((sum, topic) => sum + (topic.waiting ?? 0), 0);
  const note = [];
  if (state.floor) note.push(...parts("chair.ends", { name: name(state, state.floor.request) }), " ");
  if (waiting > 0) note.push(t("chair.not_heard", { count: waiting }));
  return { do: "end_session", with: {}, label: [t("chair.end_session")], note, ask: true };
}

function startNote(now) {
  const due = scheduledStart(now);
  if (due === undefined) return t("chair.start_note");
  const away = Math.round((due - now) / 60_000);
  if (away === 0) return t("chair.due_now");
  return t(away > 0 ? "chair.due_in" : "chair.due_since", { at: clockTime(due), time: minutes(Math.abs(away)) });
}

const name = (state, request) => nameNode(state.requests[request]);

/** Two actions are the same to the chair if they would do the same: the key that tells a changed one. */
export const actionKey = (action) => (action ? `${action.do} ${JSON.stringify(action.with)}` : "");
