// How people, topics and acts are named on the console: as a chair would say them aloud.

import { page } from "../page.js";
import { bdi } from "../dom.js";
import { clockTime, has, local, parts, t } from "../i18n.js";
import { nameNode, nameText } from "../people.js";
import { lengthText, minutes, signedText } from "./time.js";

export const groupName = (group) => local(page.groups?.[group]) || group || "";

/** "Ana Souza, Brazil, Government", each part kept from turning its neighbours around. */
export function who(person) {
  const { organisation, group } = person;
  const pieces = [nameText(person) && nameNode(person), organisation && bdi(organisation), group && groupName(group)]
    .filter(Boolean);
  return pieces.flatMap((piece, index) => (index ? [t("chair.comma"), piece] : [piece]));
}

/** The same as plain text, for titles and the live region. */
export const whoText = (request) => plain(who(request));

export const plain = (pieces) =>
  pieces.map((piece) => (piece instanceof Node ? piece.textContent : String(piece))).join("");

/** "Topic 1", "Opening", "Closing". The opening stands at place 1, so the questions are counted for themselves. */
export function topicLabel(state, id) {
  const topic = state.topics?.[id];
  if (!topic) return "";
  if (topic.kind !== "topic") return t(`chair.topic_${topic.kind}`);
  const before = Object.values(state.topics).filter(({ kind, place }) => kind === "topic" && place <= topic.place);
  return t("chair.topic_n", { n: before.length });
}

/** "topic 1: The WSIS vision"; the opening and the closing have no number to name them by. */
export function topicName(state, id) {
  const topic = state.topics?.[id];
  if (!topic) return "";
  const title = local(topic.title);
  if (topic.kind !== "topic") return title;
  return t("chair.topic_named", { topic: topicLabel(state, id), title });
}

/** What an act was, as pieces with isolated names: "floor given to Ana Souza". */
export function actParts(state, act) {
  const key = act.do === "announce" && !act.text ? "act.announce_clear" : `act.${act.do}`;
  return has(key) ? parts(key, {
    name: bdi(act.name || nameText(state.requests?.[act.request]) || t("person.unnamed")),
    minutes: act.by_ms === undefined ? "" : minutes(Math.round(act.by_ms / 60_000)),
    topic: topicLabel(state, act.topic ?? state.topic),
    by: act.by_ms === undefined ? "" : signedText(act.by_ms),
    time: act.limit_ms === undefined ? "" : lengthText(act.limit_ms),
    order: act.order ? t(`order.${act.order}`) : "",
    text: bdi(act.text ?? ""),
  }) : [act.do];
}

/** Whose act it was: the name of their key, else their role. */
export const actorParts = ({ who: key, by }) => (key ? bdi(key) : t(`role.${by}`));

/** Why this person is suggested. */
export function reasonText({ reason, group }) {
  const key = `reason.${reason}`;
  return has(key) ? t(key, { group: groupName(group) }) : "";
}

/** The kind of a request where it is not the ordinary one. */
export const kindText = ({ kind }) => (kind && kind !== "intervention" ? t(`kind.${kind}`) : "");

export const askedText = ({ at }) => (at === undefined ? "" : t("chair.asked_at", { time: clockTime(at) }));

