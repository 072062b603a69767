// The lower edge, under the thumb: what became of my request, where I stand, or the button to ask.

import { attr, byId, h, setParts, setText, show } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { keep, kept } from "../kept.js";
import { page } from "../page.js";
import { clockText } from "../timers.js";

const PASSING_MS = 8_000;
const LATE_MS = 15 * 60_000; // as on the room display
let dismissed = kept("dismissed");
let passing; // { text, until }: an answer worth a moment of attention

/** `acts`: ask(kind), sending(name, id). */
export function setUpDock({ ask, refresh }) {
  const ways = byId("ways");
  byId("request").addEventListener("click", () => ask("intervention"));
  byId("ways-open").addEventListener("click", () => {
    ways.returnValue = "";
    ways.showModal();
  });
  ways.addEventListener("close", () => {
    if (ways.returnValue) ask(ways.returnValue);
  });
  byId("ended-dismiss").addEventListener("click", () => {
    dismissed = byId("ended").dataset.request;
    keep("dismissed", dismissed);
    refresh();
  });
}

/** Say something for a moment: why the last tap did nothing. */
export function sayInPassing(text) {
  passing = { text, until: performance.now() + PASSING_MS };
}

export const passingText = () => (passing && performance.now() < passing.until ? passing.text : "");

export function renderDock(view, acts) {
  const { mine, state, live } = view;
  renderEnded(mine.ended);
  const word = wordFor(view);
  show(byId("word"), word);
  setText(byId("word-title"), word?.title);
  setParts(byId("word-what"), word?.what ?? "");

  const asking = acts.sending("request_floor");
  const listed = mine.waiting.some((request) => request.kind === "intervention");
  const request = byId("request");
  show(request, canAsk(view) && !listed);
  attr(request, "aria-disabled", asking);
  const again = mine.ended?.status === "spoken" ? "phone.request_again" : "phone.request";
  setText(request, t(asking ? "connection.sending" : again));

  const text = asking && !live ? t("connection.kept") : passingText();
  show(byId("passing"), text);
  setText(byId("passing"), text);
  show(byId("ways-open"), hasBegun(state) && state.topic !== undefined);
  keepFocus();
}

const hasBegun = (state) => state.session.status === "running" || state.session.status === "paused";

// Not a rule: the server judges. It is only that a button which the list's own words contradict would be a lie.
const canAsk = ({ state, topic }) => hasBegun(state) && topic?.list === "open";

function renderEnded(ended) {
  const text = endedText(ended);
  show(byId("ended"), text);
  attr(byId("ended"), "data-request", ended?.request);
  setText(byId("ended-text"), text);
}

/** What became of my latest request, until I have seen it: also on coming back to a page that was away. */
export function endedText(ended) {
  if (ended === undefined || ended.request === dismissed) return "";
  const time = ended.spent_ms === undefined ? "" : clockText(Math.floor(ended.spent_ms / 1000) * 1000);
  return t(`phone.ended_${ended.status}`, { time });
}

/** What stands where the button would be, when there is nothing to press. */
function wordFor({ state, topic, mine, now }) {
  const { status } = state.session;
  if (status === "waiting") return { title: t("phone.not_started"), what: whenItStarts(now) };
  if (status === "ended") return { title: t("phone.ended"), what: [...toRecord(state), ...contact()] };
  if (status === "paused") return { title: t("phone.paused"), what: mine.waiting.length > 0 ? t("phone.paused_what") : "" };
  if (!topic) return { title: t("phone.no_topic"), what: t("phone.no_topic_what") };
  if (topic.list === "open" || mine.waiting.length > 0) return undefined;
  const what = { opening: "phone.opening_what", topic: "phone.closed_what", closing: "phone.closing_what" };
  return { title: t("phone.closed"), what: t(what[topic.kind]) };
}

function whenItStarts(now) {
  // Long past its hour, the hour would only mislead.
  const due = page.starts_ms > 0 && now !== undefined && now < page.starts_ms + LATE_MS;
  if (!due) return t("phone.not_started_what");
  return t("phone.not_started_at", { time: clockTime(page.starts_ms) });
}

const toRecord = ({ record }) => (record ? [h("a", { href: "/record" }, t("phone.record_published")), " "] : []);

function contact() {
  if (!page.contact) return [t("phone.ended_what")];
  const address = h("a", { href: `mailto:${page.contact}` }, page.contact);
  return [t("phone.ended_what"), " ", ...parts("phone.ended_contact", { contact: address })];
}

let focusedHere;
byId("dock").addEventListener("focusin", (event) => {
  focusedHere = event.target;
});

/** A button that was just pressed may be gone by now: the focus must not fall back to the page's top. */
function keepFocus() {
  if (document.activeElement !== document.body || !focusedHere) return;
  if (!focusedHere.checkVisibility?.()) byId("dock").focus({ preventScroll: true });
  focusedHere = undefined;
}
