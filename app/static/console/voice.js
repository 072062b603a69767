// What a chair who does not see the screen should hear: who has the floor, who is next, and the warnings of time.
// Derived from what the screen shows, at each render; said once, when it changes.

import { setText } from "../dom.js";
import { local, t } from "../i18n.js";
import { phase } from "../timers.js";
import { byWords, expectedEnd, forecast, forecastWords, LEVELS, level } from "./time.js";
import { topicName, whoText } from "./words.js";

/** Render function for a polite live region. */
export function voice(region) {
  let before;
  return ({ state, now }) => {
    const heard = hear(state, now);
    const said = before ? changes(before, heard, state) : [summary(state, now)];
    before = heard;
    if (said.length) setText(region, said.join(" "));
  };
}

/** Everything at once, for the key that asks "where are we?". */
export function summary(state, now) {
  const known = forecast(state, now);
  const end = expectedEnd(state, now);
  return [
    (!state.floor || state.session.status !== "running") && t(`chair.empty_${state.session.status}`),
    state.topic && topicName(state, state.topic),
    floorSentence(state), nextSentence(state),
    known && forecastWords(known),
    end && t("chair.say_end", { by: byWords(end.by_ms) }),
  ].filter(Boolean).map(sentence).join(" ");
}

/** The few facts whose change is worth a word. */
function hear(state, now) {
  const topic = state.topics?.[state.topic];
  return {
    status: state.session.status,
    topic: state.topic,
    level: topic ? LEVELS.indexOf(level(topic.timer, now)) : 0,
    floor: state.floor?.request,
    over: state.floor ? phase(state.floor.timer, now) === "over" : false,
    next: state.list?.[0],
    urgent: state.list?.find((id) => state.requests[id]?.kind === "point_of_order"),
  };
}

function changes(before, now, state) {
  const said = [];
  if (now.status !== before.status) said.push(t(`chair.say_${now.status}`));
  if (now.topic !== before.topic && now.topic) said.push(topicName(state, now.topic));
  if (now.floor !== before.floor) said.push(floorSentence(state) || t("chair.empty_running"));
  if (now.floor !== before.floor || now.next !== before.next) said.push(nextSentence(state));
  if (now.urgent && now.urgent !== before.urgent) {
    said.push(t("chair.say_point_of_order", { who: whoText(state.requests[now.urgent]) }));
  }
  // Only on the way up: time that was added takes a warning back without a word.
  if (now.topic === before.topic && now.level > before.level) {
    said.push(t(`chair.say_${LEVELS[now.level]}`, { topic: local(state.topics[now.topic].title) }));
  }
  if (now.floor === before.floor && now.over && !before.over) {
    said.push(t("chair.say_speaker_over", { who: whoText(state.requests[now.floor] ?? {}) }));
  }
  return said.filter(Boolean).map(sentence);
}

function floorSentence(state) {
  const speaking = state.floor && state.requests[state.floor.request];
  return speaking ? t("chair.say_floor", { who: whoText(speaking) }) : "";
}

function nextSentence(state) {
  const next = state.requests?.[state.list?.[0]];
  return next ? t("chair.say_next", { who: whoText(next) }) : "";
}

const sentence = (text) => (/[.!?。！？؟]$/.test(text) ? text : `${text}.`);
