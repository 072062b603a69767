// The line to the server: one socket, the state it keeps true, and the commands that are not answered yet.
// Whatever happens to the socket, every way back ends in a snapshot, so no gap can go unnoticed.

import { Clock } from "./clock.js";
import { keep, kept } from "./kept.js";
import { page } from "./page.js";
import { mergePatch } from "./state.js";
import { watchForWaking } from "./wake.js";

const PING_EVERY_MS = 20_000; // home routers forget idle sockets after about 60 s
const FIRST_PINGS = 5;
const FIRST_PINGS_APART_MS = 120;
const PONG_WITHIN_MS = 5_000;
const WAKING_PONG_WITHIN_MS = 1_500; // somebody just looked at the page: do not let them wait five seconds
const STUCK_AFTER_MS = 5_000;
const BACKOFF_FIRST_MS = 600;
const BACKOFF_GROWS = 1.5;
const BACKOFF_MOST_MS = 5_000; // a server that is back is noticed soon; 2,000 phones knock 800 times a second at most
const CHECK_AT_MOST_EVERY_MS = 300; // focus, visibilitychange and pageshow come as a bunch

/** Connect and stay connected. `as`: "attendee", "chair" or "room". `onChange` gets the connection itself. */
export function connect({ as = "attendee", onChange = () => {} }) {
  return new Connection(as, onChange);
}

class Connection {
  state; // the view, as of `seq`; undefined before the first snapshot
  you = {};
  seq;
  live = false; // whether what is shown is known to be the present
  clock = new Clock();

  #as;
  #onChange;
  #socket;
  #greeted = false; // this socket has had its snapshot
  #attempts = 0;
  #outbox = new Map(); // command id -> { frame, resolve }: everything without an answer
  #awaitedPong; // the timer that gives a silent socket up
  #timers = { retry: undefined, stuck: undefined };
  #resyncing = false;
  #lastCheck = -Infinity;
  #openedAt = -Infinity;

