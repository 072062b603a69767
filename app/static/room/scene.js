// The middle of the wall: the one who speaks and the time they have, or, if nobody does, what is going on in words.

import { attr, bdi, byId, css, h, keyed, setParts, setText, show } from "../dom.js";
import { clockTime, local, number, parts, t } from "../i18n.js";
import { page, shortAddress } from "../page.js";
import { nameNode } from "../people.js";
import { clockText, phase, remainingMs, usedShare } from "../timers.js";
import { clockWords } from "./clock.js";
import { options } from "./options.js";

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
  setParts(byId("name"), nameNode(speaker));
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

function renderInterrupted({ floor, requests }, now) {
  const { interrupted } = floor;
  const who = requests[interrupted?.request];
  show(byId("interrupted"), who);
  if (!who) return;
  const left = now === undefined ? 0 : remainingMs(interrupted.timer, now);
  setParts(byId("interrupted"), parts(left > 0 ? "room.interrupted" : "room.interrupted_over",
    { name: nameNode(who), time: clockText(left) }));
}

// --- nobody speaks --------------------------------------------------------------------------------------------------

function renderWords(view) {
  const { headline, subline, steps } = wordsFor(view);
  setText(byId("headline"), headline);
  setParts(byId("subline"), subline);
  renderSteps(steps && options.hasCode ? ["room.how_1", "room.how_2", "room.how_3"] : []);
  renderHeard(view.state);
  renderLast(view.state);
}

function renderSteps(keys) {
  keyed(byId("steps"), keys, (key) => key,
    () => h("li", {}, h("span", { class: "step-number" }), h("span", {})),
    (node, key, index) => {
      setText(node.firstChild, number(index + 1));
      setParts(node.lastChild, parts(key, { address: h("bdi", { dir: "ltr", class: "step-address" }, shortAddress) }));
    });
}

/** At the end: how many people were heard, from which groups. */
function renderHeard({ heard = {} }) {
  const groups = Object.entries(heard).filter(([, count]) => count > 0);
  keyed(byId("heard"), groups, ([group]) => group,
    () => h("li", {}, h("span", { class: "heard-count" }), h("span", { class: "heard-group" })),
    (node, [group, count]) => {
      setText(node.firstChild, number(count));
      setText(node.lastChild, local(page.groups[group]));
    });
}

function wordsFor({ state, topic, now }) {
  const { status } = state.session;
  if (status === "waiting") return { headline: startWords(now), subline: local(page.place), steps: true };
  if (status === "ended") return { headline: t("room.thanks"), subline: ended(state.heard) };
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

function ended(heard = {}) {
  const count = Object.values(heard).reduce((sum, each) => sum + each, 0);
  return count > 0 ? t("room.heard", { count }) : t("room.ended");
}

/** What somebody spoke for stays readable until the chair's next act. */
function renderLast({ last, session, record }) {
  const isOver = session.status === "ended";
  show(byId("last"), isOver ? record || page.contact : last);
  if (isOver && record) {
    const address = h("bdi", { dir: "ltr" }, `${shortAddress}/record`);
    return setParts(byId("last"), parts("room.record_published", { address }));
  }
  if (isOver) return setParts(byId("last"), parts("room.ended_contact", { contact: bdi(page.contact) }));
  if (!last) return undefined;
  const spent = Math.floor(last.timer.spent_ms / 1000) * 1000;
  return setParts(byId("last"), parts("room.last", { name: nameNode(last), time: clockText(spent) }));
}
