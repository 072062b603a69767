// What the person at the secretariat's console can do by key or button, apart from typing.

import { byId, setText } from "../dom.js";
import { turnTheme } from "../console/theme.js";
import { summary } from "../console/voice.js";

const CAN_TYPE = matchMedia("(pointer: fine)"); // where the focus brings up no keyboard over half of the screen

/** `desk`: `shown()` the view on the screen, `sections` (of topics.js), `dialogs`, `edit(person)`. */
export function makeActs(desk) {
  const { sections, dialogs } = desk;
  const state = () => desk.shown().state;
  let followed; // who had the floor when the focus was last brought there
  let left = false; // the fields were left on purpose: the next key is meant for the page, not for a note

  const cards = () => [...byId("topics").querySelectorAll(".said")];
  const here = () => document.activeElement?.closest(".said");
  const next = (card) => card?.rows.next();
  const speaking = () => cards().find((card) => card.dataset.standing === "speaking") ?? cards()[0];
  const section = () => sections.section(state().topic) ?? byId("topics").firstElementChild;

  function enter(field) {
    field?.focus();
    field?.scrollIntoView({ block: "nearest" });
  }

  const acts = {
    note: () => enter(next(speaking()) ?? section()?.chair.next()),
    chairNote: () => enter(section()?.chair.next()),
    tag: () => enter(section()?.tags.field),
    add: () => !desk.shown().readOnly && dialogs.add.open(),
    edit: () => desk.edit((here() ?? speaking())?.person),
    merge() {
      const person = (here() ?? speaking())?.person;
      if (person && !desk.shown().readOnly) dialogs.merge.open(person);
    },
    step(step) {
      const all = cards();
      const at = all.indexOf(here());
      enter(next(at < 0 ? speaking() : all[Math.min(all.length - 1, Math.max(0, at + step))]));
    },
    /** A key in a note's field: whether it was one of ours. */
    fieldKey({ key, altKey, ctrlKey, metaKey }) {
      if (key === "F2") acts.edit();
      else if (key === "Enter" && (ctrlKey || metaKey)) acts.note();
      else if (altKey && key === "ArrowUp") acts.step(-1);
      else if (altKey && key === "ArrowDown") acts.step(1);
      else return false;
      return true;
    },
    /** The focus goes to who has the floor, unless it is anywhere, or nowhere on purpose: no key is led astray. */
    follow() {
      const request = state().floor?.request;
      if (request === followed || !CAN_TYPE.matches) return;
      followed = request;
      if (request && !left && document.activeElement === document.body) enter(next(speaking()));
    },
    say: () => setText(byId("voice"), summary(state(), desk.shown().now)),
    theme: turnTheme,
    fullScreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {}),
    help: () => dialogs.keys.open(),
  };
  document.addEventListener("focusin", () => (left = false));
  document.addEventListener("keydown", ({ key }) => (left ||= key === "Escape"), { capture: true }); // a field keeps it
  document.addEventListener("pointerdown", () => (left = true));
  return acts;
}
