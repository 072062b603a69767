// The server's time, as seen from here. Runs on the monotonic clock of the browser, so that setting the laptop's
// clock moves nothing, and on a signed offset, so that a laptop's wrong clock does not matter.

const JUMP_MS = 1_000; // wall and monotonic clock came apart by this much: sleep, or somebody set the clock
const DRIFT = 1e-4; // quartz drifts up to 100 ppm, so what a sample proves grows weaker with age

export class Clock {
  #monotonic;
  #wall;
  #best; // { offset, reach, at }: server = monotonic + offset, wrong by `reach` at most
  #apart;

  constructor({ monotonic = () => performance.now(), wall = () => Date.now() } = {}) {
    this.#monotonic = monotonic;
    this.#wall = wall;
    this.#apart = wall() - monotonic();
  }

  /** The time base of `sent` and `received`; means nothing outside this page. */
  local() {
    return this.#monotonic();
  }

  /** The server's time in epoch milliseconds; undefined until it is known. Show no time before. */
  now() {
    return this.#best === undefined ? undefined : this.#monotonic() + this.#best.offset;
  }

  /** A ping's answer: the server read `serverNow` at some moment between `sent` and `received`. */
  sample(sent, serverNow, received) {
    const offset = serverNow - (sent + received) / 2;
    const reach = Math.max((received - sent) / 2, 0.5); // instants on the wire are whole milliseconds
    const known = this.#best && this.#reachNow(received);
    // Two true samples overlap. If these do not, the old one is from before a sleep, and no longer true.
    const contradicts = this.#best && Math.abs(offset - this.#best.offset) > reach + known + 1;
    if (!this.#best || contradicts || reach <= known) this.#best = { offset, reach, at: received };
  }

  /** A message that carries the server's time. It proves only that the server is at least that far. */
  hint(serverNow, received = this.#monotonic()) {
    const offset = serverNow - received;
    const impossible = this.#best && offset > this.#best.offset + this.#reachNow(received) + 1;
    if (!this.#best || impossible) this.#best = { offset, reach: Infinity, at: received };
  }

  /** Whether this device slept or its clock was set since the last call: then measure again, at once. */
  jumped() {
    const apart = this.#wall() - this.#monotonic();
    const jumped = Math.abs(apart - this.#apart) > JUMP_MS;
    this.#apart = apart;
    // The time shown stays (a clock that was set must move no timer), but any new sample now beats the old one.
    if (jumped && this.#best) this.#best = { ...this.#best, reach: Infinity };
    return jumped;
  }

  #reachNow(local) {
    return this.#best.reach + (local - this.#best.at) * DRIFT;
  }
}
