// What the chair has done, newest last, and the way back: undo takes back the last one. The button says which.

import { attr, h, setParts, show } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { actParts } from "./words.js";

export function undoButton(button) {
  const text = button.querySelector(".undo-text");
  return ({ state, held }) => {
    const last = state.acts?.at(-1);
    const what = last && h("span", {}, actParts(state, last));
    setParts(text, last ? parts("chair.undo_what", { act: what }) : [t("chair.undo_nothing")]);
    attr(button, "aria-disabled", !last || held("undo") ? "true" : null);
    attr(button, "title", last ? text.textContent : null);
  };
}

/** The dialog with the last acts, newest first: undoing goes from the top. */
export function actsDialog(dialog) {
  const list = dialog.querySelector(".acts");
  return ({ state }) => {
    if (!dialog.open) return;
    const acts = [...(state.acts ?? [])].reverse();
    setParts(list, acts.map((act, index) => h("li", { "data-next": index === 0 },
      h("time", {}, clockTime(act.at)),
      h("span", { class: "act-what" }, actParts(state, act)),
      index === 0 && h("span", { class: "mark" }, t("chair.undone_next")))));
    show(dialog.querySelector(".acts-none"), acts.length === 0);
  };
}
