// What is written down, topic by topic: the open one first, then those before it, the newest first, then those to come.
// Each with its tags, its interventions, and what was said from the chair.

import { attr, h, keyed, setText, show } from "../dom.js";
import { local, t } from "../i18n.js";
import { sortedTopics } from "../console/time.js";
import { topicLabel } from "../console/words.js";
import { cardList } from "./cards.js";
import { placeOf } from "./places.js";
import { noteRows } from "./rows.js";
import { tagRow } from "./tags.js";

/** `desk` as for cards. Returns {render(view), section(topic)}. */
export function topicSections(root, desk) {
  return {
    section: (topic) => root.keyedNodes?.get(topic),
    render(view) {
      const { state } = view;
      if (!view.anew) return tick(view);
      const open = state.topic && state.topics[state.topic].place;
      const topics = sortedTopics(state);
      const order = open === undefined ? topics
        : [...topics.filter(({ place }) => place <= open).reverse(), ...topics.filter(({ place }) => place > open)];
      const all = new Set(Object.values(state.tags ?? {}).flatMap(Object.keys));
      keyed(root, order, ({ id }) => id, ({ id }) => create(id, desk), (node, topic) => fill(node, topic, { ...view, all }));
      return undefined;
    },
  };

  /** Ten times a second: only who speaks goes on speaking. */
  function tick({ interventions }) {
    for (const one of interventions) if (one.standing) root.keyedNodes.get(one.topic)?.cards.tick(one);
  }
}

function create(topic, desk) {
  const tags = tagRow(desk, topic);
  const cards = cardList(desk);
  const chair = noteRows(desk, { topic });
  const node = h("section", { class: "topic panel", "aria-labelledby": `topic-${topic}` },
    h("header", { class: "topic-head" },
      h("h2", { id: `topic-${topic}` }, h("span", { class: "topic-label" }), " ", h("span", { class: "topic-title" })), tags.node),
    h("p", { class: "topic-none quiet" }, t("secretariat.none")),
    cards.node,
    h("div", { class: "topic-chair" }, h("h3", { class: "label" }, t("secretariat.from_chair")), chair.node));
  return Object.assign(node, { tags, cards, chair, place: placeOf({ topic }) });
}

function fill(node, topic, view) {
  const { state, noted, readOnly, all, interventions } = view;
  const here = interventions.filter((one) => one.topic === topic.id);
  const label = topicLabel(state, topic.id);
  const name = topic.kind === "topic" ? label : local(topic.title);
  attr(node, "data-when", topic.id === state.topic ? "now" : topic.begun ? "past" : "later");
  setText(node.querySelector(".topic-label"), topic.kind === "topic" ? label : "");
  setText(node.querySelector(".topic-title"), local(topic.title));
  show(node.querySelector(".topic-none"), here.length === 0 && topic.id === state.topic && topic.kind === "topic");
  node.tags.render({ tags: state.tags?.[topic.id] ?? {}, all, name, readOnly });
  node.cards.render(here, view);
  show(node.cards.node, here.length);
  node.chair.render({
    notes: noted.get(node.place) ?? [], name: t("secretariat.chair_on", { topic: name }), readOnly, hint: t("secretariat.hint_chair"),
  });
}
