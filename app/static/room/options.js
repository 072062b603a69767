// What the address asks of the display: ?lang=ja,en&list=5&qr=off&theme=light&as=speaker. See docs/room-display.md.

import { page } from "../page.js";

const LIST = { usual: 5, most: 12 };

const asked = new URLSearchParams(location.search);

const number = Number(asked.get("list") ?? LIST.usual);
const languages = (asked.get("lang") ?? "").split(",").map((each) => each.trim())
  .filter((each) => page.languages.includes(each) || each === page.language);

export const options = {
  /** One, or the two that take turns. */
  languages: languages.length > 0 ? [...new Set(languages)].slice(0, 2) : [page.language],
  /** How many of those who wait are shown, at most. */
  list: Number.isInteger(number) && number >= 0 ? Math.min(number, LIST.most) : LIST.usual,
  hasCode: asked.get("qr") !== "off" && page.screen === "room", // nobody joins a session that is played again
  theme: asked.get("theme") === "light" ? "light" : "dark",
  /** The monitor on the podium: time and notice only. */
  isMonitor: asked.get("as") === "speaker",
};
