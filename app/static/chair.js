// The chair's console. Puts the panels together, decides nothing about the floor: it shows the server's state, names
// the one next action, and sends what the chair saw along with what the chair wants.

import { connect } from "./connection.js";
import { attr, byId, renderLoop, setText, show } from "./dom.js";
import { loadCatalogue, t } from "./i18n.js";
import { nameText } from "./people.js";
import { actionKey, primaryAction } from "./chair/action.js";
import { makeActs } from "./chair/acts.js";
import { announceDialog } from "./chair/announce.js";
import { callDialog } from "./chair/call.js";
import { dragRows } from "./chair/drag.js";
import { floorPanel } from "./chair/floor.js";
import { historyDialog, lastAct, lastUndone, undoButtons } from "./chair/history.js";
import { keysFor } from "./chair/keymap.js";
import { limitDialog } from "./chair/limit.js";
import { speakersList } from "./chair/list.js";
import { nextCard } from "./chair/next.js";
import { sharesTable } from "./chair/shares.js";
import { takeDialog } from "./chair/take.js";
import { listTools } from "./chair/tools.js";
import { topicStrip } from "./chair/topics.js";
import { anyOpen, ask, wireDialogs } from "./console/dialogs.js";
import { handDialog } from "./console/hand.js";
import { header } from "./console/header.js";
import { keysDialog, listenToKeys, rowOf } from "./console/keys.js";
import { mergeDialog } from "./console/merge.js";
import { personDialog } from "./console/person.js";
import { Sender } from "./console/send.js";
import { showShut } from "./console/shut.js";
import { restoreTheme } from "./console/theme.js";
import { voice } from "./console/voice.js";

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

/** Whether our key still opens the console. A server that cannot be asked has not said no. */
const welcome = async () => (await fetch("/chair", { method: "HEAD" })).status !== 403;

const connection = connect({ as: "chair", onChange: () => changed(), welcome });
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
  if (action.ask && !(await ask(byId("ask"), { question: action.label, note: action.note, yes: action.yes ?? action.label }))) return;
  await send(action.do, action.with);
}

/** Not while what stands at `place` has only just become what it is: the chair pressed what stood there before. */
function steady(place) {
  if (!sender.fresh(place) || (place === "acts" && isMine(lastAct(shown.state)))) return true;
  if (performance.now() - actedAt > OWN_MS) said(t("chair.changed_just_now"), "refused");
  return false;
}

/** What I did a moment ago I may take back at once; what somebody else did I must have had time to read. */
const isMine = (act) => act && (act.who ?? act.by) === connection.you.who;

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

const dialogs = {
  keys: keysDialog(byId("keys"), () => table),
  limit: limitDialog(byId("limit"), { send }),
  take: takeDialog(byId("take"), { send }),
  announce: announceDialog(byId("announce"), { send }),
  add: handDialog(byId("add"), { send, said, where: "room" }),
  call: callDialog(byId("call"), { send }),
  merge: mergeDialog(byId("merge"), { send, said }),
  person: personDialog(byId("person"), { send, said, merge: (person) => acts.merge(person), hide: (person) => acts.hide(person) }),
};


const drag = dragRows(byId("speakers"), {
  drop: (request, before) => send("move_request", before === undefined ? { request } : { request, before }),
  lost: () => said(t("chair.drag_lost"), "refused"),
});

const acts = makeActs({ shown: () => shown, send, perform, steady, choose, dialogs, drag });

const panels = [
  header(byId("top")),
  topicStrip(byId("topics"), { open: acts.openTopic, adjust: acts.topicTime }),
  floorPanel(byId("floor")),
  nextCard(byId("next"), byId("primary")),
  listTools(byId("list"), { order: acts.order, fit: acts.setLimit }),
  speakersList(byId("speakers"), { choose: (id) => choose(id === selected ? undefined : id), give: acts.give }),
  sharesTable(byId("shares")),
  undoButtons(byId("undo"), byId("redo")),
  historyDialog(byId("history")),
  (view) => dialogs.limit.render(view),
  (view) => dialogs.take.render(view),
  (view) => dialogs.call.render(view),
  voice(byId("voice")),
];

function changed() {
  sender?.settle();
  refresh?.();
}

function render() {
  const { state, clock, live, shut, you } = connection;
  const now = clock.now();
  if (shut) return showShut();
  if (live) liveAt = performance.now();
  show(byId("not-live"), performance.now() - liveAt > DOUBT_MS);
  if (!state || now === undefined) return undefined;
  // A change never swaps a button under a finger that is already down. A drag does want to see every change.
  if (pressedAt !== undefined && performance.now() - pressedAt < PRESS_MS && !drag.active) return undefined;
  if (selected && !state.list?.includes(selected)) dropSelection(state);
  const subject = selected ?? state.list?.[0];
  const { role, who } = you;
  const action = primaryAction(state, selected, now);
  sender.watch("primary", actionKey(action));
  sender.watch("subject", subject);
  sender.watch("list", state.list?.join());
  sender.watch("floor", state.floor?.request);
  sender.watch("topic", state.topic);
  sender.watch("acts", `${lastAct(state)?.act} ${lastUndone(state)?.act}`);
  const held = (name, withWhat) => sender.held(name, withWhat);
  shown = { state, now, role, who, selected, subject, action, held, status: sender.status };
  attr(byId("console"), "data-status", state.session.status);
  for (const panel of panels) panel(shown);
  return drag.refresh();
}

/** The one who was chosen has left the list: nobody else slips into their place unseen. */
function dropSelection(state) {
  const name = nameText(shown?.state.requests[selected]);
  if (!state.requests[selected] && performance.now() - actedAt > OWN_MS) said(t("chair.no_longer_waits", { name }));
  selected = undefined;
}

const refresh = renderLoop(render);

// --- keys and pointers --------------------------------------------------------------------------------------------

const table = keysFor(acts);
listenToKeys(table, { primary: acts.primary, blocked: () => anyOpen() || !shown || connection.shut });
wireDialogs();

for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => {
    const { act, by } = button.dataset;
    if (shown && button.getAttribute("aria-disabled") !== "true") acts[act](...(by === undefined ? [] : [Number(by)]));
  });
}
// Taking back and doing again are what the list of acts is opened for: their keys work in it too.
byId("history").addEventListener("keydown", (event) => {
  const row = rowOf(table, event);
  if (row?.run !== acts.undo && row?.run !== acts.redo) return;
  event.preventDefault();
  if (!event.repeat) row.run();
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
