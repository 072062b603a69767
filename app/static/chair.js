// The chair's console. Puts the panels together, decides nothing about the floor: it shows the server's state, names
// the one next action, and sends what the chair saw along with what the chair wants.

import { connect } from "./connection.js";
import { attr, byId, renderLoop, setText, show } from "./dom.js";
import { loadCatalogue, t } from "./i18n.js";
import { actionKey, endIntervention, endSession, giveFloor, openTopic, primaryAction } from "./chair/action.js";
import { actsDialog, undoButton } from "./chair/acts.js";
import { addDialog, announceDialog, anyOpen, ask, openDialog, wireDialogs } from "./chair/dialogs.js";
import { dragRows } from "./chair/drag.js";
import { floorPanel } from "./chair/floor.js";
import { header } from "./chair/header.js";
import { keyTable } from "./chair/keymap.js";
import { keyRows, listenToKeys } from "./chair/keys.js";
import { limitDialog } from "./chair/limit.js";
import { neighbour, speakersList, stepMove } from "./chair/list.js";
import { listTools, ORDERS } from "./chair/tools.js";
import { nextCard } from "./chair/next.js";
import { Sender } from "./chair/send.js";
import { sharesTable } from "./chair/shares.js";
import { restoreTheme, turnTheme } from "./chair/theme.js";
import { nextTopic } from "./chair/time.js";
import { topicStrip } from "./chair/topics.js";
import { summary, voice } from "./chair/voice.js";

const PRESS_MS = 800; // a button under a finger stays what it is for this long, whatever arrives
const DOUBT_MS = 600; // a line that is only being checked is no news
const OWN_MS = 1_200; // a change this soon after the chair's own act needs no explanation

restoreTheme();
await loadCatalogue();

let shown; // what the chair sees: the last view that was rendered
let selected; // the request the chair has chosen in the list
let pressedAt; // when a button went down that has not come up yet
let actedAt = -Infinity;
let liveAt = performance.now();

const connection = connect({ as: "chair", onChange: () => changed() });
const sender = new Sender(connection, () => refresh());
const said = (text, tone) => sender.say(text, tone);

// --- what the chair can do ----------------------------------------------------------------------------------------

function send(name, withWhat, options) {
  actedAt = performance.now();
  return sender.send(name, withWhat, options);
}

/** Do an action as it was shown; where it takes much with it, after a question. */
async function perform(action) {
  if (!action || sender.held(action.do, action.with)) return;
  if (action.ask && !(await ask(byId("ask"), { question: action.label, note: action.note, yes: action.label }))) return;
  await send(action.do, action.with);
}

/** Not while what stands at `place` has only just become what it is: the chair pressed what stood there before. */
function steady(place) {
  if (!sender.fresh(place)) return true;
  if (performance.now() - actedAt > OWN_MS) said(t("chair.changed_just_now"), "refused");
  return false;
}

const acts = {
  primary: () => steady("primary") && perform(shown?.action),
  give: (request) => steady("list") && shown.state.requests[request] && perform(giveFloor(shown.state, request)),
  giveSubject: () => shown.subject && steady("subject") && perform(giveFloor(shown.state, shown.subject)),
  end: () => shown.state.floor && steady("floor") && perform(endIntervention(shown.state, shown.now)),
  absentSpeaker() {
    if (shown.state.floor && steady("floor")) send("pass_over", { request: shown.state.floor.request });
  },
  absentSubject: () => shown.subject && steady("subject") && send("pass_over", { request: shown.subject }),
  absent: () => (!selected && shown.state.floor ? acts.absentSpeaker() : acts.absentSubject()),
  remove: () => selected && send("remove_request", { request: selected }),
  move(step) {
    const move = selected && stepMove(shown.state, selected, step);
    if (move) send("move_request", move);
  },
  up: () => acts.move(-1),
  down: () => acts.move(1),
  speakerTime: (by_ms) => shown.state.floor && send("adjust_intervention", { by_ms }),
  topicTime: (by_ms) => send("adjust_topic", { by_ms }),
  openTopic(id) {
    if (id && id !== shown.state.topic && steady("topic")) perform(openTopic(shown.state, id, shown.now));
  },
  nextTopic: () => acts.openTopic(nextTopic(shown.state)?.id),
  pause: () => send(shown.state.session.status === "paused" ? "resume_session" : "pause_session"),
  endSession: () => shown.state.session.status !== "ended" && perform(endSession(shown.state)),
  toggleList() {
    const { topic, topics } = shown.state;
    if (topic) send(topics[topic].list === "closed" ? "open_list" : "close_list", { topic });
  },
  order: (order) => order !== shown.state.session.order && send("set_order", { order }),
  nextOrder: () => acts.order(ORDERS[(ORDERS.indexOf(shown.state.session.order) + 1) % ORDERS.length]),
  limit: () => limits.open(shown),
  setLimit: (limit_ms) => send("set_speaking_time", { limit_ms }),
  add: () => openDialog(byId("add")),
  announce: () => announce(shown.state.notice),
  undo: () => shown.state.acts?.length && send("undo"),
  history: () => openDialog(byId("history")),
  help: () => openDialog(byId("keys")),
  say: () => setText(byId("voice"), summary(shown.state, shown.now)),
  theme: turnTheme,
  fullScreen: () => turnFullScreen().catch(() => {}), // a browser may refuse
  suggestion: () => shown.state.suggestion && choose(shown.state.suggestion.request, { focus: true }),
  step: (step) => choose(neighbour(shown.state, selected, step), { focus: true }),
  clear() {
    if (!drag.cancel()) choose(undefined);
  },
};

