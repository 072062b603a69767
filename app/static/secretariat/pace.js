// When what is typed is saved: when the fingers rest, and at least so often while they don't.

const QUIET_MS = 400;
const MOST_MS = 1_500;

export class Pace {
  #run;
  #timers = new Map(); // note -> its timer
  #since = new Map(); // note -> when the first letter was typed that no command has taken along

  /** `run(note)` is called when it is time. */
  constructor(run) {
    this.#run = run;
  }

  has = (note) => this.#timers.has(note);

  soon(note) {
    const now = performance.now();
    const since = this.#since.get(note) ?? now;
    this.#since.set(note, since);
    clearTimeout(this.#timers.get(note));
    this.#timers.set(note, setTimeout(() => this.#run(note), Math.max(0, Math.min(QUIET_MS, since + MOST_MS - now))));
  }

  /** It is taken along now. */
  taken(note) {
    clearTimeout(this.#timers.get(note));
    this.#timers.delete(note);
    this.#since.delete(note);
  }
}
