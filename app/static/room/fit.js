// As large as it fits: names come in any length, the notice comes and goes, and neither the speaker nor the
// countdown may ever be under a tenth of the height.

import { attr, byId, css } from "../dom.js";

// [name, digits] in hundredths of the height, best first; tight: the question makes room for the person.
const STEPS = [
  [15, 32], [13, 32], [12, 28], [11, 28], [11, 24], [10, 24],
  [11, 26, "tight"], [10, 24, "tight"], [10, 20, "tight"], [10, 16, "tight"], [10, 13, "tight"], [10, 10.5, "tight"],
];
const WATCHED = ["name", "organisation", "group", "topic-title", "question", "notice-text", "interrupted"];
let fitted;

/** Choose the sizes again if anything that takes room has changed; otherwise cost nothing. */
export function refit() {
  const wall = byId("wall");
  if (byId("speaker").hidden) {
    attr(wall, "data-tight", false);
    fitted = undefined;
    return;
  }
  const key = [innerWidth, innerHeight, byId("notice").hidden, byId("interrupted").hidden,
    ...WATCHED.map((id) => byId(id).textContent.length > 0 && byId(id).textContent.replace(/\d/g, "0"))].join("\n");
  if (key === fitted) return;
  fitted = key;
  const scene = byId("scene");
  for (const [name, digits, tight] of STEPS) {
    attr(wall, "data-tight", tight);
    css(scene, "--name", name);
    css(scene, "--digits", digits);
    if (scene.scrollHeight <= scene.clientHeight && scene.scrollWidth <= scene.clientWidth) return;
  }
}
