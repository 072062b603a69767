// How fast: any number, typed, or one of the usual ones, step by step.

import { byId } from "../dom.js";
import { t } from "../i18n.js";

const SPEEDS = [0.5, 1, 2, 5, 10, 30, 60];

/** `step(1)` is the next of the usual speeds, `step(-1)` the one before. */
export function speedControl(player, { tell }) {
  const field = byId("speed");
  const set = (speed) => {
    player.setSpeed(speed);
    field.value = speed;
  };
  const step = (by) => {
    const next = by > 0 ? SPEEDS.find((each) => each > player.speed) : SPEEDS.findLast((each) => each < player.speed);
    if (next === undefined) return;
    set(next);
    tell(t("replay.speed_is", { speed: next }));
  };
  field.addEventListener("change", () => set(field.value && field.checkValidity() ? field.valueAsNumber : player.speed));
  byId("slower").addEventListener("click", () => step(-1));
  byId("faster").addEventListener("click", () => step(1));
  return { step };
}
