// The session as the room display showed it: every state of the display in order, and what stood out. States share
// what did not change between them, so that all of them are kept and any is found at once, backwards too.

import { mergePatch } from "../state.js";

const LINGER_MS = 10_000; // the end is looked at for a moment before the replay stops

export class Film {
  topics = []; // { at, until, id }: which was open when
  spans = []; // { at, until, request, person, again }: who had the floor when; `again`: gone on after a point of order

  #times = [];
  #states;

  /** As /api/replay tells it: the first view, `changes` as [at, merge patch], and when it was asked for. */
  constructor({ first, changes, now }) {
    this.#states = [first];
    for (const [at, patch] of changes) this.#add(at, mergePatch(this.#states.at(-1), patch));
    const last = this.#states.at(-1);
    this.isOver = last.session.status === "ended";
    const ended = this.#states.findLastIndex((state) => state.session.status !== "ended");
    this.begins = this.#times[0];
    this.ends = this.isOver ? this.#times[ended] + LINGER_MS : Math.max(now, this.#times.at(-1) ?? now);
    this.#close(this.topics, this.ends);
    this.#close(this.spans, this.ends);
  }

  /** Nothing to play before the session was started. */
  get isEmpty() {
    return this.#times.length === 0;
  }

  /** What the display showed at an instant. */
  stateAt(at) {
    let [low, high] = [0, this.#times.length]; // the number of changes up to then is between them
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return this.#states[low];
  }

  /** Who had the floor at an instant. */
  personAt(at) {
    const state = this.stateAt(at);
    return state.requests[state.floor?.request];
  }

  /** When somebody was given the floor, in order. */
  get interventions() {
    return this.spans.filter(({ again }) => !again).map(({ at }) => at);
  }

  #add(at, state) {
    const before = this.#states.at(-1);
    this.#times.push(at);
    this.#states.push(state);
    if (state.topic !== before.topic) {
      this.#close(this.topics, at);
      if (state.topic !== undefined) this.topics.push({ at, id: state.topic });
    }
    const request = state.floor?.request;
    if (request === before.floor?.request) return;
    this.#close(this.spans, at);
    if (request === undefined) return;
    const again = before.floor?.interrupted?.request === request;
    this.spans.push({ at, request, again, person: state.requests[request] });
  }

  #close(marks, at) {
    const last = marks.at(-1);
    if (last) last.until ??= at;
  }
}
