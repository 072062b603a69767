// The attendee's phone: join, ask for the floor, know where you stand, speak.

import { connect } from "./connection.js";
import { onDemand } from "./demand.js";
import { attr, bdi, byId, renderLoop, setParts, setText, show } from "./dom.js";
import { has, loadCatalogue, local, parts, t } from "./i18n.js";
import { keep, whenKeptElsewhere } from "./kept.js";
import { renderAround, renderElsewhere } from "./phone/around.js";
import { confirm, dropQuestion } from "./phone/confirm.js";
import { passingText, renderDock, sayInPassing, setUpDock } from "./phone/dock.js";
import { installShell } from "./phone/install.js";
import {
  changeDetails, closeDetails, forgetWhoJoined, isChanging, joinIsOpen, renderJoin, setUpJoin,
} from "./phone/join.js";
import { renderMine } from "./phone/mine.js";
import { say } from "./phone/say.js";
import { renderSpeaking } from "./phone/speaking.js";
import { standing } from "./phone/standing.js";
import { openTopic } from "./state.js";

await loadCatalogue();

const OFFLINE_AFTER_FAILURES = 2;
const alerts = onDemand((query) => import(`./phone/alerts.js${query}`), () => refresh());
const own = onDemand((query) => import(`./phone/own.js${query}`), () => refresh());
let isTypingCode = false; // the form for the personal code is open
let entering = false; // joined; the connection that knows it is not there yet
let question; // the request that the open question is about
const connection = connect({ as: "attendee", onChange: () => refresh(), onAnswer: sayWhyNot });

const acts = {
  sending: (name, request) => connection.isPending(name, request),
  // Kept while there is no line: then it may arrive when another topic is open, where it would be out of place.
  ask: (kind) => act("request_floor", { kind, topic: connection.state.topic }),
  stepBack: (request) => act("step_back", { request }),
  describe: (request, summary) => act("describe_request", { request, summary }),
  async withdraw(request) {
    if (acts.sending("withdraw", request)) return;
    const sure = await asked(request, "withdraw");
    if (sure) await act("withdraw", { request });
  },
  async conclude() {
    const { speaking } = standing(connection.state, connection.you);
    if (!speaking || acts.sending("conclude")) return;
    if (await asked(speaking.id, "conclude")) await act("conclude", { request: speaking.id });
  },
  async takeOut() {
    const sure = await confirm({ ...questionOf("take_out"), loses: true });
    if (!sure || !(await act("take_out_data")).accepted) return;
    forgetWhoJoined();
    closeDetails();
    sayOnJoining(t("phone.taken_out"));
  },
};

async function act(name, withWhat = {}) {
  if (acts.sending(name, withWhat.request)) return { accepted: false };
  return connection.command(name, withWhat);
}

/** The server's sentence is in my language and knows the numbers; the catalogue stands in where there is none. */
function sayWhyNot({ name }, { accepted, reason, message }) {
  if (accepted) return;
  const isLate = name === "request_floor" && reason === "stale";
  const known = has(`refused.${reason}`) ? t(`refused.${reason}`) : reason;
  sayInPassing(isLate ? t("phone.too_late") : message || known);
}

async function asked(request, what) {
  question = request;
  const sure = await confirm({ ...questionOf(what), loses: what === "withdraw" });
  question = undefined;
  return sure;
}

const questionOf = (what) => ({
  ask: t(`phone.${what}_ask`),
  what: t(`phone.${what}_what`),
  yes: t(`phone.${what}_yes`),
  no: t(`phone.${what}_no`),
});

function render() {
  const { state, you, live } = connection;
  if (!state) return renderLoading();
  const now = connection.clock.now();
  const view = { state, you, now, live, mine: standing(state, you, now), topic: openTopic(state) };
  const rejoining = isTypingCode && you.participant === undefined;
  const joining = joinIsOpen(you);
  if (you.participant !== undefined) {
    entering = false;
    installShell();
  }

  show(byId("loading"), false);
  show(byId("not-live"), !live);
  show(byId("speaking-not-live"), !live);
  attr(document.body, "data-doubtful", connection.doubtful);
  setText(byId("session-title"), local(state.session.title));
  renderMe(you, joining);
  renderJoin(you, entering, rejoining);
  renderOwn(you, rejoining);
  show(byId("around"), !joining);
  show(byId("dock"), !joining);
  renderAround(view);
  renderElsewhere(view, acts);
  renderMine(view, acts);
  renderDock(view, acts);
  renderSpeaking(view);
  (view.mine.waiting.length > 0 ? alerts() : alerts.loaded())?.renderAlerts(view);
  attr(byId("conclude"), "aria-disabled", acts.sending("conclude"));
  say(view, passingText());
  dropOldQuestion(view.mine);
}

/** Nothing is known yet: the server's page says "connecting", the one that this phone keeps may have to say more. */
function renderLoading() {
  const offline = !navigator.onLine || connection.failures >= OFFLINE_AFTER_FAILURES;
  setText(byId("loading-text"), t(offline ? "connection.offline" : "connection.connecting"));
  const waits = connection.pending > 0 ? "connection.kept" : "connection.offline_what";
  setText(byId("loading-what"), offline ? t(waits) : "");
}

/** My code and my data, or the form for the code: for the few who look for them. */
function renderOwn(you, rejoining) {
  const changing = isChanging() && you.participant !== undefined;
  show(byId("rejoin"), rejoining);
  show(byId("own"), changing);
  const module = changing || rejoining ? own() : own.loaded();
  module?.renderOwn(changing, acts.takeOut);
}

function sayOnJoining(text) {
  show(byId("join-word"), text);
  setText(byId("join-word"), text);
}

function renderMe(you, joining) {
  const me = byId("me");
  show(me, !joining);
  setParts(me, bdi(you.name));
  attr(me, "aria-label", parts("phone.details_of", { name: you.name ?? "" }).join(""));
}

/** The chair may have been faster than the answer to "are you sure?". */
function dropOldQuestion(mine) {
  if (question === undefined) return;
  const still = [...mine.waiting, ...mine.elsewhere, mine.speaking].some((request) => request?.id === question);
  if (!still) dropQuestion();
}

const refresh = renderLoop(render);
setUpDock({ ask: acts.ask, refresh });
setUpJoin({ refresh, onJoined: enter });
whenKeptElsewhere("joined", () => connection.reconnect());

function typeCode(typing) {
  isTypingCode = typing;
  render();
  if (typing) byId("code").focus();
}
byId("rejoin-open").addEventListener("click", () => typeCode(true));
byId("rejoin-back").addEventListener("click", () => typeCode(false));
// Listened to from the start: a form that nobody listens to would put the code into the address.
byId("rejoin").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const { submitCode } = await import("./phone/own.js");
    if (await submitCode()) enter();
  } catch {
    sayOnJoining(t("connection.failed"));
  }
});

/** This phone is somebody now: the server reads who it is when a connection opens. */
function enter() {
  sayOnJoining("");
  isTypingCode = false;
  keep("joined", Date.now()); // for the other tabs of this phone
  if (connection.you.participant !== undefined) return; // the server tells what changed by itself
  entering = true;
  connection.reconnect();
}

byId("me").addEventListener("click", () => {
  changeDetails(connection.you);
  refresh();
});
byId("conclude").addEventListener("click", acts.conclude);
