// The keyboard: one table of keys, from which both the listening and the page of keys (?) are made.

import { h } from "../dom.js";
import { t } from "../i18n.js";

const FIELDS = "input, textarea, select, [contenteditable]";

/**
 * `table`: rows of {keys, label, run, hint?, repeat?}. `keys` are event.key values; letters in lower case; "Alt+" and
 * "Ctrl+" in front. `primary` runs under Enter and Space wherever these have no meaning of their own.
 */
export function listenToKeys(table, { primary, blocked }) {
  const byKey = new Map(table.flatMap((row) => row.keys.map((key) => [key, row])));
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || blocked()) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.matches(FIELDS)) return;
    if (event.key === "Enter" || event.key === " ") {
      if (target.closest("button, a, summary") || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault(); // Space would scroll
      if (!event.repeat) primary();
      return;
    }
    const row = names(event).map((name) => byKey.get(name)).find(Boolean);
    if (!row) return;
    event.preventDefault();
    // A key that is held down says nothing twice, except where each step is wanted.
    if (!event.repeat || row.repeat) row.run();
  });
}

/** What this key may be called in the table: as typed, and by its place on a Latin keyboard for other scripts. */
function names(event) {
  const { key, code } = event;
  if (event.metaKey || event.ctrlKey) {
    const z = key.toLowerCase() === "z" || code === "KeyZ";
    return z && !event.altKey && !event.shiftKey ? ["Ctrl+z"] : [];
  }
  if (event.altKey) return key.startsWith("Arrow") ? [`Alt+${key}`] : [];
  const typed = key.length === 1 ? key.toLowerCase() : key;
  const place = /^[\x20-\x7e]+$/.test(key) ? "" : code.replace(/^Key/, "").toLowerCase();
  return [typed, place].filter(Boolean);
}

const SHOWN = { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", " ": "Space", "-": "−", Delete: "Del" };

export function keyName(key) {
  const shown = (part) => SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  return key.split("+").filter(Boolean).map(shown).join(" ") || "+";
}

/** The rows of the page of keys. Aliases that nobody needs to learn are left out. */
export function keyRows(table) {
  const rows = [{ shown: ["Enter", " "], label: "chair.key_primary" }, ...table.filter(({ label }) => label)];
  return rows.map(({ keys, shown = keys, label }) => h("div", { class: "key-row" },
    h("dt", {}, shown.map((key) => h("kbd", {}, keyName(key)))), h("dd", {}, t(label))));
}
