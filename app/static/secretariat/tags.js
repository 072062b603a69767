// Tags: words to find things by. A topic has its row of them, to which anyone adds; each intervention has those of its
// topic that were switched on for it.

import { attr, bdi, h, keyed, setParts, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { keep, kept } from "../kept.js";
import { page } from "../page.js";
import { ask } from "../console/dialogs.js";

const MOST_TAG = 40; // as in the protocol

/** The row of a topic. `desk`: `send`. Returns {node, field, render({tags, all, name, readOnly})}. */
export function tagRow(desk, topic) {
  const key = `tag-${page.session}-${topic}`; // what was typed outlives a reload
  const choices = h("datalist", { id: `tags-${topic}` });
  const field = h("input", { class: "tag-field", list: choices.id, maxlength: MOST_TAG, autocomplete: "off", enterkeyhint: "done" });
  const list = h("ul", { class: "tags" });
  const node = h("form", { class: "tag-row" }, list, field, choices);
  field.value = kept(key) ?? "";
  field.addEventListener("input", () => keep(key, field.value));
  field.addEventListener("keydown", (event) => event.key === "Escape" && field.blur());
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const tag = field.value.trim();
    if (!tag) return;
    const answer = await desk.send("add_tag", { topic, tag });
    if (!answer?.accepted || field.value.trim() !== tag) return;
    field.value = "";
    keep(key, "");
  });

  async function remove(tag, count) {
    const yes = count === 0 || await ask(document.getElementById("ask"), {
      question: t("secretariat.tag_ask", { tag }), note: t("secretariat.tag_ask_note", { count }), yes: t("secretariat.tag_yes"),
    });
    if (yes) desk.send("remove_tag", { topic, tag });
  }

  return {
    node, field,
    render({ tags, all, name, readOnly }) {
      keyed(list, Object.keys(tags), (tag) => tag, (tag) => h("li", { class: "tag" }, bdi(tag), h("span", { class: "tag-count" }),
        h("button", { type: "button", class: "tag-remove", "aria-label": t("secretariat.tag_remove", { tag }), onclick: (event) => remove(tag, Number(event.currentTarget.dataset.count)) },
          h("span", { "aria-hidden": "true" }, "×"))),
      (chip, tag) => {
        const [, figure, button] = chip.children;
        setText(figure, tags[tag].length || "");
        attr(button, "data-count", tags[tag].length);
        show(button, !readOnly);
      });
      setParts(choices, [...all].filter((tag) => !(tag in tags)).map((tag) => h("option", { value: tag })));
      attr(field, "aria-label", t("secretariat.tag_add_to", { topic: name }));
      attr(field, "placeholder", t("secretariat.tag_add"));
      attr(field, "dir", field.value ? "auto" : null);
      show(field, !readOnly);
    },
  };
}

/** The tags of one intervention: those it has, and on request those it might have. */
export function tagToggles(desk, request) {
  const list = h("span", { class: "toggles", role: "group" });
  const more = h("button", { type: "button", class: "toggles-more", "aria-expanded": "false" }, t("secretariat.tags"));
  const node = h("div", { class: "said-tags" }, more, list);
  let topic;
  more.addEventListener("click", () => {
    attr(more, "aria-expanded", String(more.getAttribute("aria-expanded") !== "true"));
    desk.refresh();
  });
  const toggle = (tag, on) => desk.send(on ? "remove_tag" : "add_tag", { topic, tag, request });
  return {
    node,
    render({ tags, topic: of, name, readOnly }) {
      topic = of;
      show(node, Object.keys(tags).length > 0);
      const open = more.getAttribute("aria-expanded") === "true";
      attr(list, "aria-label", t("secretariat.tags_of", { name }));
      const shown = Object.keys(tags).filter((tag) => (open && !readOnly) || tags[tag].includes(request));
      keyed(list, shown, (tag) => tag, (tag) => h("button", { type: "button", class: "toggle", onclick: (event) =>
        toggle(tag, event.currentTarget.getAttribute("aria-pressed") === "true") }, bdi(tag)), (button, tag) => {
        attr(button, "aria-pressed", String(tags[tag].includes(request)));
        attr(button, "disabled", readOnly);
      });
      show(more, !readOnly);
    },
  };
}
