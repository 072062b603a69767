// What was done at the consoles, and the way back: undo takes back the newest act, redo does the last one taken back
// again. Both buttons say which act they mean, and send its number: nobody takes back what they have not seen.

import { attr, h, setParts, show } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { actorParts, actParts } from "../console/words.js";

/** The act that undo takes back, and the one that redo does again; undefined where there is none. */
export const lastAct = (state) => state.acts?.at(-1);
export const lastUndone = (state) => state.undone?.at(-1);

export function undoButtons(undo, redo) {
  return ({ state, held }) => {
    const last = lastAct(state);
    fill(undo, state, last, "chair.undo_what", "chair.undo_nothing");
    attr(undo, "aria-disabled", !last || held("undo") ? "true" : null);
    const undone = lastUndone(state);
    show(redo, undone);
    fill(redo, state, undone, "chair.redo_what", "chair.redo");
  };
}

function fill(button, state, act, key, otherwise) {
  const text = button.querySelector(".act-text");
  setParts(text, act ? parts(key, { act: h("span", {}, actParts(state, act)) }) : [t(otherwise)]);
  attr(button, "title", act ? text.textContent : null);
}

/** The dialog with the last acts, newest first: undoing goes from the top, and what was undone stands above it. */
export function historyDialog(dialog) {
  const list = dialog.querySelector(".history");
  const [undo, redo] = ["undo", "redo"].map((name) => dialog.querySelector(`.button[data-act=${name}]`));
  return ({ state }) => {
    if (!dialog.open) return;
    const acts = [...(state.acts ?? [])].reverse();
    const undone = state.undone ?? [];
    setParts(list, [
      ...undone.map((act, index) => row(state, act, { undone: true, next: index === undone.length - 1 })),
      ...acts.map((act, index) => row(state, act, { undone: false, next: index === 0 })),
    ]);
    show(dialog.querySelector(".history-none"), acts.length + undone.length === 0);
    attr(undo, "aria-disabled", acts.length === 0 ? "true" : null);
    attr(redo, "aria-disabled", undone.length === 0 ? "true" : null);
  };
}

function row(state, act, { undone, next }) {
  const mark = undone ? "chair.was_undone" : "chair.undone_next";
  return h("li", { "data-undone": undone, "data-next": next },
    h("time", {}, clockTime(act.at)),
    h("span", { class: "history-what" }, actParts(state, act)),
    (undone || next) && h("span", { class: "mark" }, t(mark)),
    h("span", { class: "history-who" }, actorParts(act)));
}
