// The side: who comes next, how many wait, whether the list is open, and how to join.

import { attr, bdi, byId, h, keyed, setParts, setText, show } from "../dom.js";
import { number, t } from "../i18n.js";
import { nameNode } from "../people.js";
import { options } from "./options.js";

const USUAL_TEXT = 5; // so many have room beside the code; of more, as many as fit
let fitted = { key: "", rows: 0 };

export function renderSide({ state, topic }) {
  const { status } = state.session;
  const list = state.list ?? [];
  const begun = topic !== undefined && (status === "running" || status === "paused");
  show(byId("side"), status !== "ended" && (options.hasCode || (options.list > 0 && begun && topic.kind === "topic")));
  show(byId("join"), options.hasCode);
  attr(byId("side"), "data-empty", list.length === 0);
  const waiting = topic?.waiting ?? 0; // a list that was cut short to what a display shows has fewer
  setText(byId("side-title"), titleFor(begun && topic, waiting));
  show(byId("list-state"), begun && topic.kind === "topic");
  if (topic) {
    attr(byId("list-state"), "data-list", topic.list);
    setText(byId("list-state"), t(`room.list_${topic.list}`));
  }
  if (begun) renderList(state, list, waiting);
  else renderRows(state, [], 0, 0);
}

/** As many as were asked for and as fit: the notice takes its height from the list, not from the code. */
function renderList(state, list, waiting) {
  const most = Math.min(options.list, list.length);
  const names = list.slice(0, most).map((id) => state.requests[id].name).join("\n");
  const texts = [state.notice?.text, byId("side-title").textContent, byId("list-state").textContent, names];
  const key = [innerWidth, innerHeight, ...texts].join("\n");
  if (key === fitted.key) return renderRows(state, list, fitted.rows, waiting);
  let rows = most;
  renderRows(state, list, rows, waiting);
  while (rows > 1 && byId("side").scrollHeight > byId("side").clientHeight) {
    rows -= 1;
    renderRows(state, list, rows, waiting);
  }
  fitted = { key, rows };
  return undefined;
}

function renderRows(state, list, rows, waiting) {
  keyed(byId("next"), list.slice(0, rows), (id) => id, makeRow,
    (node, id, index) => updateRow(node, state.requests[id], index));
  const more = waiting - rows;
  setText(byId("more"), rows > 0 && more > 0 ? t("room.and_more", { count: more }) : "");
}

function titleFor(topic, waiting) {
  if (waiting > 0) return t("room.waiting", { count: waiting });
  if (!topic || topic.kind !== "topic") return t("room.join");
  return t(topic.list === "open" && options.hasCode ? "room.ask_now" : "room.nobody_waits");
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
  setParts(name, nameNode(request));
  setParts(from, request.kind === "intervention"
    ? bdi(request.organisation)
    : [t(`kind.${request.kind}`), request.organisation && [" · ", bdi(request.organisation)]]);
}
