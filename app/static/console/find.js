// Finding somebody who has joined: a field to type in, and beneath it those whose name or organisation has the words.
// A combobox as screen readers know it: the focus stays in the field, arrow keys choose, Enter is left to the form.

import { attr, bdi, h, setParts, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { nameNode } from "../people.js";
import { groupName } from "./words.js";

const TYPING_MS = 120; // a search for each word typed, not for each letter

/**
 * `root` holds the field, the list and the line that says how many there are. `chosen(person)` is called with the one
 * that is chosen now, or undefined. Nobody is chosen before something was typed: Enter alone must not call anyone.
 * Without `guess`, who is typed may well be somebody else: then only arrow keys and clicks choose, and nobody is shown
 * before something was typed.
 */
export function finder(root, { chosen, guess = true }) {
  const input = root.querySelector("[role=combobox]");
  const list = root.querySelector("[role=listbox]");
  const line = root.querySelector(".find-line");
  let found = [];
  let person;
  let without;
  let asked = 0;
  let typing;

  function choose(one, { scroll = false } = {}) {
    person = one;
    for (const option of list.children) attr(option, "aria-selected", String(option.dataset.participant === one?.participant));
    const node = one && document.getElementById(optionId(one));
    attr(input, "aria-activedescendant", node?.id);
    if (scroll) node?.scrollIntoView({ block: "nearest" });
    chosen(one);
  }

  async function search() {
    const mine = (asked += 1);
    const typed = input.value.trim();
    let answer;
    try {
      answer = await (await fetch(`/api/participants?q=${encodeURIComponent(typed)}`)).json();
    } catch {
      answer = undefined;
    }
    if (mine !== asked) return; // a later search has been asked for
    found = (guess || typed ? answer?.participants ?? [] : []).filter(({ participant }) => participant !== without);
    setParts(list, found.map(option));
    attr(input, "aria-expanded", String(found.length > 0));
    const count = (answer?.count ?? 0) - ((answer?.participants.length ?? 0) - found.length);
    setText(line, answer ? t("chair.find_count", { count }) : t("chair.find_fails"));
    if (!guess) show(list, found.length);
    choose(guess && typed ? found[0] : undefined);
  }

  const optionId = ({ participant }) => `${list.id}-${participant}`;
  const option = (one) => h("li", { role: "option", id: optionId(one), "data-participant": one.participant, "aria-selected": "false" },
    h("span", { class: "find-who" }, h("strong", {}, nameNode(one)), " ",
      !one.hidden && bdi(one.organisation), h("span", { class: "quiet" }, " · ", groupName(one.group))),
    one.where === "online" && h("span", { class: "mark", "data-mark": "online" }, t("chair.online")),
    h("span", { class: "quiet" }, one.spoken ? t("chair.find_spoken", { count: one.spoken }) : t("chair.find_unheard")));

  input.addEventListener("input", () => {
    clearTimeout(typing);
    asked += 1; // what is on its way answers an older question
    choose(undefined);
    typing = setTimeout(search, TYPING_MS);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || event.altKey || found.length === 0) return;
    event.preventDefault();
    const at = found.indexOf(person);
    const next = at < 0 ? (step > 0 ? 0 : found.length - 1) : Math.min(found.length - 1, Math.max(0, at + step));
    choose(found[next], { scroll: true });
  });
  list.addEventListener("click", (event) => {
    const id = event.target.closest("[role=option]")?.dataset.participant;
    if (id) choose(found.find(({ participant }) => participant === id));
    input.focus();
  });
  return {
    search,
    /** Nobody is chosen, and nobody is shown. */
    reset() {
      clearTimeout(typing);
      asked += 1;
      found = [];
      setParts(list);
      if (!guess) show(list, false);
      choose(undefined);
    },
    /** Start anew; `except`: the one who is not to be found. */
    open(except) {
      without = except;
      input.value = "";
      choose(undefined);
      search();
      input.focus();
    },
  };
}
