// What the person at the console can do, by name: keys and buttons both come here. Each act sends along what was seen.

import { byId, setText } from "../dom.js";
import { t } from "../i18n.js";
import { nameText } from "../people.js";
import { endIntervention, endSession, giveFloor, openTopic } from "./action.js";
import { openDialog } from "../console/dialogs.js";
import { lastAct, lastUndone } from "./history.js";
import { neighbour, stepMove } from "./list.js";
import { turnTheme } from "../console/theme.js";
import { nextTopic } from "../console/time.js";
import { ORDERS } from "./tools.js";
import { summary } from "../console/voice.js";

/**
 * `desk`: what the acts work on. `shown()` the view on the screen, `send(name, with)`, `perform(action)` (asks first
 * where much is at stake), `steady(place)` (false, and said so, if what stands there has only just changed),
 * `choose(request, {focus})`, `dialogs`, `drag`.
 */
export function makeActs(desk) {
  const { send, perform, steady, choose, dialogs } = desk;
  const state = () => desk.shown().state;
  const acts = {
    primary: () => desk.shown().action && steady("primary") && perform(desk.shown().action),
    give: (request) => steady("list") && state().requests[request] && perform(giveFloor(state(), request)),
    giveSubject() {
      const { subject } = desk.shown();
      if (subject && steady("subject")) perform(giveFloor(state(), subject));
    },
    end: () => state().floor && steady("floor") && perform(endIntervention(state(), desk.shown().now)),
    absentSpeaker() {
      if (state().floor && steady("floor")) send("pass_over", { request: state().floor.request });
    },
    absentSubject() {
      const { subject } = desk.shown();
      if (subject && steady("subject")) send("pass_over", { request: subject });
    },
    absent: () => (!desk.shown().selected && state().floor ? acts.absentSpeaker() : acts.absentSubject()),
    remove: () => desk.shown().selected && send("remove_request", { request: desk.shown().selected }),
    move(step) {
      const { selected } = desk.shown();
      const move = selected && stepMove(state(), selected, step);
      if (move) send("move_request", move);
    },
    up: () => acts.move(-1),
    down: () => acts.move(1),
    speakerTime: (by_ms) => state().floor && send("adjust_intervention", { by_ms }),
    topicTime: (by_ms) => send("adjust_topic", { by_ms }),
    openTopic(id) {
      if (id && id !== state().topic && steady("topic")) perform(openTopic(state(), id, desk.shown().now));
    },
    nextTopic: () => acts.openTopic(nextTopic(state())?.id),
    pause: () => send(state().session.status === "paused" ? "resume_session" : "pause_session"),
    endSession: () => state().session.status !== "ended" && perform(endSession(state())),
    toggleList() {
      const { topic, topics } = state();
      if (topic) send(topics[topic].list === "closed" ? "open_list" : "close_list", { topic });
    },
    order: (order) => order !== state().session.order && send("set_order", { order }),
    nextOrder: () => acts.order(ORDERS[(ORDERS.indexOf(state().session.order) + 1) % ORDERS.length]),
    limit: () => dialogs.limit.open(desk.shown()),
    setLimit: (limit_ms) => send("set_speaking_time", { limit_ms }),
    take: () => state().topic && dialogs.take.open(desk.shown()),
    add: () => dialogs.add.open(),
    call: () => dialogs.call.open(desk.shown()),
    followUp() {
      const { last, floor } = state();
      if (!last || floor || !steady("floor")) return;
      send("call_participant", { participant: last.participant, kind: "intervention", after: null });
    },
    edit: (person = personMeant(desk.shown())) => person && dialogs.person.open(person),
    merge: (person = personMeant(desk.shown())) => person && dialogs.merge.open(person),
    hide(person = personMeant(desk.shown())) {
      if (!person || person.hidden) return;
      const name = nameText(person);
      perform({
        do: "hide_participant", with: { participant: person.participant }, ask: true,
        label: [t("chair.hide_ask", { name })], yes: [t("chair.hide_yes")], note: [t("chair.hide_note")],
      });
    },
    announce: () => dialogs.announce(state().notice),
    undo: () => lastAct(state()) && steady("acts") && send("undo", { act: lastAct(state()).act }),
    redo: () => lastUndone(state()) && steady("acts") && send("redo", { act: lastUndone(state()).act }),
    history: () => openDialog(byId("history")),
    help: () => dialogs.keys.open(),
    say: () => setText(byId("voice"), summary(state(), desk.shown().now)),
    theme: turnTheme,
    fullScreen: () => turnFullScreen().catch(() => {}), // a browser may refuse
    suggestion: () => state().suggestion && choose(state().suggestion.request, { focus: true }),
    step: (step) => choose(neighbour(state(), desk.shown().selected, step), { focus: true }),
    clear() {
      if (!desk.drag.cancel()) choose(undefined);
    },
  };
  return acts;
}

const turnFullScreen = async () => (document.fullscreenElement ? document.exitFullscreen()
  : document.documentElement.requestFullscreen());

/** Whom a key means that names nobody: the one chosen in the list, else who has the floor, else who spoke last. */
function personMeant({ state, selected }) {
  const { requests = {}, floor, last } = state;
  return requests[selected] ?? requests[floor?.request] ?? last;
}
