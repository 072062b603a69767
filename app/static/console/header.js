// The top line: the session's time, when it will end, the time of day, who is connected, what stands on all screens.

import { attr, bdi, setParts, setText, show } from "../dom.js";
import { clockTime, parts, t } from "../i18n.js";
import { clockText, phase, remainingMs } from "../timers.js";
import { byWords, expectedEnd, lengthText, scheduledEnd } from "./time.js";

export function header(root) {
  const part = (name) => root.querySelector(`.top-${name}`);
  return ({ state, now, role, who }) => {
    const { session, joined = {}, online, notice } = state;
    const people = Object.values(joined).reduce((sum, count) => sum + count, 0);
    const connected = online !== undefined && t("chair.connected", { count: online });
    // A key that was given no name is called like its role: once is enough then.
    setParts(part("role"), [t(`role.${role}`), who && who !== role && [" · ", bdi(who)]]);
    setText(part("presence-text"), [t("chair.joined", { count: people }), connected].filter(Boolean).join(" · "));
    part("title").classList.toggle("visually-hidden", Boolean(notice)); // the page keeps its heading
    show(part("notice"), notice);
    setParts(part("notice-text"), notice ? parts("chair.notice_shown", { text: bdi(notice.text) }) : []);
    attr(part("notice-text"), "title", notice?.text);

    const began = session.status !== "waiting";
    const left = remainingMs(session.timer, now);
    setText(part("clock"), session.status === "ended" ? lengthText(session.timer.spent_ms) : clockText(left));
    setText(part("word"), t(session.status === "ended" ? "chair.session_lasted" : began
      ? (left > 0 ? "chair.session_left" : "chair.session_over") : "chair.session_planned"));
    attr(part("session"), "data-phase", began ? phase(session.timer, now) : null);

    const end = expectedEnd(state, now);
    show(part("end"), end);
    if (end) {
      setText(part("end-at"), clockTime(end.at));
      const due = scheduledEnd(state, now);
      setText(part("end-by"), byWords(end.by_ms));
      const apart = due !== undefined && Math.abs(due - end.at) >= 60_000;
      setText(part("end-due"), apart ? t("chair.scheduled", { at: clockTime(due) }) : "");
      attr(part("end"), "data-late", end.by_ms >= 30_000);
    }
    setText(part("time"), clockTime(now));
  };
}
