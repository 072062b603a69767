// A WebSocket's interface over plain HTTP, for networks that let no websocket through: /api/live in docs/protocol.md.

export class PollSocket extends EventTarget {
  readyState = WebSocket.CONNECTING;
  #link;
  #sent = Promise.resolve();
  #stop = new AbortController();

  /** `address`: what a WebSocket would be opened at; only its query matters here. */
  constructor(address) {
    super();
    this.address = address;
    this.#run(address).catch(() => {}).finally(() => this.close());
  }

  /** One after the other: commands arrive in the order in which they were given. */
  send(text) {
    this.#sent = this.#sent
      .then(() => this.#ask(this.#link, { method: "POST", body: text }))
      .catch(() => this.close());
  }

  close() {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.#stop.abort();
    this.dispatchEvent(new CloseEvent("close", { code: 1000 }));
  }

  async #run(address) {
    const opened = await this.#ask(`/api/live${new URL(address).search}`, { method: "POST" });
    this.#link = `/api/live/${(await opened.json()).link}`;
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event("open"));
    for (;;) {
      const answer = await this.#ask(this.#link, { cache: "no-store" });
      for (const message of await answer.json()) {
        this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
      }
    }
  }

  async #ask(address, options) {
    const answer = await fetch(address, { ...options, signal: this.#stop.signal });
    if (!answer.ok) throw new Error(`${answer.status}`); // 410: the link is gone
    return answer;
  }
}