const turnFullScreen = async () => (document.fullscreenElement ? document.exitFullscreen()
  : document.documentElement.requestFullscreen());

function choose(request, { focus = false } = {}) {
  selected = request;
  render();
  for (const place of ["primary", "subject"]) sender.own(place);
  const row = request && byId("speakers").querySelector(`[data-request="${CSS.escape(request)}"]`);
  if (row && focus) row.focus();
  row?.scrollIntoView({ block: "nearest" });
  if (!request && byId("speakers").contains(document.activeElement)) document.activeElement.blur();
}

// --- the panels ---------------------------------------------------------------------------------------------------

const limits = limitDialog(byId("limit"), { send });
const announce = announceDialog(byId("announce"), { send });
addDialog(byId("add"), { send, said });

const drag = dragRows(byId("speakers"), {
  drop: (request, before) => send("move_request", before === undefined ? { request } : { request, before }),
  lost: () => said(t("chair.drag_lost"), "refused"),
});

const panels = [
  header(byId("top")),
  topicStrip(byId("topics"), { open: acts.openTopic, adjust: acts.topicTime }),
  floorPanel(byId("floor")),
  nextCard(byId("next"), byId("primary")),
  listTools(byId("list"), { order: acts.order, fit: acts.setLimit }),
  speakersList(byId("speakers"), { choose: (id) => choose(id === selected ? undefined : id), give: acts.give }),
  sharesTable(byId("shares")),
  undoButton(byId("undo")),
  actsDialog(byId("history")),
  (view) => limits.render(view),
  voice(byId("voice")),
];

function changed() {
  sender?.settle();
  refresh?.();
}

function render() {
  const { state, clock, live } = connection;
  const now = clock.now();
  if (live) liveAt = performance.now();
  show(byId("not-live"), performance.now() - liveAt > DOUBT_MS);
  if (!state || now === undefined) return;
  // A change never swaps a button under a finger that is already down. A drag does want to see every change.
  if (pressedAt !== undefined && performance.now() - pressedAt < PRESS_MS && !drag.active) return;
  if (selected && !state.list?.includes(selected)) dropSelection(state);
  const subject = selected ?? state.list?.[0];
  const action = primaryAction(state, selected, now);
  sender.watch("primary", actionKey(action));
  sender.watch("subject", subject);
  sender.watch("list", state.list?.join());
  sender.watch("floor", state.floor?.request);
  sender.watch("topic", state.topic);
  const held = (name, withWhat) => sender.held(name, withWhat);
  shown = { state, now, selected, subject, action, held, status: sender.status };
  attr(byId("console"), "data-status", state.session.status);
  for (const panel of panels) panel(shown);
  drag.refresh();
}

/** The one who was chosen has left the list: nobody else slips into their place unseen. */
function dropSelection(state) {
  const name = shown?.state.requests[selected]?.name;
  if (!state.requests[selected] && performance.now() - actedAt > OWN_MS) said(t("chair.no_longer_waits", { name }));
  selected = undefined;
}

const refresh = renderLoop(render);

// --- keys and pointers --------------------------------------------------------------------------------------------

const table = keyTable(acts);
byId("keys").querySelector(".key-rows").append(...keyRows(table));
listenToKeys(table, { primary: acts.primary, blocked: () => anyOpen() || !shown });
wireDialogs();

for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => {
    const { act, by = 0 } = button.dataset;
    if (shown && button.getAttribute("aria-disabled") !== "true") acts[act](Number(by));
  });
}
byId("history").addEventListener("keydown", (event) => {
  if (!(event.key === "u" || ((event.ctrlKey || event.metaKey) && event.key === "z"))) return;
  event.preventDefault();
  if (!event.repeat) acts.undo();
});

// A click on a button leaves the focus where it was, so that Enter goes on meaning the primary action.
byId("console").addEventListener("mousedown", (event) => {
  if (event.target.closest("button")) event.preventDefault();
});
addEventListener("pointerdown", (event) => {
  if (event.target instanceof Element && event.target.closest("button")) pressedAt = performance.now();
}, { capture: true });
const released = () => setTimeout(() => {
  pressedAt = undefined;
  refresh();
});
addEventListener("pointerup", released);
addEventListener("pointercancel", released);
