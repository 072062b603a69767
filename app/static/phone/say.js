// What a screen reader is told, and the page's title. Polite for the place and warnings; assertive for one thing
// alone: "you have the floor". Only what changed is said, and never what changes by the second.

import { byId, setText } from "../dom.js";
import { local, t } from "../i18n.js";
import { page } from "../page.js";
import { phase } from "../timers.js";
import { endedText } from "./dock.js";

const said = new Map();

/** `passing`: what became of the last tap, if that is to be said too. */
export function say(view, passing) {
  const facts = {
    session: sessionFact(view),
    list: listFact(view),
    away: awayFact(view),
    place: placeFact(view),
    time: timeFact(view),
    ended: endedText(view.mine.ended),
    notice: view.state.notice?.text ?? "",
    passing: passing ?? "",
  };
  const news = [];
  for (const [name, text] of Object.entries(facts)) {
    if (said.get(name) !== text && text !== "") news.push(text);
    said.set(name, text);
  }
  if (news.length > 0) setText(byId("polite"), news.join(" "));
  setText(byId("assertive"), view.mine.speaking ? t("phone.said_floor") : "");
  setText(byId("title"), titleFor(view));
}

function sessionFact({ state }) {
  const key = { paused: "phone.paused", ended: "phone.ended" }[state.session.status];
  return key ? t(key) : "";
}

function listFact({ topic }) {
  if (topic?.kind !== "topic") return "";
  return t(topic.list === "closed" ? "phone.closed" : "phone.said_opened");
}

function placeFact({ mine }) {
  const [first] = mine.waiting;
  if (!first) return "";
  if (first.before === 0) return t("phone.said_next");
  return t("phone.said_place", { place: t("phone.place", { ordinal: first.before + 1 }) });
}

/** Said once, also to whoever is next again at once since nobody else waits. */
function awayFact({ mine }) {
  return mine.waiting[0]?.passed_over ? t("phone.called_away") : "";
}

function timeFact({ mine, now }) {
  if (mine.interrupted) return t("phone.interrupted");
  if (!mine.speaking || now === undefined) return "";
  const key = { last_minute: "phone.said_last_minute", over: "phone.said_over" }[phase(mine.speaking.timer, now)];
  return key ? t(key) : "";
}

function titleFor({ mine, state }) {
  const title = local(state.session.title) || local(page.title);
  if (mine.speaking) return t("phone.tab_floor");
  const [first] = mine.waiting;
  if (!first) return title;
  if (first.before === 0) return t("phone.tab_next");
  return t("phone.tab_place", { place: t("phone.place", { ordinal: first.before + 1 }), title });
}
