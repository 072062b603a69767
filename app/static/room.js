// The room display: what the whole room must know, readable from the last row. Nobody touches it for hours.

import { connect } from "./connection.js";
import { attr, bdi, byId, renderLoop, setParts, setText, show } from "./dom.js";
import { loadCatalogue, local } from "./i18n.js";
import { page, shortAddress } from "./page.js";
import { refit } from "./room/fit.js";
import { renderHead } from "./room/head.js";
import { renderScene } from "./room/scene.js";
import { renderSide } from "./room/side.js";
import { openTopic } from "./state.js";

await loadCatalogue();

const connection = connect({ as: "room", onChange: () => refresh() });

function render() {
  const { state, live } = connection;
  show(byId("not-live"), !live);
  if (!state) return; // the shell already shows the session's title and the code
  // One reading of the clock for all that the wall shows. Undefined: no time is known, so none is shown.
  const view = { state, topic: openTopic(state), now: connection.clock.now() };
  attr(byId("wall"), "data-status", state.session.status);
  document.title = local(state.session.title) || local(page.title);
  show(byId("notice"), state.notice);
  setParts(byId("notice-text"), bdi(state.notice?.text));
  renderHead(view);
  renderScene(view);
  renderSide(view);
  refit();
}

setText(byId("address"), shortAddress);
const refresh = renderLoop(render);
