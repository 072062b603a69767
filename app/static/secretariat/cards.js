// The interventions of one topic: who has the floor on top, then the newest first. Each with when, who, for how long, its
// notes, and the tags it has.

import { attr, bdi, h, keyed, setParts, setText } from "../dom.js";
import { clockTime, t } from "../i18n.js";
import { nameNode, nameText } from "../people.js";
import { spentMs } from "../timers.js";
import { lengthText } from "../console/time.js";
import { groupName, kindText } from "../console/words.js";
import { placeOf } from "./places.js";
import { noteRows } from "./rows.js";
import { tagToggles } from "./tags.js";

/** All that is written down about, by request: speaking, interrupted, said, or noted and then taken back to the list. */
export function interventions({ floor, requests = {}, interventions: said = {} }, noted, now) {
  const speaking = [floor, floor?.interrupted].filter(Boolean).map(({ request, timer }, index) =>
    ({ request, ...requests[request], spent_ms: spentMs(timer, now), standing: index ? "interrupted" : "speaking" }));
  const done = Object.entries(said).map(([request, one]) => ({ request, ...one })).sort((a, b) => b.began - a.began);
  const held = new Set([...speaking, ...done].map(({ request }) => request));
  const waits = Object.entries(requests).map(([request, one]) => ({ request, ...one, standing: "waiting" }))
    .filter(({ request }) => !held.has(request) && noted.has(placeOf({ request })));
  const speaks = new Set(speaking.map(({ request }) => request));
  return [...speaking, ...waits, ...done.filter(({ request }) => !speaks.has(request))];
}

/** `desk`: `notes`, `edit(person)`, `send`, `fieldKey`, `refresh`. Returns {node, render(all, view), tick(one)}. */
export function cardList(desk) {
  const node = h("ol", { class: "cards" });
  return {
    node,
    tick(one) {
      const card = node.keyedNodes?.get(one.request);
      if (card) setText(card.querySelector(".said-length"), lengthOf(one));
    },
    render(all, view) {
      keyed(node, all, ({ request }) => request, (one) => create(one, desk), (card, one) => fill(card, one, view));
    },
  };
}

const lengthOf = ({ spent_ms }) => (spent_ms === undefined ? "" : lengthText(spent_ms));

function create({ request }, desk) {
  const edit = h("button", { type: "button", class: "act said-edit", onclick: () => desk.edit(card.person) }, t("secretariat.correct"));
  const rows = noteRows(desk, { request });
  const tags = tagToggles(desk, request);
  const card = h("li", { class: "said", "data-request": request },
    h("div", { class: "said-head" },
      h("time", { class: "said-when" }), h("h3", { class: "said-who" }), h("span", { class: "said-from" }),
      h("span", { class: "said-marks" }), h("span", { class: "said-length" }), edit),
    rows.node, tags.node);
  return Object.assign(card, { rows, tags, place: placeOf({ request }) });
}

function fill(card, one, { state, noted, readOnly }) {
  const part = (name) => card.querySelector(`.said-${name}`);
  card.person = one;
  attr(card, "data-standing", one.standing);
  setText(part("when"), one.began === undefined ? t(`secretariat.${one.standing}`) : clockTime(one.began));
  setParts(part("who"), nameNode(one));
  setParts(part("from"), one.organisation && [bdi(one.organisation), " · "], groupName(one.group));
  setParts(part("marks"),
    kindText(one) && h("span", { class: "mark", "data-mark": one.kind }, kindText(one)),
    one.where === "online" && h("span", { class: "mark", "data-mark": "online" }, t("chair.online")));
  setText(part("length"), lengthOf(one));
  const name = nameText(one);
  attr(part("edit"), "aria-label", t("chair.edit_of", { name }));
  attr(part("edit"), "disabled", Boolean(readOnly || one.hidden));
  card.rows.render({
    notes: noted.get(card.place) ?? [], name, readOnly,
    hint: t(one.standing === "speaking" ? "secretariat.hint_speaking" : "secretariat.hint"),
  });
  card.tags.render({ tags: state.tags?.[one.topic] ?? {}, topic: one.topic, name, readOnly });
}
