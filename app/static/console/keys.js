// The keyboard: one table of keys, from which both the listening and the page of keys (?) are made.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { openDialog } from "./dialogs.js";

const FIELDS = "input, textarea, select, [contenteditable]";

/**
 * `table`: rows of {keys, label, run, repeat?}. `keys` are event.key values; letters in lower case; "Alt+", "Ctrl+"
 * and "Shift+" in front. `primary`, if any, runs under Enter and Space wherever these have no meaning of their own.
 */
export function listenToKeys(table, { primary, blocked }) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || blocked()) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.matches(FIELDS)) return;
    if (primary && (event.key === "Enter" || event.key === " ")) {
      if (target.closest("button, a, summary") || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault(); // Space would scroll
      if (!event.repeat) primary();
      return;
    }
    const row = rowOf(table, event);
    if (!row) return;
    event.preventDefault();
    // A key that is held down says nothing twice, except where each step is wanted.
    if (!event.repeat || row.repeat) row.run();
  });
}

/** The row of the table that this key belongs to. */
export function rowOf(table, event) {
  return names(event).map((name) => table.find(({ keys }) => keys.includes(name))).find(Boolean);
}

/** What other layouts and input methods write for the marks that are keys here. */
const MARKS = { "؟": "?", "？": "?", "،": ",", "，": ",", "、": ",", "。": ".", "．": "." };

/** What this key may be called in the table: as typed, and by its place on a Latin keyboard for other scripts. */
function names(event) {
  const { key, code } = event;
  if (event.metaKey || event.ctrlKey) {
    const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase();
    return event.altKey ? [] : [`Ctrl+${event.shiftKey ? "Shift+" : ""}${letter}`];
  }
  if (event.shiftKey && key === "Delete") return ["Shift+Delete"];
  if (event.altKey) return key.startsWith("Arrow") ? [`Alt+${key}`] : [];
  const typed = MARKS[key] ?? (key.length === 1 ? key.toLowerCase() : key);
  const place = /^[\x20-\x7e]+$/.test(key) ? "" : code.replace(/^Key/, "").toLowerCase();
  return [typed, place].filter(Boolean);
}

const SHOWN = { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", " ": "Space", "-": "−", Delete: "Del", Shift: "⇧" };

export function keyName(key) {
  const shown = (part) => SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  return key.split("+").filter(Boolean).map(shown).join(" ") || "+";
}

/** The page of keys. Aliases that nobody needs to learn are left out. */
export function keysDialog(dialog, table) {
  return {
    open() {
      dialog.querySelector(".key-rows").replaceChildren(...keyRows(table()));
      openDialog(dialog);
    },
  };
}

function keyRows(table) {
  return table.filter(({ label }) => label).map(({ keys, shown = keys, label }) => h("div", { class: "key-row" },
    h("dt", {}, shown.map((key) => h("kbd", {}, keyName(key)))), h("dd", {}, t(label))));
}
