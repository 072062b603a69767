// Where the replay stands. Computed from the time that has passed, never ticked: a page that was hidden for a while
// is where it would have been.

export class Player {
  speed = 1;
  isPlaying = false;

  #monotonic;
  #from; // where it stood at `#since`
  #since;

  constructor({ begins, ends }, { monotonic = () => performance.now() } = {}) {
    Object.assign(this, { begins, ends });
    this.#monotonic = monotonic;
    this.#stand(begins);
  }

  /** The instant of the session that is shown (epoch milliseconds, on the session's clock). */
  get at() {
    const passed = this.isPlaying ? (this.#monotonic() - this.#since) * this.speed : 0;
    return Math.min(this.ends, this.#from + passed);
  }

  get isAtEnd() {
    return this.at >= this.ends;
  }

  /** From the end it begins anew. */
  play() {
    this.#stand(this.isAtEnd ? this.begins : this.at);
    this.isPlaying = true;
  }

  pause() {
    this.#stand(this.at);
    this.isPlaying = false;
  }

  seek(at) {
    this.#stand(Math.min(this.ends, Math.max(this.begins, at)));
  }

  setSpeed(speed) {
    this.#stand(this.at);
    this.speed = speed;
  }

  #stand(at) {
    this.#from = at;
    this.#since = this.#monotonic();
  }
}
