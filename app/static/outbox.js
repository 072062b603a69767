// The commands that have no answer yet. Each has an id for ever: sent again after a new connection, it is done once.

import { keep, kept } from "./kept.js";

export class Outbox {
  #waiting; // command id -> { name, with, resolve? }; a command of an earlier page has nobody who waits for it
  #session;

  /** `session`: where what waits outlives this page, in this tab; for a page of another session it is worth nothing. */
  constructor(session) {
    this.#session = session;
    const before = session === undefined ? undefined : kept("outbox", "session");
    this.#waiting = new Map(before && before.session === session ? before.commands : []);
  }

  get size() {
    return this.#waiting.size;
  }

  /** The frames to send, oldest first. */
  get frames() {
    return [...this.#waiting].map(([id, command]) => frameOf(id, command));
  }

  holds(name, request) {
    return [...this.#waiting.values()].some((command) =>
      command.name === name && (request === undefined || command.with.request === request));
  }

  /** {frame, answered}: what to send, and a promise of what the server says to it. */
  add(name, withWhat) {
    const id = newId();
    const command = { name, with: withWhat };
    const answered = new Promise((resolve) => this.#waiting.set(id, { ...command, resolve }));
    this.#keep();
    return { frame: frameOf(id, command), answered };
  }

  /** The command that this was the answer to; undefined if that was answered before. */
  answer(id, outcome) {
    const command = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#keep();
    command?.resolve?.(outcome);
    return command;
  }

  /** What was meant for one session, or by a key that is gone, must not happen later. */
  drop(reason) {
    const unanswered = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#keep();
    for (const { resolve } of unanswered) resolve?.({ accepted: false, reason, message: "" });
  }

  #keep() {
    if (this.#session === undefined) return;
    const commands = [...this.#waiting].map(([id, { name, with: withWhat }]) => [id, { name, with: withWhat }]);
    keep("outbox", { session: this.#session, commands }, "session");
  }
}

const frameOf = (id, command) => JSON.stringify({ type: "command", id, do: command.name, with: command.with });

/** A version 4 UUID. `crypto.randomUUID` is missing on plain http, which is what a venue's network may have. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
