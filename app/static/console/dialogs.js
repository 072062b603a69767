// The console's dialogs: native <dialog>, opened over everything, closed by Escape. A form stays open with what was
// typed until the server has accepted it; a refusal is said inside it.

import { h, setParts, setText, show } from "../dom.js";
import { refusal } from "./send.js";

export const KINDS = ["intervention", "right_of_reply", "point_of_order"];
const SETTLE_MS = 500; // the second half of a double press must not answer a question that it has not read

export function openDialog(dialog) {
  if (dialog.open) return;
  dialog.openedAt = performance.now();
  dialog.showModal();
}

export const anyOpen = () => document.querySelector("dialog[open]") !== null;

/** Close buttons, and a click beside the dialog. */
export function wireDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
  }
}

/** Ask before something that takes a lot with it. Resolves to true only for a considered yes. */
export function ask(dialog, { question, note = [], yes }) {
  setParts(dialog.querySelector("h2"), question);
  setParts(dialog.querySelector(".ask-note"), note);
  const button = dialog.querySelector(".ask-yes");
  setParts(button, yes);
  openDialog(dialog);
  button.focus();
  return new Promise((resolve) => {
    const done = new AbortController();
    button.addEventListener("click", () => {
      if (performance.now() - dialog.openedAt < SETTLE_MS) return;
      resolve(true);
      dialog.close();
    }, { signal: done.signal });
    dialog.addEventListener("close", () => {
      done.abort();
      resolve(false); // no effect after a yes
    }, { signal: done.signal });
  });
}

/** A form whose answer is a command: `read(data)` gives what to send, or a sentence that says what is missing. */
export function formDialog(dialog, { send, name, read, done = () => {} }) {
  const form = dialog.querySelector("form");
  const error = dialog.querySelector(".field-error");
  let sending = false;
  const fail = (text) => {
    setText(error, text);
    show(error, text);
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending || (event.submitter && event.submitter.hasAttribute("data-close"))) return;
    const withWhat = read(new FormData(form));
    if (typeof withWhat === "string") return fail(withWhat);
    sending = true;
    fail("");
    const answer = await send(name, withWhat, { quiet: true });
    sending = false;
    if (answer && !answer.accepted) return fail(refusal(answer));
    dialog.close();
    form.reset();
    return done(withWhat);
  });
  dialog.addEventListener("close", () => fail(""));
}

/** Choices as large pills, one of which is taken. */
export function pills(root, name, choices, chosen, { required = true } = {}) {
  setParts(root, choices.map(([value, label]) => h("label", { class: "pill" },
    h("input", { type: "radio", name, value, required, checked: value === chosen }), h("span", {}, label))));
}
