// The wall: a picture of one state at one instant. Where both come from is its page's business: the present by the
// socket on the room display, the past in the replay.

import { attr, bdi, byId, setParts, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { page, shortAddress } from "../page.js";
import { openTopic } from "../state.js";
import { refit } from "./fit.js";
import { renderHead } from "./head.js";
import { renderMonitor } from "./monitor.js";
import { options } from "./options.js";
import { renderScene } from "./scene.js";
import { renderSide } from "./side.js";

/** Once, before the first picture: what the address asks of the display. */
export function setUpWall() {
  attr(document.body, "data-theme", options.theme);
  attr(document.body, "data-monitor", options.isMonitor);
  show(byId("wall"), !options.isMonitor);
  show(byId("monitor"), options.isMonitor);
  setText(byId("address"), shortAddress);
}

/** The words that the server wrote into the page in one language. */
export function wordWall() {
  setText(byId("scan"), t("room.scan"));
  attr(byId("qr"), "alt", t("room.qr_alt", { address: page.address }));
  attr(byId("notice"), "aria-label", t("room.notice"));
}

/** One reading of the clock for all that the wall shows. `now` undefined: no time is known, so none is shown. */
export function renderWall(state, now) {
  const view = { state, topic: openTopic(state), now };
  attr(byId("wall"), "data-status", state.session.status);
  show(byId("notice"), state.notice);
  setParts(byId("notice-text"), bdi(state.notice?.text));
  if (options.isMonitor) return renderMonitor(view);
  renderHead(view);
  renderScene(view);
  renderSide(view);
  return refit();
}
