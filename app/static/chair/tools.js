// Above the list: how many wait, whether it is open, in which order, with what speaking time, and whether it will fit.

import { attr, h, keyed, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { listed } from "../console/listed.js";
import { wantedMinutes } from "./taking.js";
import { fittingMs, forecast, forecastWords, lengthText, minutes } from "../console/time.js";

export const ORDERS = ["as_requested", "new_voices", "balanced"];

export function listTools(root, { order, fit }) {
  const takeButton = root.querySelector("[data-act=take]");
  const part = (name) => root.querySelector(`.list-${name}`);
  const fitButton = part("fit");
  fitButton.addEventListener("click", () => fit(Number(fitButton.dataset.limit)));
  const button = (id) =>
    h("button", { type: "button", class: "order", onclick: () => order(id) }, t(`chair.order_${id}`));
  return ({ state, now }) => {
    const topic = state.topics?.[state.topic];
    const waiting = listed(state).length;
    const ended = state.session.status === "ended";
    setText(part("count"), t(ended ? "chair.not_heard_n" : "chair.waiting_n", { count: waiting }));
    show(part("standing"), topic && !ended);
    setText(part("standing"), topic ? t(`chair.list_${topic.list}`) : "");
    attr(part("standing"), "data-list", topic?.list);
    const toggle = topic?.list === "closed" ? "chair.open_list" : "chair.close_list";
    setText(part("toggle").querySelector(".act-text"), t(toggle));
    attr(part("toggle"), "aria-disabled", topic ? null : "true");

    keyed(part("orders"), ORDERS, (id) => id, button, (node, id) => {
      attr(node, "aria-pressed", String(id === state.session.order));
      attr(node, "title", t(`order.${id}`));
    });
    setText(part("limit"), lengthText(state.session.speaking_time_ms));

    const known = forecast(state, now);
    show(part("mend"), !ended);
    setText(part("forecast"), known ? forecastWords(known) : t("chair.forecast_none"));
    const over = known?.waiting > 0 && known.over > 0;
    attr(part("mend"), "data-over", over);
    const minutesToTake = over ? wantedMinutes(state, now) : 0;
    show(takeButton, minutesToTake > 0);
    if (minutesToTake > 0) setText(takeButton.firstElementChild, t("chair.take", { time: minutes(minutesToTake) }));
    const fitting = over ? fittingMs(state, now) : undefined;
    show(fitButton, fitting);
    if (fitting) {
      setText(fitButton, t("chair.fit", { time: lengthText(fitting) }));
      fitButton.dataset.limit = fitting;
    }
    show(part("empty"), waiting === 0);
    setText(part("empty"), t(emptyKey(state, topic)));
  };
}

function emptyKey({ session }, topic) {
  if (session.status === "waiting") return "chair.list_before";
  if (session.status === "ended") return "chair.list_after";
  return topic?.list === "closed" ? "chair.list_empty_closed" : "chair.list_empty";
}
