// Who waits, as every console lists them, and what is out of the ordinary about a request.

import { number, t } from "../i18n.js";
import { kindText } from "./words.js";

/** The waiting requests of the open topic; once the session is over, all that were not heard, topic by topic. */
export function listed({ session, list = [], requests = {}, topics = {} }) {
  if (session.status !== "ended") return list.filter((id) => requests[id]);
  const place = (id) => topics[requests[id].topic]?.place ?? 0;
  return Object.keys(requests).sort((a, b) => place(a) - place(b) || requests[a].at - requests[b].at);
}

/** What is out of the ordinary about a request, as [kind, words, sign for where there is no room]. */
export function marks(request) {
  return [
    kindText(request) && [request.kind, kindText(request)],
    request.where === "online" && ["online", t("chair.online")],
    request.passed_over > 0 && ["passed_over", t("chair.passed_over", { count: request.passed_over })],
    request.overtaken > 0
      && ["overtaken", t("chair.overtaken", { count: request.overtaken }), `↷ ${number(request.overtaken)}`],
    request.moved && ["moved", t("chair.moved"), "⇅"],
    request.away && ["away", t("chair.away")],
  ].filter(Boolean);
}
