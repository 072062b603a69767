// From a key press to a command, once. Holds what is under way until the answer is here and the screen shows it;
// says calmly why something was not done. It never changes the picture itself: only the server's patch does.

import { has, t } from "../i18n.js";

const SHOWN_WITHIN_MS = 1_500; // an act whose wish was fulfilled already brings no patch to wait for
const WAITING_AFTER_MS = 700; // slower than this, the chair is told that the answer is still on its way
const SAID_FOR_MS = 8_000; // long enough to be read after looking up from the room
const FRESH_MS = 600; // what changed this recently was not read before the finger came down

/** Acts that move the floor: while one is under way no other may start, whichever key it came by. */
const MOVING = new Set(["start_session", "pause_session", "resume_session", "end_session", "open_topic", "give_floor",
  "end_intervention", "pass_over", "call_participant", "hide_participant", "undo", "redo"]);
/** Acts that add up: pressed twice, they are meant twice. */
const ADDING = new Set(["adjust_topic", "adjust_intervention"]);

const holdOf = (name, withWhat) => (MOVING.has(name) ? "floor" : `${name} ${JSON.stringify(withWhat)}`);

export class Sender {
  status = { text: "", tone: "calm" };

  #connection;
  #refresh;
  #held = new Map(); // hold -> the seq at which the screen shows the outcome; Infinity before the answer
  #silence;
  #seen = new Map(); // place on the screen -> { key, since }

  constructor(connection, refresh) {
    this.#connection = connection;
    this.#refresh = refresh;
  }

  held(name, withWhat = {}) {
    return this.#held.has(holdOf(name, withWhat));
  }

  /** Tell what stands at a place now; `fresh(place)` is true for a moment after it became something else. */
  watch(place, key) {
    if (this.#seen.get(place)?.key !== key) this.#seen.set(place, { key, since: performance.now() });
  }

  /** What stands there now is the chair's own doing: it is known already. */
  own(place) {
    const seen = this.#seen.get(place);
    if (seen) seen.since = -Infinity;
  }

  fresh(place) {
    return performance.now() - (this.#seen.get(place)?.since ?? -Infinity) < FRESH_MS;
  }

  /** Say something in the status line, for a while; with `lasting`, until something else is said. */
  say(text, tone = "calm", { lasting = false } = {}) {
    clearTimeout(this.#silence);
    if (text && !lasting) this.#silence = setTimeout(() => this.say(""), SAID_FOR_MS);
    this.status = { text, tone };
    this.#refresh();
  }

  /** Do it, unless it is being done. Resolves to the server's answer, or to undefined if it was not sent. */
  async send(name, withWhat = {}, { quiet = false } = {}) {
    if (this.#connection.shut) return { accepted: false, reason: "shut" };
    const hold = holdOf(name, withWhat);
    if (this.#held.has(hold)) return undefined;
    if (!ADDING.has(name)) this.#held.set(hold, Infinity);
    if (!quiet) this.say("");
    const slow = setTimeout(() => {
      this.say(t(this.#connection.live ? "chair.on_its_way" : "chair.kept_until_live"), "calm", { lasting: true });
    }, WAITING_AFTER_MS);
    const answer = await this.#connection.command(name, withWhat);
    clearTimeout(slow);
    if (answer.accepted) {
      if (this.#held.has(hold)) this.#held.set(hold, answer.seq ?? 0);
      setTimeout(() => this.#release(hold), SHOWN_WITHIN_MS);
      this.settle();
      if (!quiet) this.say("");
    } else {
      this.#release(hold);
      if (!quiet) this.say(refusal(answer), "refused");
    }
    return answer;
  }

  /** Let go of what the state on the screen now shows. Called at every change of the connection. */
  settle() {
    for (const [hold, seq] of this.#held) if (this.#connection.seq >= seq) this.#release(hold);
  }

  #release(hold) {
    if (this.#held.delete(hold)) this.#refresh();
  }
}

/** Why it was not done, in the words of the catalogue; a code unknown to this page brings its own sentence. */
export function refusal({ reason, message }) {
  // Some sentences are meant for the one whose request it is.
  const own = { stale: "chair.stale", already_requested: "chair.already_requested" }[reason];
  if (own) return t(own);
  if (message) return message; // the server's own sentence, in this console's language, with its figures
  return has(`refused.${reason}`) ? t(`refused.${reason}`) : t("chair.refused");
}
