// The middle of the wall: the one who speaks and the time they have, or, if nobody does, what is going on in words.

import { attr, bdi, byId, css, h, keyed, setParts, setText, show } from "../dom.js";
import { clockTime, local, number, parts, t } from "../i18n.js";
import { page, shortAddress } from "../page.js";
import { clockText, phase, remainingMs, usedShare } from "../timers.js";

const KICKERS = { intervention: "room.has_floor", right_of_reply: "room.right_of_reply", point_of_order: "room.point_of_order" };
const LATE_MS = 15 * 60_000; // a start long past is no longer an announcement
let shown; // what the scene was about, to mark a change calmly

export function renderScene(view) {
  const { state } = view;
  const speaker = state.requests?.[state.floor?.request];
  show(byId("speaker"), speaker);
  show(byId("words-scene"), !speaker);
  const about = speaker ? state.floor.request : `${state.session.status} ${state.topic}`;
  if (speaker) renderSpeaker(view, speaker);
  else renderWords(view);
  attr(byId("wall"), "data-scene", speaker ? "speaker" : "words");
  if (shown !== undefined && shown !== about) arrive(byId(speaker ? "speaker" : "words-scene"));
  shown = about;
}

/** The new picture is there at once and settles: nothing fades out first, so nothing is ever empty. */
function arrive(node) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  node.animate([{ opacity: 0.3, translate: "0 1.5vh" }, { opacity: 1, translate: "0 0" }],
    { duration: 350, easing: "ease-out" });
}

// --- somebody speaks ------------------------------------------------------------------------------------------------

function renderSpeaker(view, speaker) {
  const { state } = view;
  attr(byId("speaker"), "data-kind", speaker.kind);
  setText(byId("kicker"), t(KICKERS[speaker.kind] ?? `kind.${speaker.kind}`));
  setParts(byId("name"), bdi(speaker.name));
  setParts(byId("organisation"), bdi(speaker.organisation));
  setText(byId("group"), local(page.groups[speaker.group]));
  renderClock(view);
  renderInterrupted(state, view.now);
}

function renderClock({ state, now }) {
  const { timer } = state.floor;
  const known = now !== undefined;
  const at = known ? phase(timer, now) : "in_time";
  const left = known ? remainingMs(timer, now) : 0;
  const stands = timer.since === undefined;
  attr(byId("clock"), "data-phase", at);
  attr(byId("clock"), "data-stands", stands);
  setText(byId("digits"), known ? clockText(left) : "");
  setText(byId("words"), known ? clockWords(state, at, left) : "");
  css(byId("bar"), "--used", known ? usedShare(timer, now).toFixed(4) : 0);
}

function clockWords({ session, floor: { timer } }, at, left) {
  if (session.status === "paused") return t("room.paused");
  if (timer.since === undefined) return t("timer.paused");
  if (at === "last_minute") return t("room.last_minute");
  // Through the first second over, the digits say 0:00.
  if (at === "over") return t(left > -1_000 ? "room.time_up" : "room.over");
  return t("room.of_limit", { limit: clockText(timer.allotted_ms) });
}

function renderInterrupted({ floor, requests }, now) {
  const { interrupted } = floor;
  const who = requests[interrupted?.request];
  show(byId("interrupted"), who);
  if (!who) return;
  const left = now === undefined ? 0 : remainingMs(interrupted.timer, now);
  setParts(byId("interrupted"), parts(left > 0 ? "room.interrupted" : "room.interrupted_over",
    { name: bdi(who.name), time: clockText(left) }));
}

// --- nobody speaks --------------------------------------------------------------------------------------------------

function renderWords(view) {
  const { headline, subline, steps } = wordsFor(view);
  setText(byId("headline"), headline);
  setParts(byId("subline"), subline);
  keyed(byId("steps"), steps ? ["room.how_1", "room.how_2", "room.how_3"] : [], (key) => key,
    (key) => h("li", {}, h("span", { class: "step-number" }), h("span", {}, parts(key, { address: h("bdi", { dir: "ltr", class: "step-address" }, shortAddress) }))),
    (node, key, index) => setText(node.firstChild, number(index + 1)));
  renderLast(view.state);
}

function wordsFor({ state, topic, now }) {
  const { status } = state.session;
  if (status === "waiting") return { headline: startWords(now), subline: local(page.place), steps: true };
  if (status === "ended") return { headline: t("room.thanks"), subline: ended() };
  if (status === "paused") return { headline: t("room.paused"), subline: t("room.paused_what") };
  if (!topic) return { headline: t("room.between"), subline: "" };
  if (topic.kind === "opening") return { headline: t("room.opening"), subline: t("room.opening_what"), steps: true };
  if (topic.kind === "closing") return { headline: t("room.closing"), subline: t("room.closing_what") };
  if (state.list?.length > 0) return { headline: t("room.nobody_next"), subline: "" };
  if (topic.list === "closed") return { headline: t("room.nobody_closed"), subline: "" };
  return { headline: t("room.nobody"), subline: "", steps: true };
}

function startWords(now) {
  const due = page.starts_ms > 0 && now !== undefined && now < page.starts_ms + LATE_MS;
  return due ? t("room.starts_at", { time: clockTime(page.starts_ms) }) : t("room.starts_soon");
}

function ended() {
  if (!page.contact) return t("room.ended");
  return [t("room.ended"), ". ", ...parts("room.ended_contact", { contact: bdi(page.contact) })];
}

/** What somebody spoke for stays readable until the chair's next act. */
function renderLast({ last }) {
  show(byId("last"), last);
  if (!last) return;
  const spent = Math.floor(last.timer.spent_ms / 1000) * 1000;
  setParts(byId("last"), parts("room.last", { name: bdi(last.name), time: clockText(spent) }));
}
