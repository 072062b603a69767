// The side: who comes next, how many wait, whether the list is open, and how to join.

import { attr, bdi, byId, h, keyed, setParts, setText, show } from "../dom.js";
import { number, t } from "../i18n.js";

const SHOWN = 5;
const SHOWN_BESIDE_A_NOTICE = 4; // the notice takes its height from the list, not from the code

export function renderSide({ state, topic }) {
  const { status } = state.session;
  const list = state.list ?? [];
  const begun = topic !== undefined && (status === "running" || status === "paused");
  show(byId("side"), status !== "ended");
  attr(byId("side"), "data-empty", list.length === 0);
  setText(byId("side-title"), titleFor(begun && topic, list));
  show(byId("list-state"), begun && topic.kind === "topic");
  if (topic) {
    attr(byId("list-state"), "data-list", topic.list);
    setText(byId("list-state"), t(`room.list_${topic.list}`));
  }
  const shown = state.notice ? SHOWN_BESIDE_A_NOTICE : SHOWN;
  keyed(byId("next"), begun ? list.slice(0, shown) : [], (id) => id, makeRow,
    (node, id, index) => updateRow(node, state.requests[id], index));
  const more = list.length - shown;
  setText(byId("more"), begun && more > 0 ? t("room.and_more", { count: more }) : "");
}

function titleFor(topic, list) {
  if (!topic || topic.kind !== "topic") return list.length > 0 ? t("room.waiting", { count: list.length }) : t("room.join");
  if (list.length > 0) return t("room.waiting", { count: list.length });
  return t(topic.list === "open" ? "room.ask_now" : "room.nobody_waits");
}

function makeRow() {
  return h("li", { class: "row" },
    h("span", { class: "row-place" }),
    h("span", { class: "row-name" }),
    h("span", { class: "row-from" }));
}

function updateRow(node, request, index) {
  const [place, name, from] = node.children;
  attr(node, "data-kind", request.kind);
  setText(place, number(index + 1));
  setParts(name, bdi(request.name));
  setParts(from, request.kind === "intervention"
    ? bdi(request.organisation)
    : [t(`kind.${request.kind}`), " · ", bdi(request.organisation)]);
}
