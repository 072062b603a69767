// The choice of language: one control, the same on phone and console. Kept on this device for all its pages; a cookie
// tells the server, which writes the page anew in that language.

import { byId } from "./dom.js";
import { keep, kept } from "./kept.js";
import { page } from "./page.js";

const KEPT_FOR_S = 365 * 24 * 3600;

function choose(language) {
  keep("language", language);
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `open_floor_language=${language}; path=/; max-age=${KEPT_FOR_S}; samesite=lax${secure}`;
  const address = new URL(location.href);
  address.searchParams.delete("lang");
  if (address.href === location.href) location.reload();
  else location.replace(address);
}

/** Where the cookie was lost (some browsers keep it for a week), or the page comes out of the cache: once more, once. */
function chooseAgain() {
  const before = kept("language");
  const isMeant = page.languages.includes(before) && before !== page.language && !location.search.includes("lang=");
  if (!isMeant || kept("chosen-again", "session") === before) return;
  keep("chosen-again", before, "session");
  choose(before);
}

byId("language")?.addEventListener("change", (event) => choose(event.target.value));
if (page.screen !== "room") chooseAgain();
