// The line to the server: one socket, the state it keeps true, and the commands that are not answered yet.
// Whatever happens to the socket, every way back ends in a snapshot, so no gap can go unnoticed.

import { Carrier } from "./carrier.js";
import { Clock } from "./clock.js";
import { Outbox } from "./outbox.js";
import { isOtherSession, page, startAfresh } from "./page.js";
import * as patience from "./patience.js";
import { Pulse } from "./pulse.js";
import { mergePatch } from "./state.js";
import { watchForWaking } from "./wake.js";

const NO_LONGER_WELCOME = 1008; // the console's key was revoked or renewed: knocking again would change nothing

/**
 * Connect and stay connected. `as`: "attendee", "chair" or "room". `onChange` gets the connection itself.
 * `welcome`: asked when an attempt fails before a word was said, since a browser hides why; resolves to false if it
 * will never succeed. `onAnswer({name, with}, outcome)`: of every command, also of one that an earlier page sent.
 */
export function connect({ as = "attendee", onChange = () => {}, welcome = async () => true, onAnswer = () => {} }) {
  return new Connection(as, { onChange, welcome, onAnswer });
}

class Connection {
  state; // the view, as of `seq`; undefined before the first snapshot
  you = {};
  seq;
  live = false; // whether what is shown is known to be the present
  doubtful = false; // not live since the device may have slept: what is shown may be long past
  shut = false; // the server wants no more of us: what is shown will never be live again
  clock = new Clock();

