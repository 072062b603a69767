// What was typed and the server is not known to have: kept on this laptop until it does, so that neither a dropped line,
// a closed lid, nor a page loaded again loses a word. Each note by itself: two tabs of one browser share the place.

import { keep, kept } from "../kept.js";
import { page } from "../page.js";
import { plain } from "./text.js";

const KEY = `notes-${page.session}`;

/**
 * A draft is {note, about, kind, text, version?, sent?, left?, trouble?}: `text` as it stands in the field, `version` of
 * the note as it was when it was typed in (none: the server has no such note yet), `sent` {text, kind} what was sent of
 * it last, `left` whether nobody is in the field.
 */
export class Drafts {
  #all = new Map(Object.entries(kept(KEY) ?? {}).map(([note, draft]) => [note, { ...draft, left: true }]));

  get = (note) => this.#all.get(note);
  has = (note) => this.#all.has(note);

  get all() {
    return [...this.#all.values()];
  }

  keep(draft) {
    const { note, about, kind, text, version, sent } = draft;
    this.#all.set(note, draft);
    keep(KEY, { ...kept(KEY), [note]: { note, about, kind, text, version, sent } });
  }

  forget(note) {
    this.#all.delete(note);
    const { [note]: gone, ...others } = kept(KEY) ?? {};
    if (gone) keep(KEY, others);
  }
}

export const isBlank = ({ text }) => !plain(text);

/** Whether a note of the server's says what the draft says. */
export const says = (known, { kind, text }) => known.kind === kind && known.text === plain(text);

/** Whether nothing was typed since it was sent. */
export const isAsSent = ({ kind, text, sent }) => sent?.kind === kind && sent.text === plain(text);
