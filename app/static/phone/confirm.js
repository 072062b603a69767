// "Are you sure?", as a sheet at the bottom of the screen: for the acts an attendee cannot take back.

import { byId, setText } from "../dom.js";

/** Ask; resolves to true only if the person said so. `loses`: "yes" gives something up, and looks like it. */
export function confirm({ ask, what, yes, no, loses }) {
  const sheet = byId("confirm");
  setText(byId("confirm-ask"), ask);
  setText(byId("confirm-what"), what);
  setText(byId("confirm-yes"), yes);
  setText(byId("confirm-no"), no);
  byId("confirm-yes").classList.toggle("button-danger", loses);
  byId("confirm-yes").classList.toggle("button-primary", !loses);
  sheet.returnValue = "";
  sheet.showModal();
  return new Promise((resolve) => {
    sheet.addEventListener("close", () => resolve(sheet.returnValue === "yes"), { once: true });
  });
}

/** What was asked about is over (the chair was faster): take the question away. */
export function dropQuestion() {
  if (byId("confirm").open) byId("confirm").close();
}
