// What the server wrote into the page: the session's fixed facts. Everything that moves comes by the socket.

import { keep, kept } from "./kept.js";

export const page = JSON.parse(document.getElementById("page").textContent);

/** The address to join, as people type it: the scheme and a bare slash would only make it longer. */
export const shortAddress = (page.address ?? "").replace(/^https?:\/\//, "").replace(/\/$/, "");

/** Whether the server runs another session by now than the one this page was made for. */
export const isOtherSession = (state) => page.session !== undefined && state.session.id !== page.session;

/** Load the page of the new session; whatever was unanswered dies with the old one. False if that was just tried. */
export function startAfresh(state) {
  // A cache may serve the old page again: better the new state on it than a loop of reloads.
  if (kept("reloaded-for", "session") === state.session.id) return false;
  keep("reloaded-for", state.session.id, "session");
  location.reload();
  return true;
}
