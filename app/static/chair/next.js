// The card of the next act: the one primary button, and beneath it the request that the row's acts apply to (the one
// chosen, else the next), with what they want to say, and the suggestion with its reason.

import { attr, bdi, h, setParts, setText, show } from "../dom.js";
import { parts, t } from "../i18n.js";
import { nameNode } from "../people.js";
import { marks } from "../console/listed.js";
import { askedText, plain, reasonText } from "../console/words.js";

/** Lengths from which the label is set smaller: long names stay whole, and the button keeps its size. */
const LENGTHS = [[135, "longest"], [105, "longer"], [62, "long"]];
const OBVIOUS = new Set(["only_one", "first_in_list"]); // reasons that need no saying

export function nextCard(root, primary) {
  const label = primary.querySelector(".primary-label");
  const note = primary.querySelector(".primary-note");
  const part = (name) => root.querySelector(`.subject-${name}`);
  return ({ state, selected, subject, action, held, status }) => {
    show(primary, action);
    show(root.querySelector(".over"), !action);
    if (action) {
      setParts(label, action.label);
      setParts(note, action.note);
      const length = plain(action.label).length;
      attr(primary, "data-length", LENGTHS.find(([from]) => length > from)?.[1]);
      attr(primary, "data-quiet", Boolean(action.quiet));
      attr(primary, "aria-disabled", held(action.do, action.with) ? "true" : null);
    }

    const asked = (action || selected) && state.requests?.[subject];
    show(root.querySelector(".subject"), asked);
    if (asked) {
      setText(part("label"), t(selected ? "chair.chosen" : "chair.next_in_list"));
      setParts(part("name"), nameNode(asked));
      setParts(part("facts"), facts(asked));
      setParts(part("summary"), asked.summary ? bdi(asked.summary) : t("chair.no_summary"));
      attr(part("summary"), "data-empty", !asked.summary);
      attr(part("summary"), "title", asked.summary);
    }
    slot(root, { state, selected, subject, status, over: !action });
  };
}

function facts(asked) {
  const mark = ([kind, text]) => h("span", { class: "mark", "data-mark": kind }, text);
  return [askedText(asked), ...marks(asked).map(mark)].filter(Boolean);
}

/** One line for one thing at a time: what there is to say, else the acts on the chosen one, else the suggestion. */
function slot(root, { state, selected, subject, status, over }) {
  const line = root.querySelector(".status");
  setText(line, status.text);
  attr(line, "data-tone", status.tone);
  const spoken = status.text !== "";
  show(root.querySelector(".subject-acts"), selected && !spoken);
  suggestion(root.querySelector(".suggestion"), state, subject, selected || spoken || over);
}

function suggestion(root, state, subject, hidden) {
  const suggested = state.suggestion;
  const someone = suggested && OBVIOUS.has(suggested.reason) ? undefined : state.requests[suggested?.request];
  show(root, someone && !hidden);
  if (!someone) return;
  const other = suggested.request !== subject;
  attr(root, "data-other", other);
  setParts(root.querySelector(".suggestion-text"), other
    ? parts("chair.suggested_other", { name: h("strong", {}, nameNode(someone)), reason: reasonText(suggested) })
    : parts("chair.suggested_this", { reason: reasonText(suggested) }));
  show(root.querySelector("button"), other);
}
