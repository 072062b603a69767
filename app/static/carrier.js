// What carries the messages: a websocket, or plain HTTP where a network lets no websocket through. Whoever is on HTTP
// goes back to a websocket as soon as one can be had: a server that has just restarted looks the same at first.

import { onDemand } from "./demand.js";
import { keep, kept } from "./kept.js";

const FAILURES_KNOWN = 2; // where websockets have worked before, the server may just be away
const PROBE_FIRST_MS = 60_000;
const PROBE_MOST_MS = 10 * 60_000;

export class Carrier {
  #worked = false; // a websocket did, on this page
  #failures = 0; // of websockets, since something worked
  #byHttp = kept("by-http", "session") ?? false;
  #probe;
  #poll = onDemand((query) => import(`./poll.js${query}`), () => {});

  constructor() {
    if (this.#byHttp) this.#poll();
  }

  /** A new socket in this role, by what is likely to work. */
  open(as) {
    clearTimeout(this.#probe);
    const address = addressFor(as);
    const isHttpDue = this.#byHttp || this.#failures >= (this.#worked ? FAILURES_KNOWN : 1);
    const poll = isHttpDue && this.#poll();
    return poll ? new poll.PollSocket(address) : new WebSocket(address);
  }

  /** This socket was closed, or was stuck, before a word was said. */
  failed(socket) {
    if (!(socket instanceof WebSocket)) return this.#remember(false);
    this.#failures += 1;
    this.#poll();
  }

  /** This socket has had its first message. `better` is called once a websocket can be had after all. */
  works(socket, better) {
    const byHttp = !(socket instanceof WebSocket);
    if (!byHttp) this.#worked = true;
    this.#remember(byHttp);
    if (byHttp) this.#probeLater(socket.address, better, PROBE_FIRST_MS);
  }

  #remember(byHttp) {
    this.#failures = 0;
    if (this.#byHttp !== byHttp) keep("by-http", byHttp, "session");
    this.#byHttp = byHttp;
  }

  #probeLater(address, better, wait_ms) {
    this.#probe = setTimeout(() => {
      const websocket = new WebSocket(address);
      websocket.addEventListener("error", () =>
        this.#probeLater(address, better, Math.min(PROBE_MOST_MS, wait_ms * 2)));
      websocket.addEventListener("open", () => {
        websocket.close();
        this.#remember(false);
        better();
      });
    }, wait_ms);
  }
}

function addressFor(as) {
  const address = new URL("/ws", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  if (as !== "attendee") address.searchParams.set("as", as);
  return address;
}
