// The time of day to the second, where the session takes place.

import { page } from "../page.js";

const DAY_S = 24 * 3600;

// The same digits in all languages, as on the countdowns.
const format = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", hourCycle: "h23", timeZone: page.time_zone });

/** "15:42:10". */
export const timeOfDay = (at) => format.format(at);

/** The same to the millisecond, where it is not a whole second: what `instantOf` reads back. */
export function exactTimeOfDay(at) {
  const rest = Math.floor(at) % 1000;
  return rest ? `${timeOfDay(at)}.${String(rest).padStart(3, "0")}` : timeOfDay(at);
}

/** The instant nearest to `begins` at which it is "15:42", "15:42:10" or "15:42:10.25"; undefined if that is no time. */
export function instantOf(text, begins) {
  const found = /^(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?$/.exec(text);
  if (!found) return undefined;
  const later = seconds(found) - seconds(/(\d+):(\d+):(\d+)/.exec(timeOfDay(begins)));
  const nearest = ((later + 1.5 * DAY_S) % DAY_S) - DAY_S / 2; // the session may go past midnight
  return Math.round(begins - (begins % 1000) + nearest * 1000);
}

const seconds = ([, hours, minutes, rest]) => Number(hours) * 3600 + Number(minutes) * 60 + Number(rest ?? 0);