  constructor(as, onChange) {
    this.#as = as;
    this.#onChange = onChange;
    watchForWaking(this.clock, (how) => this.#check(how));
    setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#open();
  }

  /** How many commands still wait for their answer. */
  get pending() {
    return this.#outbox.size;
  }

  /**
   * Send a command, now or as soon as there is a line. Resolves when the server has answered:
   * {accepted: true, seq} once it is durable, or {accepted: false, reason, message}.
   */
  command(name, withWhat = {}) {
    const id = newId();
    const frame = JSON.stringify({ type: "command", id, do: name, with: withWhat });
    return new Promise((resolve) => {
      this.#outbox.set(id, { frame, resolve });
      if (this.#greeted) this.#send(frame);
      this.#changed();
    });
  }

  /** Open a new socket now: after joining, since the server reads who we are when a socket opens. */
  reconnect() {
    this.#attempts = 0;
    this.#open();
  }

  // --- the socket -------------------------------------------------------------------------------------------------

  #open() {
    this.#close();
    const address = new URL("/ws", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    if (this.#as !== "attendee") address.searchParams.set("as", this.#as);
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#openedAt = this.clock.local();
    // Every listener asks whether its socket is still the one in use: an old one may speak up late.
    const current = (handle) => (event) => {
      if (this.#socket === socket) handle(event);
    };
    socket.addEventListener("message", current((event) => this.#receive(event.data)));
    socket.addEventListener("close", current(() => this.#retryLater()));
    this.#timers.stuck = setTimeout(current(() => this.#retryLater()), STUCK_AFTER_MS);
  }

  #close() {
    clearTimeout(this.#timers.retry);
    clearTimeout(this.#timers.stuck);
    this.#forgetPing();
    this.#greeted = false;
    this.#resyncing = false;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#setLive(false);
  }

  /** Never gives up. The spread keeps a room full of phones from knocking in the same instant. */
  #retryLater() {
    this.#close();
    const longest = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * BACKOFF_GROWS ** Math.min(this.#attempts, 10));
    this.#attempts += 1;
    this.#timers.retry = setTimeout(() => this.#open(), longest * (0.25 + 0.75 * Math.random()));
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  // --- what comes in ----------------------------------------------------------------------------------------------

  #receive(text) {
    const received = this.clock.local();
    const message = JSON.parse(text);
    switch (message.type) {
      case "snapshot": return this.#snapshot(message, received);
      case "patch": return this.#patch(message, received);
      case "you": return this.#you(message);
      case "accepted": return this.#answer(message.id, { accepted: true, seq: message.seq });
      case "refused": {
        const { id, reason, message: sentence } = message;
        return this.#answer(id, { accepted: false, reason, message: sentence });
      }
      case "pong": return this.#pong(message, received);
      default: return undefined; // a newer server may say more than this page understands
    }
  }

  #snapshot({ seq, now, you, state }, received) {
    this.clock.hint(now, received);
    if (isOtherSession(state) && startAfresh(state)) return;
    if (this.state && this.state.session.id !== state.session.id) this.#dropOutbox();
    const first = !this.#greeted;
    Object.assign(this, { state, you: you ?? {}, seq });
    this.#greeted = true;
    this.#resyncing = false;
    this.#attempts = 0;
    clearTimeout(this.#timers.stuck);
    if (first) {
      for (const { frame } of this.#outbox.values()) this.#send(frame);
      for (let i = 0; i < FIRST_PINGS; i++) setTimeout(() => this.#ping(), i * FIRST_PINGS_APART_MS);
    }
    this.live = true;
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

  #you({ you }) {
    this.you = you;
    this.#changed();
  }

  #answer(id, outcome) {
    const waiting = this.#outbox.get(id);
    if (!waiting) return; // answered before, on another socket
    this.#outbox.delete(id);
    waiting.resolve(outcome);
    this.#changed();
  }

  /** What was meant for one session must not happen in the next. */
  #dropOutbox() {
    const unanswered = [...this.#outbox.values()];
    this.#outbox.clear();
    for (const { resolve } of unanswered) resolve({ accepted: false, reason: "session_ended", message: "" });
  }

  // --- is anybody there? ------------------------------------------------------------------------------------------

  #ping(within = PONG_WITHIN_MS) {
    if (!this.#greeted) return;
    this.#send(JSON.stringify({ type: "ping", sent: Math.round(this.clock.local()) }));
    // The earliest unanswered ping counts: a later one must not buy a dead socket more time.
    this.#awaitedPong ??= setTimeout(() => this.reconnect(), within);
  }

  #pong({ sent, now }, received) {
    this.clock.sample(sent, now, received);
    this.#forgetPing();
    if (!this.live && this.#greeted) this.#setLive(true);
    else this.#changed();
  }

  /** Make sure of the connection, at once. `doubtful`: what is shown may be long past, so do not call it live. */
  #check({ doubtful }) {
    const now = this.clock.local();
    if (now - this.#lastCheck < CHECK_AT_MOST_EVERY_MS && !doubtful) return;
    this.#lastCheck = now;
    if (this.#greeted && this.#socket?.readyState === WebSocket.OPEN) {
      if (doubtful) this.#setLive(false); // until the pong
      this.#forgetPing();
      this.#ping(WAKING_PONG_WITHIN_MS);
    } else if (this.#socket === undefined || now - this.#openedAt > WAKING_PONG_WITHIN_MS) {
      this.reconnect(); // wait for no backoff, and not for an attempt that is stuck since before the sleep
    }
  }

  #forgetPing() {
    clearTimeout(this.#awaitedPong);
    this.#awaitedPong = undefined;
  }

  #setLive(live) {
    if (this.live === live) return;
    this.live = live;
    this.#changed();
  }

  #changed() {
    this.#onChange(this);
  }
}

// --- the session this page belongs to -----------------------------------------------------------------------------

const isOtherSession = (state) => page.session !== undefined && state.session.id !== page.session;

/** Load the page of the new session; whatever was unanswered dies with the old one. False if that was just tried. */
function startAfresh(state) {
  // A cache may serve the old page again: better the new state on it than a loop of reloads.
  if (kept("reloaded-for", "session") === state.session.id) return false;
  keep("reloaded-for", state.session.id, "session");
  location.reload();
  return true;
}

/** A version 4 UUID. `crypto.randomUUID` is missing on plain http, which is what a venue's network may have. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
