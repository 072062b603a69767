// The replay: the room display again, as it was at any instant of the session, from the log.

import { byId, renderLoop, setText, show } from "./dom.js";
import { loadCatalogue, local, t } from "./i18n.js";
import { page } from "./page.js";
import { makeBar } from "./replay/bar.js";
import { Film } from "./replay/film.js";
import { askedInstant } from "./replay/link.js";
import { Player } from "./replay/player.js";
import { stayAwake } from "./room/awake.js";
import { options } from "./room/options.js";
import { renderWall, setUpWall, wordWall } from "./room/wall.js";

async function load() {
  const answer = await fetch("/api/replay");
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Film(await answer.json());
}

function say(text) {
  setText(byId("nothing"), text);
  show(byId("nothing"), true);
}

function play(film) {
  const player = new Player(film);
  const bar = makeBar(film, player, () => refresh());
  const follow = () => {
    const at = askedInstant(film);
    if (at !== undefined) bar.seek(at);
  };
  const refresh = renderLoop(() => {
    const { at } = player;
    renderWall(film.stateAt(at), at);
    bar.render();
  });
  follow();
  addEventListener("hashchange", follow);
}

await loadCatalogue(options.languages[0]);
document.title = `${t("replay.title")} – ${local(page.title)}`;
setUpWall();
wordWall();
stayAwake();
try {
  const film = await load();
  if (film.isEmpty) {
    renderWall(film.stateAt(0));
    say(t("replay.not_begun"));
  } else play(film);
} catch (error) {
  say(t("replay.failed"));
  throw error;
}
