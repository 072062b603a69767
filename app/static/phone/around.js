// What goes on in the room: the notice, the topic, who has the floor, how many wait.

import { attr, bdi, byId, h, keyed, setParts, setText, show } from "../dom.js";
import { local, minutesInWords, number, parts, t } from "../i18n.js";
import { nameNode } from "../people.js";
import { clockText, phase, remainingMs } from "../timers.js";

const NEXT_SHOWN = 5;

export function renderAround(view) {
  const { state, topic } = view;
  show(byId("notice"), state.notice);
  setParts(byId("notice-text"), bdi(state.notice?.text));
  renderTopic(view);
  renderNow(view);
  renderNext(view);
  renderAgenda(view);
  show(byId("now"), topic && state.session.status !== "ended");
}

function renderTopic({ state, topic, now }) {
  const begun = topic !== undefined && state.session.status !== "ended";
  setText(byId("topic-number"), begun && topic.kind === "topic" ? numberOf(topic) : "");
  setText(byId("topic-time"), begun && now !== undefined ? minutesInWords(remainingMs(topic.timer, now)) : "");
  // The session's own title is the headline whenever no topic is.
  setText(byId("topic-title"), local(begun ? topic.title : state.session.title));
  setText(byId("question"), begun ? local(topic.question) : "");
  show(byId("question"), begun && local(topic.question) !== "");
}

const numberOf = ({ number, count }) => t("phone.topic_of", { place: number, count });

function renderNow({ state, now }) {
  const speaker = state.requests?.[state.floor?.request];
  const kicker = speaker?.kind === "intervention" ? t("phone.now") : t(`kind.${speaker?.kind}`);
  setText(byId("now-kicker"), speaker ? kicker : t("phone.nobody"));
  setParts(byId("now-name"), speaker ? nameNode(speaker) : "");
  setParts(byId("now-organisation"), speaker ? bdi(speaker.organisation) : "");
  show(byId("now-time"), speaker && now !== undefined);
  if (speaker && now !== undefined) {
    const { timer } = state.floor;
    const at = phase(timer, now);
    attr(byId("now-time"), "data-phase", at);
    setText(byId("now-digits"), clockText(remainingMs(timer, now)));
    setText(byId("now-words"), timeWords(timer, at));
  }
  const count = state.list?.length ?? 0;
  const waiting = count === 0 ? t("phone.nobody_waits") : t("phone.waiting_count", { count });
  const closed = state.topics?.[state.topic]?.list === "closed" ? ` · ${t("phone.closed")}` : "";
  setText(byId("now-list"), `${waiting}${closed}`);
}

/** Who comes next, the same for everybody: a list that all can see needs no trust. */
function renderNext({ state, mine }) {
  const own = new Set(mine.waiting.map((request) => request.id));
  const next = (state.list ?? []).slice(0, NEXT_SHOWN);
  keyed(byId("next"), next, (id) => id,
    () => h("li", { class: "next-one" }, h("span", { class: "next-place" }), h("span", { class: "next-who" })),
    (node, id, index) => {
      const request = state.requests[id];
      attr(node, "data-mine", own.has(id));
      setText(node.firstChild, number(index + 1));
      setParts(node.lastChild, own.has(id)
        ? h("strong", {}, t("phone.you"))
        : [nameNode(request), " ", h("span", { class: "quiet" }, bdi(request.organisation))]);
    });
}

/** The topics to come, while none of them is open. */
function renderAgenda({ state, topic }) {
  const idle = topic === undefined || topic.kind === "opening";
  const topics = Object.entries(state.topics ?? {})
    .map(([id, each]) => ({ id, ...each }))
    .filter((each) => idle && each.kind === "topic" && state.session.status !== "ended")
    .sort((a, b) => a.place - b.place);
  keyed(byId("agenda"), topics, (each) => each.id,
    () => h("li", { class: "next-one" }, h("span", { class: "next-place" }), h("span", { class: "next-who" })),
    (node, each, index) => {
      setText(node.firstChild, number(index + 1));
      setParts(node.lastChild, h("strong", {}, local(each.title)));
    });
}

function timeWords(timer, at) {
  if (timer.since === undefined) return t("timer.paused");
  return t({ in_time: "timer.left", last_minute: "timer.last_minute", over: "timer.over" }[at]);
}

/** My requests on other topics: they wait with their topic, and can be withdrawn from here. */
export function renderElsewhere({ mine, state }, { withdraw }) {
  keyed(byId("elsewhere"), mine.elsewhere, (request) => request.id,
    (request) => h("li", { class: "elsewhere-one small" },
      h("span", {}),
      h("button", { class: "button button-plain", type: "button", onclick: () => withdraw(request.id) },
        t("phone.withdraw"))),
    (node, request) => setParts(node.firstChild,
      parts("phone.elsewhere", { topic: bdi(local(state.topics?.[request.topic]?.title)) })));
}
