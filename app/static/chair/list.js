// The list of speakers, as the server orders it. A row is chosen by click or arrow keys; the primary action then
// names the one who is chosen. Rows keep their node, so focus, hover and a drag outlive every patch.

import { attr, bdi, h, keyed, setParts, setText } from "../dom.js";
import { number, t } from "../i18n.js";
import { nameNode, nameText } from "../people.js";
import { listed, marks } from "../console/listed.js";
import { groupName } from "../console/words.js";

const ROOMY_UP_TO = 8; // with more waiting than this, rows show one line each, so that twelve fit

/** `choose(request)` and `give(request)` are called by clicks. Returns the render function. */
export function speakersList(root, { choose, give }) {
  root.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (!row) return;
    if (event.target.closest(".row-give")) give(row.dataset.request);
    else choose(row.dataset.request);
  });
  return ({ state, selected }) => {
    const waiting = listed(state);
    const hadFocus = root.contains(document.activeElement);
    attr(root, "data-rows", waiting.length > ROOMY_UP_TO ? "dense" : "roomy");
    keyed(root, waiting, (id) => id, create, (node, id, index) => {
      fill(node, state, id, index, selected);
      attr(node, "data-suggested", waiting.length > 1 && state.suggestion?.request === id);
    });
    // The row that had the focus is gone: the focus stays in the list, where the arrow keys go on from.
    if (hadFocus && !root.contains(document.activeElement)) root.focus({ preventScroll: true });
  };
}

function create(id) {
  return h("li", { class: "row", "data-request": id },
    h("span", { class: "row-handle", "aria-hidden": "true" }),
    h("span", { class: "row-place" }),
    h("span", { class: "row-who" }, 
      // Where a long name is cut off goes by its own direction.
      h("span", { class: "row-name", dir: "auto" }), h("span", { class: "row-organisation", dir: "auto" })),
    h("span", { class: "row-marks" }),
    h("span", { class: "row-group" }),
    h("button", { type: "button", class: "row-give", tabindex: "-1" }, t("chair.give")),
    h("span", { class: "row-summary" }));
}

function fill(node, state, id, index, selected) {
  const request = state.requests[id];
  const part = (name) => node.querySelector(`.row-${name}`);
  attr(node, "aria-current", id === selected ? "true" : null);
  attr(node, "tabindex", id === selected || (index === 0 && !selected) ? "0" : "-1");
  attr(node, "data-kind", request.kind);
  setText(part("place"), number(index + 1));
  setParts(part("name"), nameNode(request));
  setParts(part("organisation"), bdi(request.organisation));
  attr(part("who"), "title", [nameText(request), request.organisation].filter(Boolean).join(" · "));
  setText(part("group"), groupName(request.group));
  setParts(part("marks"), marks(request).map(shortMark));
  setParts(part("summary"), request.summary ? bdi(request.summary) : []);
}

/** In a row there is no room for a sentence: a sign and a number, with the words for those who hear the list. */
function shortMark([kind, text, sign]) {
  return h("span", { class: "mark", "data-mark": kind, title: sign && text },
    sign ? [h("span", { "aria-hidden": "true" }, sign), h("span", { class: "visually-hidden" }, text)] : text);
}

/** The request one step up or down from `selected`; from nothing, the first or the last. */
export function neighbour(state, selected, step) {
  const list = state.list ?? [];
  const at = list.indexOf(selected);
  if (at < 0) return step > 0 ? list[0] : list.at(-1);
  return list[Math.min(list.length - 1, Math.max(0, at + step))];
}

/** What `move_request` needs to move a request one step; undefined at the end of the road. */
export function stepMove(state, request, step) {
  const list = state.list ?? [];
  const at = list.indexOf(request);
  if (at < 0 || at + step < 0 || at + step >= list.length) return undefined;
  const before = step < 0 ? list[at - 1] : list[at + 2];
  return before === undefined ? { request } : { request, before };
}
