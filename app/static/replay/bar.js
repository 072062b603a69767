// The bar under the wall: where the replay stands, and the controls that move it.

import { attr, byId, css, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { nameText } from "../people.js";
import { listen } from "./keys.js";
import { lead, leadSoon } from "./link.js";
import { makeMarks } from "./marks.js";
import { speedControl } from "./speed.js";
import { timeOfDay } from "./time.js";

const STEP_MS = 10_000;
const LONG_STEP_MS = 60_000;
const GRACE_MS = 2_000; // so long, on the viewer's watch, "previous" means the intervention before this one

/** Controls for `player` over `film`. `changed` is called after each act; `render` draws where it stands now. */
export function makeBar(film, player, changed) {
  const time = byId("time");

  /** For screen readers, once an act: what moves by itself is never told. */
  const tell = (text) => setText(byId("told"), text);
  const moment = () => {
    const person = film.personAt(player.at);
    const at = timeOfDay(player.at);
    return person ? t("replay.speaks_at", { time: at, name: nameText(person) }) : t("replay.nobody_at", { time: at });
  };
  const settled = () => {
    time.value = player.at;
    attr(time, "aria-valuetext", moment());
    leadSoon(player.at);
    changed();
  };

  const seek = (at) => {
    player.seek(at);
    settled();
    if (document.activeElement !== time) tell(moment()); // the slider says so by itself
  };
  const pause = () => {
    player.pause();
    settled();
  };
  const toggle = () => {
    if (player.isPlaying && !player.isAtEnd) return pause();
    player.play();
    return changed();
  };
  const next = () => seek(film.interventions.find((at) => at > player.at) ?? film.ends);
  const previous = () => {
    const grace = player.isPlaying ? GRACE_MS * player.speed : 0;
    seek(film.interventions.findLast((at) => at < player.at - grace) ?? film.begins);
  };

  const speed = speedControl(player, { tell });
  byId("play").addEventListener("click", toggle);
  byId("previous").addEventListener("click", previous);
  byId("following").addEventListener("click", next);
  time.addEventListener("keydown", () => (time.value = player.at)); // what its own keys move it from
  time.addEventListener("input", () => {
    player.seek(time.valueAsNumber);
    settled();
  });
  // A page in another language is loaded anew: it goes on where this one was.
  byId("language")?.addEventListener("change", () => lead(player.at), { capture: true });
  listen({
    " ": toggle, "[": previous, "]": next, "-": () => speed.step(-1), "+": () => speed.step(1),
    ArrowLeft: () => seek(player.at - STEP_MS), ArrowRight: () => seek(player.at + STEP_MS),
    "Shift+ArrowLeft": () => seek(player.at - LONG_STEP_MS), "Shift+ArrowRight": () => seek(player.at + LONG_STEP_MS),
    Home: () => seek(film.begins), End: () => seek(film.ends),
  });

  Object.assign(time, { min: film.begins, max: film.ends, value: player.at });
  attr(time, "aria-valuetext", moment());
  setText(byId("until"), timeOfDay(film.ends));
  makeMarks(film, seek);
  show(byId("timeline"), true);
  show(byId("controls"), true);

  function render() {
    const plays = player.isPlaying && !player.isAtEnd;
    const at = player.at;
    attr(byId("play"), "data-plays", plays);
    attr(byId("play"), "aria-label", t(plays ? "replay.pause" : "replay.play"));
    setText(byId("at"), timeOfDay(at));
    css(byId("track"), "--at", ((at - film.begins) / (film.ends - film.begins)).toFixed(5));
    // A slider that has the focus would be read out at every step.
    if (document.activeElement !== time) time.value = at;
  }
  return { render, seek };
}
