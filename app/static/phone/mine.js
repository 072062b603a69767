// My waiting requests: the place, the wait, the line on what about, and the ways out. One card a request.

import { attr, bdi, byId, h, keyed, setParts, setText, show } from "../dom.js";
import { t } from "../i18n.js";

const MOST_UNITS = 1_120; // the server counts characters as readers do: 280, each made of four on average

/** `acts`: withdraw(id), stepBack(id), describe(id, summary) -> Promise of an answer, sending(name, id). */
export function renderMine({ mine, state }, acts) {
  keyed(byId("mine"), mine.waiting, (request) => request.id,
    (request) => makeCard(request, acts),
    (node, request) => updateCard(node, request, state, acts));
}

function makeCard({ id }, acts) {
  const pieces = {
    kind: h("p", { class: "mine-kind" }),
    place: h("h2", { class: "mine-place" }),
    what: h("p", { class: "mine-what" }),
    away: h("p", { class: "mine-away", text: t("phone.called_away") }),
    closed: h("p", { class: "mine-closed small", text: t("phone.closed_listed") }),
    about: makeAbout(id, acts),
    stepBack: h("button", { class: "button", type: "button", onclick: () => acts.stepBack(id) }),
    withdraw: h("button", { class: "button", type: "button", onclick: () => acts.withdraw(id) }),
  };
  const node = h("li", { class: "mine-card" },
    h("div", { class: "mine-head" }, pieces.kind, pieces.place, pieces.what),
    pieces.away, pieces.about.node, pieces.closed,
    h("div", { class: "mine-acts" }, pieces.stepBack, pieces.withdraw));
  node.pieces = pieces;
  return node;
}

function updateCard(node, request, state, acts) {
  const { pieces } = node;
  const next = request.before === 0;
  attr(node, "data-next", next);
  show(pieces.kind, request.kind !== "intervention");
  setText(pieces.kind, t(`kind.${request.kind}`));
  show(pieces.away, request.passed_over);
  show(pieces.closed, state.topics?.[state.topic]?.list === "closed");
  if (next) setParts(pieces.place, t("phone.next"));
  else {
    setParts(pieces.place, h("span", { class: "mine-number" }, t("phone.place", { ordinal: request.before + 1 })),
      " ", h("span", {}, t("phone.in_list")));
  }
  setText(pieces.what, next ? whenNext(request, state) : whenLater(request));
  // A point of order is about how the session is run: it is said, not announced.
  show(pieces.about.node, request.kind !== "point_of_order");
  pieces.about.update(request);
  // Nobody behind me: there is nobody to let go first.
  show(pieces.stepBack, request.before + 1 < state.list.length);
  setText(pieces.stepBack, t(acts.sending("step_back", request.id) ? "connection.sending" : "phone.step_back"));
  setText(pieces.withdraw, t(acts.sending("withdraw", request.id) ? "connection.sending" : "phone.withdraw"));
}

function whenNext(request, state) {
  if (!state.floor || request.wait === undefined) return t("phone.next_what");
  return t("phone.next_in", { wait: waitWords(request.wait) });
}

function whenLater(request) {
  const before = t("phone.before", { count: request.before });
  return request.wait === undefined ? before : t("phone.before_and_wait", { before, wait: waitWords(request.wait) });
}

function waitWords({ least, most }) {
  if (most <= 1) return t("phone.wait_soon");
  if (least === most) return t("phone.wait_about", { count: most });
  return least < 1 ? t("phone.wait_up_to", { count: most }) : t("phone.wait_between", { range: [least, most] });
}

/** The optional line. The place counts from the tap; this only follows it. */
function makeAbout(id, acts) {
  const input = h("textarea", {
    class: "input", id: `about-${id}`, rows: 2, maxlength: MOST_UNITS, dir: "auto", enterkeyhint: "send",
    placeholder: t("phone.about_optional"),
  });
  const send = h("button", { class: "button button-primary", type: "submit" });
  const form = h("form", { class: "about-form" },
    h("label", { for: `about-${id}`, class: "small", text: t("phone.about") }), input, send);
  const text = h("p", { class: "about-text" });
  const change = h("button", { class: "button button-plain", type: "button", text: t("phone.about_change") });
  const told = h("div", { class: "about-told" }, text, change);
  let editing = false;

  change.addEventListener("click", () => {
    editing = true;
    show(form, true);
    input.focus();
  });
  input.addEventListener("keydown", (event) => {
    // One line: Enter sends it. While an input method composes (Japanese, Chinese), Enter chooses a word.
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await acts.describe(id, input.value.trim());
    if (answer.accepted) editing = false;
  });

  let shown; // the summary that the field was last filled from
  const update = ({ summary = "" }) => {
    if (summary !== shown) {
      shown = summary;
      input.value = summary;
    }
    const open = editing || summary === "";
    show(form, open);
    show(told, !open);
    setParts(text, bdi(summary));
    show(send, input.value.trim() !== summary || editing);
    setText(send, t(acts.sending("describe_request", id) ? "connection.sending" : "phone.about_send"));
  };
  return { node: h("div", { class: "about" }, form, told), update };
}
