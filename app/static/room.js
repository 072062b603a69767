// The room display: what the whole room must know, readable from the last row. Nobody touches it for hours.

import { connect } from "./connection.js";
import { attr, bdi, byId, renderLoop, setParts, setText, show } from "./dom.js";
import { loadCatalogue, local, speak, t } from "./i18n.js";
import { page, shortAddress } from "./page.js";
import { stayAwake } from "./room/awake.js";
import { refit } from "./room/fit.js";
import { renderHead } from "./room/head.js";
import { renderMonitor } from "./room/monitor.js";
import { options } from "./room/options.js";
import { renderScene } from "./room/scene.js";
import { renderSide } from "./room/side.js";
import { openTopic } from "./state.js";

const LANGUAGE_EVERY_MS = 12_000; // long enough to read the question in it

await loadCatalogue(...options.languages);

const connection = connect({ as: "room", onChange: () => refresh() });

/** By the time alone, so that displays side by side speak the same. */
function speakNext(now) {
  const turn = Math.floor((now ?? 0) / LANGUAGE_EVERY_MS) % options.languages.length;
  if (turn === spoken) return;
  spoken = turn;
  speak(options.languages[turn]);
  renderShell();
}

/** The words that the server wrote into the page in one language. */
function renderShell() {
  setText(byId("scan"), t("room.scan"));
  attr(byId("qr"), "alt", t("room.qr_alt", { address: page.address }));
  attr(byId("notice"), "aria-label", t("room.notice"));
  setText(byId("not-live"), t("room.not_live"));
}

function render() {
  const { state, live } = connection;
  show(byId("not-live"), !live);
  if (!state) return; // the shell already shows the session's title and the code
  // One reading of the clock for all that the wall shows. Undefined: no time is known, so none is shown.
  const view = { state, topic: openTopic(state), now: connection.clock.now() };
  speakNext(view.now);
  attr(byId("wall"), "data-status", state.session.status);
  document.title = local(state.session.title) || local(page.title);
  show(byId("notice"), state.notice);
  setParts(byId("notice-text"), bdi(state.notice?.text));
  if (options.isMonitor) return renderMonitor(view);
  renderHead(view);
  renderScene(view);
  renderSide(view);
  refit();
}

let spoken = 0;
attr(document.body, "data-theme", options.theme);
attr(document.body, "data-monitor", options.isMonitor);
show(byId("wall"), !options.isMonitor);
show(byId("monitor"), options.isMonitor);
setText(byId("address"), shortAddress);
stayAwake();
const refresh = renderLoop(render);
