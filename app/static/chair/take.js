// The dialog that takes time from later topics. It shows which topic gives how much, and when all would end then,
// before anything is done.

import { attr, h, keyed, setParts, setText } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { formDialog, openDialog } from "../console/dialogs.js";
import { afterTaking, givers, mostMinutes, takenParts, wantedMinutes } from "./taking.js";
import { byWords, expectedEnd, forecast, minutes } from "../console/time.js";
import { topicName } from "../console/words.js";

const MINUTE_MS = 60_000;

export function takeDialog(dialog, { send }) {
  const input = dialog.querySelector("[name=minutes]");
  let view;
  const wanted = () => Math.min(Math.max(0, Math.trunc(input.valueAsNumber) || 0), mostMinutes(view.state));
  formDialog(dialog, {
    send, name: "take_time",
    read() {
      const taken = takenParts(view.state, wanted());
      return Object.keys(taken).length ? { parts: taken } : t("chair.take_nothing");
    },
  });
  for (const step of dialog.querySelectorAll("[data-step]")) {
    step.addEventListener("click", () => {
      input.value = Math.min(Math.max(1, wanted() + Number(step.dataset.step)), mostMinutes(view.state));
      api.render(view);
    });
  }
  input.addEventListener("input", () => api.render(view));
  const api = {
    open(current) {
      openDialog(dialog);
      input.value = wantedMinutes(current.state, current.now);
      api.render(current);
      input.select();
    },
    render(current) {
      view = current;
      if (!dialog.open) return;
      const { state, now } = current;
      attr(input, "max", mostMinutes(state));
      fill(dialog, state, now, takenParts(state, wanted()));
    },
  };
  return api;
}

function fill(dialog, state, now, taken) {
  const after = afterTaking(state, taken);
  keyed(dialog.querySelector(".take-rows"), [state.topic, ...givers(state).map(({ id }) => id)], (id) => id, row,
    (node, id) => {
      const [name, before, then] = node.children;
      const changed = (state.topics[id].timer.allotted_ms !== after.topics[id].timer.allotted_ms);
      attr(node, "data-changed", changed);
      setText(name, topicName(state, id));
      setText(before, whole(state.topics[id].timer.allotted_ms));
      setText(then, changed ? whole(after.topics[id].timer.allotted_ms) : "");
    });
  const sum = Object.values(taken).reduce((all, ms) => all + ms, 0);
  setText(dialog.querySelector("[type=submit]"), t("chair.take_submit", { time: whole(sum) }));
  setParts(dialog.querySelector(".take-effect"), effect(state, after, now));
}

const row = () => h("tr", {}, h("th", { scope: "row" }), h("td", {}), h("td", { class: "take-then" }));
const whole = (ms) => minutes(Math.round(ms / MINUTE_MS));

function effect(state, after, now) {
  const [before, then] = [state, after].map((one) => expectedEnd(one, now));
  const known = forecast(after, now);
  const heard = known?.waiting > 0 && t(known.over > 0 ? "chair.take_still_over" : "chair.take_all_heard",
    { time: minutes(Math.max(0, known.over)) });
  const end = ({ at, by_ms }) => t("chair.take_end_at", { at: clockTime(at), by: byWords(by_ms) });
  return [
    heard && h("p", { class: "take-heard" }, heard),
    before && h("p", {}, parts("chair.take_ends", { before: end(before), after: h("strong", {}, end(then)) })),
  ];
}
