// Notes that are not saved yet: what is being typed, and what was sent and has no answer. Kept on this laptop until the
// server has them, so that neither a dropped line nor a closed lid loses a word.

import { keep, kept } from "../kept.js";
import { page } from "../page.js";

const KEY = `notes-${page.session}`;
const plain = (text) => text.replace(/\s+/g, " ").trim(); // as the server keeps it

export class Drafts {
  #typed = kept(KEY)?.typed ?? {}; // request -> text
  #sent = []; // { request, text }
  #found; // what was on its way when the page was left: saved or not, nobody knows yet

  constructor() {
    this.#found = kept(KEY)?.sent ?? [];
  }

  typed(request) {
    return this.#typed[request] ?? "";
  }

  type(request, text) {
    if (text) this.#typed[request] = text;
    else delete this.#typed[request];
    this.#keep();
  }

  sent(request) {
    return this.#sent.filter((one) => one.request === request);
  }

  /** What was typed is on its way now: the field is free for the next note. */
  send(request) {
    const one = { request, text: this.typed(request).trim() };
    delete this.#typed[request];
    this.#sent.push(one);
    this.#keep();
    return one;
  }

  /** It was saved; or it was not, and is given back to its field, before what was typed meanwhile. */
  answered(one, accepted) {
    this.#sent = this.#sent.filter((other) => other !== one);
    if (!accepted) this.#giveBack(one);
    this.#keep();
  }

  /** With the first state after a reload: what the server has is done with, the rest is given back to its field. */
  settle(notes) {
    if (!this.#found.length) return;
    const has = ({ request, text }) =>
      Object.values(notes).some((note) => note.request === request && note.text === plain(text));
    for (const one of this.#found) if (!has(one)) this.#giveBack(one);
    this.#found = [];
    this.#keep();
  }

  /** How many notes the server does not have. */
  get count() {
    return Object.keys(this.#typed).length + this.#sent.length + this.#found.length;
  }

  #giveBack({ request, text }) {
    this.#typed[request] = [text, this.#typed[request]].filter(Boolean).join(" ");
  }

  #keep() {
    keep(KEY, { typed: this.#typed, sent: [...this.#found, ...this.#sent] });
  }
}
