// The secretariat's console: what is said is written down while people speak. It moves nothing: it shows the server's
// state, and what is typed over it until the server has that too.

import { connect } from "./connection.js";
import { attr, byId, rekey, renderLoop, setText, show } from "./dom.js";
import { loadCatalogue, t } from "./i18n.js";
import { anyOpen, wireDialogs } from "./console/dialogs.js";
import { handDialog } from "./console/hand.js";
import { header } from "./console/header.js";
import { keysDialog, listenToKeys } from "./console/keys.js";
import { mergeDialog } from "./console/merge.js";
import { personDialog } from "./console/person.js";
import { Sender } from "./console/send.js";
import { showShut } from "./console/shut.js";
import { restoreTheme } from "./console/theme.js";
import { voice } from "./console/voice.js";
import { makeActs } from "./secretariat/acts.js";
import { interventions } from "./secretariat/cards.js";
import { keysFor } from "./secretariat/keymap.js";
import { Notes } from "./secretariat/notes.js";
import { nowPanel, savedLine } from "./secretariat/now.js";
import { placeOf } from "./secretariat/places.js";
import { recordPanel } from "./secretariat/record.js";
import { strayNotes } from "./secretariat/stray.js";
import { topicSections } from "./secretariat/topics.js";
import { waitingList } from "./secretariat/waiting.js";

const DOUBT_MS = 600; // a line that is only being checked is no news

restoreTheme();
await loadCatalogue();

let shown; // what is on the screen: the last view that was rendered
let stale = true; // what is written is to be shown anew, not only the clocks
let liveAt = performance.now();
let noted = { by: new Map() }; // the notes by place, as of a state and of what was typed

/** Whether our key still opens the console. A server that cannot be asked has not said no. */
const welcome = async () => (await fetch("/secretariat", { method: "HEAD" })).status !== 403;

const connection = connect({ as: "chair", onChange: () => changed(), welcome });
const sender = new Sender(connection, () => refresh());
const send = (name, withWhat, options) => sender.send(name, withWhat, options);
const said = (text, tone) => sender.say(text, tone);

const notes = new Notes(connection, {
  changed: () => refresh?.(),
  /** What is typed goes on in the same field: it is only of another note now. */
  parted(from, to) {
    for (const list of document.querySelectorAll(".notes")) {
      rekey(list, from, to);
      const row = list.keyedNodes?.get(to);
      if (row) row.note = to;
    }
  },
});

const dialogs = {
  keys: keysDialog(byId("keys"), () => table),
  add: handDialog(byId("add"), { send, said, where: "online" }),
  merge: mergeDialog(byId("merge"), { send, said }),
  person: personDialog(byId("person"), { send, said, merge: (person) => dialogs.merge.open(person) }),
};
const edit = (person) => person && !person.hidden && !shown.readOnly && dialogs.person.open(person);
const desk = {
  notes, send, edit, fieldKey: (event) => acts.fieldKey(event),
  /** Something of what is shown has changed here, and nowhere else. */
  refresh() {
    stale = true;
    refresh();
  },
};
const sections = topicSections(byId("topics"), desk);
const acts = makeActs({ shown: () => shown, sections, dialogs, edit });

const panels = [
  header(byId("top")),
  nowPanel(byId("now")),
  savedLine(byId("saved")),
  strayNotes(byId("stray"), notes),
  (view) => sections.render(view),
  waitingList(byId("waiting"), { edit }),
  recordPanel(byId("record"), { send }),
  voice(byId("voice")),
  ({ status }) => {
    setText(byId("status"), status.text);
    attr(byId("status"), "data-tone", status.tone);
  },
];

function changed() {
  notes?.settle();
  sender?.settle();
  refresh?.();
}

function render() {
  const { state, clock, live, shut, you } = connection;
  const now = clock.now();
  if (shut) return showShut(notes.count);
  if (live) liveAt = performance.now();
  const isLive = performance.now() - liveAt <= DOUBT_MS;
  show(byId("not-live"), !isLive);
  if (!state || now === undefined) return undefined;
  if (noted.state !== state.notes || noted.revision !== notes.revision) {
    noted = { state: state.notes, revision: notes.revision, by: notes.byPlace() };
  }
  const all = interventions(state, noted.by, now);
  const anew = stale || shown?.state !== state || shown.noted !== noted.by;
  stale = false;
  shown = {
    state, now, role: you.role, who: you.who, status: sender.status, live: isLive, unsaved: notes.count,
    anew, readOnly: Boolean(state.record), noted: noted.by, interventions: all, strays: strays(state, all),
  };
  attr(byId("console"), "data-status", state.session.status);
  for (const panel of panels) panel(shown);
  return acts.follow();
}

/** Notes that no card and no topic shows. */
function strays(state, all) {
  const shownAt = new Set([...all.map(placeOf), ...Object.keys(state.topics).map((topic) => placeOf({ topic }))]);
  return [...noted.by].flatMap(([place, there]) => (shownAt.has(place) ? [] : there));
}

const refresh = renderLoop(render);

// --- keys and pointers --------------------------------------------------------------------------------------------

const table = keysFor(acts);
listenToKeys(table, { blocked: () => anyOpen() || !shown || connection.shut });
wireDialogs();

for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => shown && acts[button.dataset.act]());
}

// Whoever leaves the page takes nothing along that could be saved still.
addEventListener("pagehide", () => notes.leaveAll());
document.addEventListener("visibilitychange", () => document.hidden && notes.leaveAll());
