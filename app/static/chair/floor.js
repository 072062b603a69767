// Who has the floor: name, group, where they are, and their time. With nobody: who spoke last, and for how long.

import { attr, bdi, css, h, setParts, setText, show } from "../dom.js";
import { local, parts, t } from "../i18n.js";
import { nameNode, nameText } from "../people.js";
import { clockText, phase, remainingMs, usedShare } from "../timers.js";
import { lengthText } from "../console/time.js";
import { groupName, kindText, topicName } from "../console/words.js";

const LONG_NAME = 22; // more letters than this take two smaller lines

export function floorPanel(root) {
  const part = (name) => root.querySelector(`.floor-${name}`);
  const fields = Object.fromEntries(["label", "name", "detail", "clock", "word", "allotted", "used", "rest", "acts", "after"]
    .map((name) => [name, part(name)]));
  return ({ state, now }) => {
    const { floor } = state;
    attr(root, "data-state", floor ? "speaking" : "empty");
    attr(root, "data-phase", floor ? phase(floor.timer, now) : null);
    show(fields.acts, floor);
    show(fields.after, !floor && state.last && state.session.status === "running");
    show(root.querySelector(".floor-time"), floor);
    if (floor) speaking(fields, state, now);
    else empty(fields, state);
  };
}

function speaking(fields, state, now) {
  const { floor } = state;
  const speaker = state.requests[floor.request] ?? {};
  const left = remainingMs(floor.timer, now);
  const still = floor.timer.since === undefined;
  const { where } = speaker;
  setParts(fields.label, kindText(speaker) || t("chair.has_floor"), h("span", { class: "dot" }, " · "),
    h("span", { class: "where", "data-where": where }, t(where === "online" ? "chair.online_unmute" : "chair.in_room")));
  setParts(fields.name, nameNode(speaker));
  attr(fields.name, "title", nameText(speaker));
  attr(fields.name, "data-long", speaker.name?.length > LONG_NAME);
  setParts(fields.detail, detail(speaker));
  setText(fields.clock, clockText(left));
  setText(fields.word, still ? t("chair.stands_still") : t(`chair.phase_${phase(floor.timer, now)}`));
  setText(fields.allotted, t("chair.of_time", { time: lengthText(floor.timer.allotted_ms) }));
  css(fields.used, "inline-size", `${(usedShare(floor.timer, now) * 100).toFixed(2)}%`);
  const { interrupted } = floor;
  setParts(fields.rest, interrupted ? parts("chair.interrupted", {
    name: whoAndWhere(state.requests[interrupted.request]), time: clockText(remainingMs(interrupted.timer, now)),
  }) : []);
}

function whoAndWhere(speaker = {}) {
  return h("span", {}, nameNode(speaker), speaker.where === "online" && ` (${t("chair.online")})`);
}

function detail({ organisation, group }) {
  return [organisation && [bdi(organisation), h("span", { class: "dot" }, " · ")], groupName(group)];
}

function empty(fields, state) {
  const { last, session: { status } } = state;
  const topic = state.topics[state.topic];
  setText(fields.label, t(`chair.empty_${status}`));
  for (const name of ["title", "data-long"]) attr(fields.name, name, null);
  // While nobody speaks the chair may want to read the question out; before the session, to know how this works.
  const asks = status === "running" && topic?.kind === "topic";
  setText(fields.name, asks ? topicName(state, state.topic) : t(`chair.nobody_${status}`));
  const otherwise = { waiting: t("chair.first_hint"), ended: balance(state) };
  setText(fields.detail, asks ? local(topic.question) : otherwise[status] ?? "");
  setParts(fields.rest, last && status !== "ended" ? parts("chair.last_spoke", {
    name: h("strong", {}, nameNode(last)), time: lengthText(last.timer.spent_ms), verdict: over(last.timer),
  }) : []);
}

/** How it went, in one sentence. */
function balance(state) {
  const shares = Object.values(state.shares?.session ?? {}).filter(({ count }) => count > 0);
  const count = shares.reduce((sum, share) => sum + share.count, 0);
  return t("chair.in_all", { count, groups: t("chair.groups", { count: shares.length }) });
}

function over(timer) {
  const left = timer.allotted_ms - timer.spent_ms;
  return left < 0 ? t("chair.last_over", { time: lengthText(left) }) : t("chair.last_in_time");
}
