// The attendee's phone: join, ask for the floor, know where you stand, speak.

import { connect } from "./connection.js";
import { attr, bdi, byId, renderLoop, setParts, setText, show } from "./dom.js";
import { has, loadCatalogue, local, parts, t } from "./i18n.js";
import { renderAround, renderElsewhere } from "./phone/around.js";
import { confirm, dropQuestion } from "./phone/confirm.js";
import { passingText, renderDock, sayInPassing, setUpDock } from "./phone/dock.js";
import { changeDetails, joinIsOpen, renderJoin, setUpJoin } from "./phone/join.js";
import { renderMine } from "./phone/mine.js";
import { say } from "./phone/say.js";
import { renderSpeaking } from "./phone/speaking.js";
import { standing } from "./phone/standing.js";
import { openTopic } from "./state.js";

await loadCatalogue();

const inFlight = new Set(); // "name id" of the acts that the server has not answered
let entering = false; // joined; the connection that knows it is not there yet
let question; // the request that the open question is about
const connection = connect({ as: "attendee", onChange: () => refresh() });

const acts = {
  sending: (name, id = "") => inFlight.has(`${name} ${id}`),
  ask: (kind) => act("request_floor", { kind }),
  stepBack: (request) => act("step_back", { request }, request),
  describe: (request, summary) => act("describe_request", { request, summary }, request),
  async withdraw(request) {
    if (acts.sending("withdraw", request)) return;
    const sure = await asked(request, "withdraw");
    if (sure) await act("withdraw", { request }, request);
  },
  async conclude() {
    const { speaking } = standing(connection.state, connection.you);
    if (!speaking || acts.sending("conclude")) return;
    if (await asked(speaking.id, "conclude")) await act("conclude");
  },
};

async function act(name, withWhat = {}, id = "") {
  const key = `${name} ${id}`;
  if (inFlight.has(key)) return { accepted: false };
  inFlight.add(key);
  const answer = await connection.command(name, withWhat);
  inFlight.delete(key);
  if (!answer.accepted) sayInPassing(whyRefused(answer));
  refresh();
  return answer;
}

/** The server's sentence is in my language and knows the numbers; the catalogue stands in where there is none. */
function whyRefused({ reason, message }) {
  return message || (has(`refused.${reason}`) ? t(`refused.${reason}`) : reason);
}

async function asked(request, what) {
  question = request;
  const sure = await confirm({
    ask: t(`phone.${what}_ask`),
    what: t(`phone.${what}_what`),
    yes: t(`phone.${what}_yes`),
    no: t(`phone.${what}_no`),
    loses: what === "withdraw",
  });
  question = undefined;
  return sure;
}

function render() {
  const { state, you, live } = connection;
  if (!state) return; // the shell says "connecting"
  const now = connection.clock.now();
  const view = { state, you, now, live, mine: standing(state, you, now), topic: openTopic(state) };
  const joining = joinIsOpen(you);
  if (you.participant !== undefined) entering = false;

  show(byId("loading"), false);
  show(byId("not-live"), !live);
  show(byId("speaking-not-live"), !live);
  setText(byId("session-title"), local(state.session.title));
  renderMe(you, joining);
  renderJoin(you, entering);
  show(byId("around"), !joining);
  show(byId("dock"), !joining);
  renderAround(view);
  renderElsewhere(view, acts);
  renderMine(view, acts);
  renderDock(view, acts);
  renderSpeaking(view);
  attr(byId("conclude"), "aria-disabled", acts.sending("conclude"));
  say(view, passingText());
  dropOldQuestion(view.mine);
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
setUpJoin({
  refresh,
  onJoined() {
    if (connection.you.participant !== undefined) return; // the server tells what changed by itself
    entering = true;
    connection.reconnect();
  },
});
byId("me").addEventListener("click", () => {
  changeDetails(connection.you);
  refresh();
});
byId("conclude").addEventListener("click", acts.conclude);
