// What has been said, for those who write it down: every intervention, the newest on top, each with its notes side by
// side and a field for the next one. A field keeps its node and its text whatever arrives.

import { attr, bdi, h, keyed, setParts, setText, show } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { nameNode, nameText } from "../people.js";
import { spentMs } from "../timers.js";
import { refusal } from "./send.js";
import { lengthText } from "./time.js";
import { groupName, kindText, topicLabel } from "./words.js";

const MOST_NOTE = 2_000; // as in the protocol; the server counts again

/** `add(request, text)` -> promise of the answer; `edit(person)` opens the form to put a name right. */
export function saidPanel(root, drafts, { add, edit }) {
  const list = root.querySelector(".said");
  const people = new Map(); // request -> who is shown there now
  const save = async (node, request) => {
    if (!drafts.typed(request).trim()) return;
    const sent = drafts.send(request);
    node.field.value = "";
    const answer = await add(request, sent.text);
    drafts.answered(sent, answer?.accepted);
    node.field.value = drafts.typed(request);
    setText(node.error, answer?.accepted ? "" : refusal(answer ?? {}));
  };
  return ({ state, now, role }) => {
    if (role !== "secretariat") return;
    drafts.settle(state.notes ?? {});
    const all = interventions(state, now);
    const notes = Object.entries(state.notes ?? {}).map(([id, note]) => ({ id, ...note })).sort((a, b) => a.at - b.at);
    keyed(list, all, ({ request }) => request, (one) => card(one.request, drafts, { save, edit: () => edit(people.get(one.request)) }),
      (node, one) => {
        people.set(one.request, one);
        fill(node, state, one, notes.filter(({ request }) => request === one.request), drafts);
      });
    setText(root.querySelector(".said-count"), t("chair.said_count", { count: all.length }));
    show(root.querySelector(".said-none"), all.length === 0);
  };
}

/** The one who speaks, the one they interrupted, and all who have spoken, the newest first. */
function interventions({ floor, requests, interventions: said = {} }, now) {
  const speaking = [floor, floor?.interrupted].filter(Boolean).map(({ request, timer }, index) =>
    ({ request, ...requests[request], spent_ms: spentMs(timer, now), standing: index ? "interrupted" : "speaking" }));
  const done = Object.entries(said).map(([request, one]) => ({ request, ...one })).sort((a, b) => b.began - a.began);
  const held = new Set(speaking.map(({ request }) => request));
  return [...speaking, ...done.filter(({ request }) => !held.has(request))];
}

function card(request, drafts, { save, edit }) {
  const field = h("textarea", { class: "input said-field", rows: 1, maxlength: MOST_NOTE, dir: "auto", "data-request": request });
  const error = h("p", { class: "field-error", role: "alert" });
  const node = h("li", { class: "said-one" },
    h("div", { class: "said-head" },
      h("time", { class: "said-when" }), h("span", { class: "said-who" }), h("span", { class: "said-marks" }),
      h("span", { class: "said-length" }),
      h("button", { type: "button", class: "act said-edit", onclick: edit }, t("chair.edit"))),
    h("ul", { class: "said-notes" }),
    h("form", { class: "said-form" }, field, h("button", { class: "act", type: "submit" }, t("chair.note_save"))), error);
  Object.assign(node, { field, error });
  field.value = drafts.typed(request);
  field.addEventListener("input", () => drafts.type(request, field.value));
  field.addEventListener("keydown", (event) => {
    // A note is one line: Enter saves it. While an input method composes (Japanese, Chinese), Enter chooses a word.
    if (event.key === "Escape") field.blur();
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) save(node, request);
  });
  node.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(node, request);
  });
  return node;
}

function fill(node, state, one, notes, drafts) {
  const part = (name) => node.querySelector(`.said-${name}`);
  attr(node, "data-standing", one.standing);
  setText(part("when"), one.began === undefined ? t(`chair.said_${one.standing}`) : clockTime(one.began));
  setParts(part("who"), h("strong", {}, nameNode(one)), " ", bdi(one.organisation), h("span", { class: "quiet" },
    ` · ${groupName(one.group)} · ${topicLabel(state, one.topic)}`));
  setParts(part("marks"), kindText(one) ? h("span", { class: "mark", "data-mark": one.kind }, kindText(one)) : []);
  setText(part("length"), lengthText(one.spent_ms));
  attr(part("field"), "aria-label", t("chair.note_on", { name: nameText(one) }));
  attr(part("field"), "placeholder", t("chair.note"));
  attr(part("edit"), "aria-label", t("chair.edit_of", { name: nameText(one) }));
  const shown = [...notes, ...drafts.sent(one.request).map((sent, index) => ({ id: `sent ${index}`, ...sent }))];
  keyed(part("notes"), shown, ({ id }) => id, () => h("li", { class: "note" }, h("span", { class: "note-by" }), " ", h("span", { dir: "auto" })),
    (line, { by, at, text }) => {
      attr(line, "data-sent", at === undefined);
      setParts(line.firstChild, at === undefined ? t("chair.note_on_its_way")
        : parts("chair.note_by", { by: authorOf(by), time: clockTime(at) }));
      setText(line.lastChild, text);
    });
}

/** A note's author is the name of a key, which at first is called like its role. */
const authorOf = (by) => (ROLES.has(by) ? t(`role.${by}`) : bdi(by));
const ROLES = new Set(["chair", "co_moderator", "secretariat"]);
