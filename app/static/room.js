// The room display: what the whole room must know, readable from the last row. Nobody touches it for hours.

import { connect } from "./connection.js";
import { byId, renderLoop, setText, show } from "./dom.js";
import { loadCatalogue, local, speak, t } from "./i18n.js";
import { page } from "./page.js";
import { stayAwake } from "./room/awake.js";
import { options } from "./room/options.js";
import { renderWall, setUpWall, wordWall } from "./room/wall.js";

const LANGUAGE_EVERY_MS = 12_000; // long enough to read the question in it

await loadCatalogue(...options.languages);

const connection = connect({ as: "room", onChange: () => refresh() });

/** By the time alone, so that displays side by side speak the same. */
function speakNext(now) {
  const turn = Math.floor((now ?? 0) / LANGUAGE_EVERY_MS) % options.languages.length;
  if (turn === spoken) return;
  spoken = turn;
  speak(options.languages[turn]);
  wordWall();
  setText(byId("not-live"), t("room.not_live"));
}

function render() {
  const { state, live } = connection;
  show(byId("not-live"), !live);
  if (!state) return; // the shell already shows the session's title and the code
  const now = connection.clock.now();
  speakNext(now);
  document.title = local(state.session.title) || local(page.title);
  renderWall(state, now);
}

let spoken = 0;
setUpWall();
stayAwake();
const refresh = renderLoop(render);
