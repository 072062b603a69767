// Notes as they are typed: what the server has, and over it what it does not have yet. Each is saved while it is typed,
// one command under way at a time; nobody's text is overwritten, and none is lost. Knows nothing of the page.

import { Drafts, isAsSent, isBlank, says } from "./drafts.js";
import { Pace } from "./pace.js";
import { newNote, placeOf } from "./places.js";
import { plain } from "./text.js";

const SHOWN_WITHIN_MS = 1_500; // what was accepted and changed nothing brings no patch to wait for
const AGAIN_MS = 2_000; // after an answer that says "not now"
const TOLD_FOR_MS = 30_000;

const NOT_NOW = new Set(["unavailable", "too_fast"]);
const LASTING = new Set(["no_such_note", "no_such_request", "no_topic"]);

export class Notes {
  revision = 0; // grows with every change of what is not saved

  #drafts = new Drafts();
  #connection;
  #on; // { changed(), parted(note, own) }: something is to be shown; a text became a note of its own
  #under = new Map(); // note -> { name, version, accepted? }: the command that is under way
  #pace = new Pace((note) => this.#save(note));
  #parted = new Set(); // notes of their own, whose writers are told so

  constructor(connection, on) {
    this.#connection = connection;
    this.#on = on;
  }

  get #known() {
    return this.#connection.state?.notes ?? {};
  }

  get #published() {
    return Boolean(this.#connection.state?.record);
  }

  /** How many notes the server does not have as they stand here. */
  get count() {
    return this.#drafts.all.filter((draft) => !isBlank(draft) || draft.version !== undefined).length;
  }

  /** Place -> its notes, in the order in which they were begun: {note, about, kind, text, by?, at?, unsaved, …}. */
  byPlace() {
    const all = Object.keys(this.#known).map((note) => this.#byId(note))
      .sort((a, b) => a.at - b.at)
      .map((one) => (this.#drafts.has(one.note) ? { ...one, ...this.#typed(one.note) } : one));
    const own = this.#drafts.all.filter(({ note }) => !this.#known[note]).map(({ note }) => this.#typed(note));
    const places = new Map();
    for (const one of [...all, ...own]) {
      const place = placeOf(one.about);
      places.set(place, [...(places.get(place) ?? []), one]);
    }
    return places;
  }

  #typed(note) {
    const { about, kind, text, trouble } = this.#drafts.get(note);
    return { note, about, kind, text, trouble, unsaved: true };
  }

  #byId(note) {
    const { request, topic, ...one } = this.#known[note];
    return { note, about: request ? { request } : { topic }, ...one };
  }

  /** Whether it is its own since a moment ago, when somebody else changed the one that was typed in. */
  isParted = (note) => this.#parted.has(note);

  // --- what is done at the page -----------------------------------------------------------------------------------

  /** `change`: {text?, kind?}, as it now stands in the field. */
  type(note, about, change) {
    const known = this.#known[note];
    const draft = this.#drafts.get(note)
      ?? { note, about, kind: known?.kind ?? "note", text: known?.text ?? "", version: known?.version };
    Object.assign(draft, change, { left: false });
    if (!LASTING.has(draft.trouble?.reason)) draft.trouble = undefined;
    this.#keep(draft);
    this.#pace.soon(note);
  }

  /** The field was left: what is in it is saved at once, and a note that was emptied goes. */
  leave(note) {
    const draft = this.#drafts.get(note);
    if (!draft) return;
    draft.left = true;
    this.#save(note);
  }

  leaveAll() {
    for (const { note } of this.#drafts.all) this.leave(note);
  }

  discard(note) {
    if (!this.#known[note]) return this.#forget(note);
    this.type(note, this.#byId(note).about, { text: "" });
    return this.leave(note);
  }

  /** As a note of its own, where it stood or about something else. */
  keepAsNew(note, about) {
    const { kind, text, about: was } = this.#drafts.get(note) ?? this.#byId(note);
    this.discard(note);
    this.type(newNote(), about ?? was, { kind, text });
  }

  // --- saving -----------------------------------------------------------------------------------------------------

  #save(note) {
    this.#pace.taken(note);
    const draft = this.#drafts.get(note);
    if (!draft || this.#under.has(note) || this.#rests(draft)) return;
    const text = plain(draft.text);
    const { kind, version, about } = draft;
    if (text) draft.sent = { text, kind };
    if (!text && !draft.left) return; // emptied, and still written at
    if (!text && version === undefined) this.#forget(note);
    else if (!text) this.#send(draft, "remove_note", { note, version });
    else if (version === undefined) this.#send(draft, "add_note", { note, ...about, kind, text });
    else if (this.#isSaved(draft)) this.#forget(note);
    else this.#send(draft, "edit_note", { note, text, kind, version });
  }

  async #send(draft, name, withWhat) {
    const { note } = draft;
    const under = { name, version: draft.version };
    this.#under.set(note, under);
    this.#keep(draft);
    const answer = await this.#connection.command(name, withWhat);
    if (answer.accepted) {
      under.accepted = true;
      setTimeout(() => this.#overdue(note, under), SHOWN_WITHIN_MS);
    } else {
      this.#under.delete(note);
      this.#refused(draft, answer);
    }
    this.settle();
    this.#touch();
  }

  #refused(draft, { reason, message }) {
    const { note } = draft;
    if (reason === "stale") {
      // What it was changed to comes with the next patch, or has come already.
      draft.awaits = draft.version ?? -1;
      setTimeout(() => {
        draft.awaits = undefined;
        this.settle();
      }, SHOWN_WITHIN_MS);
    } else if (NOT_NOW.has(reason)) {
      draft.rests = true;
      setTimeout(() => {
        draft.rests = false;
        this.#save(note);
      }, AGAIN_MS);
    } else if (reason !== "record_published" && reason !== "shut") {
      draft.trouble = { reason, message };
    }
  }

  /** Accepted, and no patch came of it: the server had it just so. */
  #overdue(note, under) {
    if (this.#under.get(note) !== under) return;
    this.#under.delete(note);
    const draft = this.#drafts.get(note);
    if (draft && isAsSent(draft)) this.#forget(note);
    this.settle();
  }

  // --- what the server tells --------------------------------------------------------------------------------------

  /** At every change of the state: what has been saved is done with; what others have changed meanwhile is told apart. */
  settle() {
    if (!this.#connection.state) return;
    for (const draft of this.#drafts.all) this.#settleOne(draft);
  }

  #settleOne(draft) {
    const { note } = draft;
    const known = this.#known[note];
    const under = this.#under.get(note);
    if (under) {
      if (!under.accepted) return undefined;
      const arrived = under.name === "remove_note" ? !known : known && known.version > (under.version ?? -1);
      if (!arrived) return undefined;
      this.#under.delete(note);
      // Ours it was; whoever has changed it since had seen it.
      if (under.name === "remove_note" ? isBlank(draft) : isAsSent(draft)) return this.#forget(note);
    }
    if (draft.awaits !== undefined) {
      if (!known || known.version === draft.awaits) return undefined;
      draft.awaits = undefined;
    }
    if (known && known.version !== draft.version) {
      const ours = draft.sent && known.text === draft.sent.text && known.kind === draft.sent.kind;
      if (!ours && isBlank(draft)) return this.#forget(note); // theirs stays
      if (!ours && !says(known, draft)) return this.#part(draft);
      draft.version = known.version;
      this.#keep(draft);
    }
    if (!known && draft.version !== undefined && !draft.trouble) {
      if (isBlank(draft)) return this.#forget(note);
      draft.trouble = { reason: "no_such_note" };
      this.#touch();
    }
    if (this.#isSaved(draft)) return this.#forget(note);
    if (!this.#pace.has(note) && !this.#rests(draft) && (!isBlank(draft) || draft.left)) this.#pace.soon(note);
    return undefined;
  }

  /** Whether there is no use in sending it just now. */
  #rests({ awaits, rests, trouble }) {
    return awaits !== undefined || rests || Boolean(trouble) || this.#published;
  }

  /** Somebody else has changed the same note: theirs stands there, and what was typed here is a note of its own. */
  #part(draft) {
    const own = newNote();
    const { about, kind, text, left } = draft;
    this.#forget(draft.note);
    this.#parted.add(own);
    setTimeout(() => this.#parted.delete(own) && this.#touch(), TOLD_FOR_MS);
    this.#keep({ note: own, about, kind, text, left });
    this.#on.parted(draft.note, own);
    this.#pace.soon(own);
  }

  #isSaved(draft) {
    const known = this.#known[draft.note];
    return Boolean(known) && known.version === draft.version && says(known, draft);
  }

  #keep(draft) {
    this.#drafts.keep(draft);
    this.#touch();
  }

  #forget(note) {
    this.#drafts.forget(note);
    this.#pace.taken(note);
    this.#touch();
  }

  #touch() {
    this.revision += 1;
    this.#on.changed();
  }
}