  #as;
  #on; // { onChange, welcome, onAnswer }
  #carrier = new Carrier();
  #socket;
  #greeted = false; // this socket has had its snapshot
  #attempts = 0;
  #outbox;
  #pulse = new Pulse(this.clock, {
    send: (frame) => this.#greeted && this.#send(frame),
    dead: () => this.reconnect(),
  });
  #timers = { retry: undefined, stuck: undefined };
  #resyncing = false;
  #lastCheck = -Infinity;
  #openedAt = -Infinity;

  constructor(as, on) {
    this.#as = as;
    this.#on = on;
    // What a console was told to do in one page is not done by another: the chair would not expect it.
    this.#outbox = new Outbox(as === "attendee" ? page.session : undefined);
    watchForWaking(this.clock, (how) => this.#check(how));
    this.#open();
  }

  /** How many commands still wait for their answer. */
  get pending() {
    return this.#outbox.size;
  }

  /** Whether such a command does, of an earlier page too; `request`: only if it is about this one. */
  isPending(name, request) {
    return this.#outbox.holds(name, request);
  }

  /** How often connecting has failed since it last succeeded. */
  get failures() {
    return this.#attempts;
  }

  /**
   * Send a command, now or as soon as there is a line. Resolves when the server has answered:
   * {accepted: true, seq} once it is durable, or {accepted: false, reason, message}.
   */
  command(name, withWhat = {}) {
    const { frame, answered } = this.#outbox.add(name, withWhat);
    if (this.shut) this.#outbox.drop("shut");
    else if (this.#greeted) this.#send(frame);
    this.#changed();
    return answered;
  }

  /** Open a new socket now: after joining, since the server reads who we are when a socket opens. */
  reconnect() {
    this.#attempts = 0;
    this.#open();
  }

  // --- the socket -------------------------------------------------------------------------------------------------

  #open() {
    if (this.shut) return;
    this.#close();
    const socket = this.#carrier.open(this.#as);
    this.#socket = socket;
    this.#openedAt = this.clock.local();
    // Every listener asks whether its socket is still the one in use: an old one may speak up late.
    const current = (handle) => (event) => {
      if (this.#socket === socket) handle(event);
    };
    socket.addEventListener("message", current((event) => this.#receive(event.data)));
    socket.addEventListener("close", current(({ code }) => this.#closed(code)));
    const patience_ms = this.state ? patience.STUCK_AFTER_MS : patience.FIRST_STUCK_AFTER_MS;
    this.#timers.stuck = setTimeout(current(() => this.#failed()), patience_ms);
  }

  #close() {
    clearTimeout(this.#timers.retry);
    clearTimeout(this.#timers.stuck);
    this.#pulse.forget();
    this.#greeted = false;
    this.#resyncing = false;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#setLive(false);
  }

  #closed(code) {
    if (code === NO_LONGER_WELCOME) return this.#shutDown();
    if (this.#greeted) return this.#retryLater();
    this.#on.welcome().then((is) => is || this.#shutDown(), () => {}); // no network: no answer
    return this.#failed();
  }

  #failed() {
    this.#carrier.failed(this.#socket);
    this.#retryLater();
  }

  #shutDown() {
    this.shut = true;
    this.#close();
    this.#outbox.drop("shut");
    this.#changed();
  }

  #retryLater() {
    this.#close();
    this.#timers.retry = setTimeout(() => this.#open(), patience.retryDelayMs(this.#attempts));
    this.#attempts += 1;
  }

  /** Whether there was a line to send it on. */
  #send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(frame);
    return true;
  }

  // --- what comes in ----------------------------------------------------------------------------------------------

  #receive(text) {
    const received = this.clock.local();
    const message = JSON.parse(text);
    switch (message.type) {
      case "snapshot": return this.#snapshot(message, received);
      case "patch": return this.#patch(message, received);
      case "you":
        this.you = message.you;
        return this.#changed();
      case "accepted": return this.#answer(message.id, { accepted: true, seq: message.seq });
      case "refused":
        return this.#answer(message.id, { accepted: false, reason: message.reason, message: message.message });
      case "pong": return this.#pong(message, received);
      default: return undefined; // a newer server may say more than this page understands
    }
  }

  #snapshot({ seq, now, you, state }, received) {
    this.clock.hint(now, received);
    if (isOtherSession(state) && startAfresh(state)) return;
    if (this.state && this.state.session.id !== state.session.id) this.#outbox.drop("session_ended");
    const first = !this.#greeted;
    Object.assign(this, { state, you: you ?? {}, seq, live: true, doubtful: false });
    this.#greeted = true;
    this.#resyncing = false;
    this.#attempts = 0;
    clearTimeout(this.#timers.stuck);
    if (first) {
      this.#carrier.works(this.#socket, () => this.reconnect());
      for (const frame of this.#outbox.frames) this.#send(frame);
      this.#pulse.begin();
    }
    this.#changed();
  }

  #patch({ seq, from, now, patch }, received) {
    this.clock.hint(now, received);
    if (from !== this.seq) {
      if (!this.#resyncing) this.#send(JSON.stringify({ type: "resync" }));
      this.#resyncing = true;
      return;
    }
    this.state = mergePatch(this.state, patch);
    this.seq = seq;
    this.#changed();
  }

  #answer(id, outcome) {
    const command = this.#outbox.answer(id, outcome);
    if (!command) return; // answered before, on another socket
    this.#on.onAnswer(command, outcome);
    this.#changed();
  }

  // --- is anybody there? ------------------------------------------------------------------------------------------

  #pong(message, received) {
    this.#pulse.answered(message, received);
    if (!this.live && this.#greeted) this.#setLive(true);
    else this.#changed();
  }

  /** Make sure of the connection, at once. `doubtful`: what is shown may be long past, so do not call it live. */
  #check({ doubtful }) {
    if (this.shut) return;
    const now = this.clock.local();
    if (now - this.#lastCheck < patience.CHECK_AT_MOST_EVERY_MS && !doubtful) return;
    this.#lastCheck = now;
    if (doubtful) this.doubtful = true;
    if (this.#greeted && this.#socket?.readyState === WebSocket.OPEN) {
      if (doubtful) this.#setLive(false); // until the pong
      this.#pulse.forget();
      this.#pulse.beat(patience.WAKING_PONG_WITHIN_MS);
    } else if (this.#socket === undefined || now - this.#openedAt > patience.WAKING_PONG_WITHIN_MS) {
      this.reconnect(); // wait for no backoff, and not for an attempt that is stuck since before the sleep
    }
  }

  #setLive(live) {
    if (live) this.doubtful = false;
    if (this.live === live) return;
    this.live = live;
    this.#changed();
  }

  #changed() {
    this.#on.onChange(this);
  }
}
