// The notes of one place, a line each, and an empty line for the next. A line keeps its field and what is typed in it
// whatever arrives; what others write appears beside it, or in it where nobody types.

import { attr, bdi, css, h, keyed, setParts, setText, show } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { KINDS, kindOfKey, nextKind, signed } from "./kinds.js";
import { newNote } from "./places.js";
import { plain } from "./text.js";

const MOST_NOTE = 2_000; // as in the protocol; the server counts again
const GROWS_BY_ITSELF = globalThis.CSS?.supports?.("field-sizing", "content");

export const kindText = (kind) => t(`secretariat.kind_${kind}`);

/**
 * A list for the notes about `about` ({request} or {topic}). `desk`: `notes`, and `fieldKey(event)`, asked first for
 * every key in a field. Returns {node, render({notes, name, readOnly, hint}), next}: `name` is whom or what they are on.
 */
export function noteRows(desk, about) {
  const { notes } = desk;
  const node = h("ul", { class: "notes" });
  let empty = newNote(); // the line for the next note is one already, before anything is typed in it
  const field = (id) => node.keyedNodes?.get(id)?.field;
  const rows = { node, next: () => field(empty) };

  function typed(row, change) {
    if (row.note === empty) empty = newNote();
    notes.type(row.note, about, change);
  }

  function create({ note }) {
    const row = h("li", { class: "note" });
    const label = h("button", { type: "button", class: "note-kind", tabindex: -1 });
    const text = h("textarea", { class: "note-text", rows: 1, maxlength: MOST_NOTE, enterkeyhint: "enter" });
    const kinds = h("span", { class: "note-kinds", "aria-hidden": "true" }, KINDS.map((kind) =>
      h("button", { type: "button", class: "note-choice", tabindex: -1, "data-kind": kind, onclick: () => turn(kind) }, kindText(kind))));
    row.append(label, text, kinds, h("span", { class: "note-by" }), h("p", { class: "note-line", role: "status", hidden: true }));
    Object.assign(row, { note, field: text, kind: "note" });
    /** An empty line keeps its kind to itself until there is something to save. */
    function turn(kind) {
      row.kind = kind;
      if (plain(text.value)) typed(row, { kind });
      desk.refresh();
      text.focus();
    }
    label.addEventListener("click", () => turn(nextKind(row.kind)));
    text.addEventListener("input", (event) => {
      const sign = !event.isComposing && signed(text.value);
      if (sign) {
        row.kind = sign.kind;
        text.value = sign.text;
        text.setSelectionRange(0, 0);
      }
      grow(text);
      if (row.note !== empty || plain(text.value)) typed(row, { text: text.value, kind: row.kind });
      else desk.refresh();
    });
    text.addEventListener("keydown", (event) => {
      // While an input method composes (Japanese, Chinese), Enter chooses a word, and keys are its own.
      if (event.isComposing || event.keyCode === 229) return;
      const kind = kindOfKey(event);
      if (kind && !text.readOnly) turn(kind);
      else if (event.key === "Escape") text.blur();
      else if (event.key === "Enter" && !event.ctrlKey && !event.altKey && !event.metaKey) {
        notes.leave(row.note);
        rows.next()?.focus();
      } else if (!desk.fieldKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    text.addEventListener("blur", () => {
      notes.leave(row.note);
      desk.refresh();
    });
    return row;
  }

  function fill(row, one, { name, readOnly, hint }) {
    const { note, kind, by, at, trouble, unsaved } = one;
    const isNext = note === empty;
    row.note = note;
    if (!isNext) row.kind = kind;
    const [label, text, kinds, author, line] = row.children;
    attr(row, "data-kind", row.kind);
    attr(row, "data-next", isNext);
    attr(row, "data-unsaved", Boolean(unsaved));
    setText(label, kindText(row.kind));
    attr(label, "aria-label", t("secretariat.kind_change", { kind: kindText(row.kind) }));
    attr(label, "disabled", readOnly);
    // What is typed says the same to the server already: then not a letter of it is touched, nor the caret.
    const typing = unsaved || text === document.activeElement;
    if (!isNext && text.value !== one.text && !(typing && plain(text.value) === plain(one.text))) write(text, one.text);
    text.readOnly = readOnly;
    attr(text, "dir", text.value ? "auto" : null); // what is not there yet begins where the page's lines do
    attr(text, "aria-label", isNext ? t("secretariat.note_on", { name }) : t("secretariat.note_of", { kind: kindText(kind), name }));
    attr(text, "placeholder", isNext ? hint : null);
    show(kinds, isNext && !readOnly && !text.value);
    for (const choice of kinds.children) attr(choice, "data-on", choice.dataset.kind === row.kind);
    setParts(author, by ? authorOf(by) : []);
    attr(author, "title", at === undefined ? null : clockTime(at));
    fillLine(line, one, trouble);
  }

  /** Why it is not saved, and what to do; or that it is one's own now. */
  function fillLine(line, { note }, trouble) {
    const gone = trouble?.reason === "no_such_note";
    const said = trouble ? (gone ? t("secretariat.removed") : trouble.message) : notes.isParted(note) ? t("secretariat.parted") : "";
    show(line, said);
    const act = (key, run) => h("button", { type: "button", class: "act", onclick: run }, t(key));
    const shown = `${said}${gone}`;
    if (line.shown === shown) return;
    line.shown = shown;
    line.replaceChildren(...said ? [h("span", {}, said)] : [], ...gone ? [
      act("secretariat.keep_new", () => notes.keepAsNew(note)), act("secretariat.discard", () => notes.discard(note)),
    ] : []);
  }

  rows.render = (view) => {
    const shown = [...view.notes, ...view.readOnly ? [] : [{ note: empty }]];
    keyed(node, shown, ({ note }) => note, create, (row, one) => fill(row, one, view));
  };
  return rows;
}

/** Others have changed what nobody types in here: the caret stays as far along as it was. */
function write(text, value) {
  const { selectionStart, selectionEnd } = text;
  text.value = value;
  if (text === document.activeElement) text.setSelectionRange(selectionStart, selectionEnd);
  grow(text);
}

function grow(text) {
  if (GROWS_BY_ITSELF) return;
  css(text, "block-size", "auto");
  css(text, "block-size", `${text.scrollHeight + 2}px`);
}

/** A note's author is the name of a key, which at first is called like its role. */
const authorOf = (by) => (ROLES.has(by) ? parts(`role.${by}`) : bdi(by));
const ROLES = new Set(["chair", "co_moderator", "secretariat"]);
