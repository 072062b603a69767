// Is anybody there? Pings measure the server's clock, and find the dead socket that a browser reports late or never.

import * as patience from "./patience.js";

export class Pulse {
  #clock;
  #send; // (frame) -> whether there was a line to send it on
  #dead;
  #awaited; // the timer that gives a silent socket up

  /** `send(frame)` tells whether it could; `dead` is called once an answer is overdue. */
  constructor(clock, { send, dead }) {
    this.#clock = clock;
    this.#send = send;
    this.#dead = dead;
    setInterval(() => this.beat(), patience.PING_EVERY_MS);
  }

  /** On a new line: several at once, since the answer that was fastest says the time best. */
  begin() {
    for (let i = 0; i < patience.FIRST_PINGS; i++) setTimeout(() => this.beat(), i * patience.FIRST_PINGS_APART_MS);
  }

  beat(within = patience.PONG_WITHIN_MS) {
    if (!this.#send(JSON.stringify({ type: "ping", sent: Math.round(this.#clock.local()) }))) return;
    // The earliest unanswered ping counts: a later one must not buy a dead socket more time.
    this.#awaited ??= setTimeout(this.#dead, within);
  }

  answered({ sent, now }, received) {
    this.#clock.sample(sent, now, received);
    this.forget();
  }

  /** The answer is awaited no longer: the line is another one, or is to be asked anew. */
  forget() {
    clearTimeout(this.#awaited);
    this.#awaited = undefined;
  }
}
