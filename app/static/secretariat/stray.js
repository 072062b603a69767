// Notes whose intervention is gone: it was taken back or its request removed. Nothing of them is lost: they stand here,
// with the way to where they may go.

import { attr, bdi, h, keyed, setParts, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { topicName } from "../console/words.js";
import { kindText } from "./rows.js";

export function strayNotes(root, notes) {
  const list = root.querySelector(".strays");
  return ({ state, strays, readOnly }) => {
    show(root, strays.length);
    const topic = state.topic ?? Object.keys(state.topics ?? {})[0];
    keyed(list, strays, ({ note }) => note, ({ note }) => h("li", { class: "stray" },
      h("span", { class: "note-kind" }), h("p", {}), h("div", { class: "stray-acts" },
        h("button", { type: "button", class: "act", onclick: (event) => notes.keepAsNew(note, { topic: event.currentTarget.dataset.topic }) }),
        h("button", { type: "button", class: "act", onclick: () => notes.discard(note) }, t("secretariat.discard")))),
    (row, { kind, text }) => {
      const [label, said, acts] = row.children;
      setText(label, kindText(kind));
      setParts(said, bdi(text));
      attr(acts.firstChild, "data-topic", topic);
      setText(acts.firstChild, t("secretariat.move_to", { topic: topicName(state, topic) }));
      show(acts, !readOnly);
    });
  };
}
