// Words, numbers and times in the reader's language. The catalogues are the same files the server reads.

import { page } from "./page.js";

const FALLBACK = "en";
const catalogue = {};
let language = page.language ?? FALLBACK;

/** Fetch the words of `wanted`. Awaited once, before the first render. */
export async function loadCatalogue(wanted = page.language) {
  const answer = await fetch(new URL(`./i18n/${wanted}.json`, import.meta.url));
  if (!answer.ok && wanted !== FALLBACK) return loadCatalogue(FALLBACK);
  Object.assign(catalogue, await answer.json());
  language = wanted;
  applyDirection();
}

/** Whether the catalogue has the key: for codes that a newer server may send. */
export const has = (key) => Object.hasOwn(catalogue, key);

/**
 * The text for a key. An entry with plural forms is chosen by `count` ("2 people"), or by `ordinal` ("2nd").
 * Numbers among the values are written in the reader's digits.
 */
export function t(key, values = {}) {
  return parts(key, values).join("");
}

/** As `t`, but values may be nodes (a name in its <bdi>): a list of strings and nodes for `h`. */
export function parts(key, values = {}) {
  const text = form(catalogue[key], values) ?? key;
  return text.split(/\{(\w+)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const value = values[piece];
    return typeof value === "number" ? number(value) : value ?? "";
  }).filter((piece) => piece !== "");
}

function form(entry, values) {
  if (entry === undefined || typeof entry === "string") return entry;
  const type = values.ordinal === undefined ? "cardinal" : "ordinal";
  return entry[pluralRules(language, type).select(values.ordinal ?? values.count ?? 0)] ?? entry.other;
}

/** A text that the session file gives per language ({"en": "…", "fr": "…"}). */
export function local(texts) {
  if (!texts) return "";
  return texts[language] ?? texts[FALLBACK] ?? Object.values(texts)[0] ?? "";
}

export function number(value) {
  return numberFormat(language).format(value);
}

/** An instant as a time of day where the session takes place, whatever this device believes. */
export function clockTime(ms) {
  return timeFormat(language).format(ms);
}

/** A time left or over in words, "12 min left" or "3 min over": no sign that could be read the wrong way round. */
export function minutesInWords(remaining_ms) {
  const minutes = remaining_ms / 60_000;
  if (minutes > 1) return t("timer.min_left", { count: Math.ceil(minutes) });
  if (minutes > 0) return t("timer.under_a_minute_left");
  if (minutes > -1) return t("timer.just_over");
  return t("timer.min_over", { count: Math.floor(-minutes) });
}

/** Tell the document its language and direction: screen readers and the logical CSS properties go by these. */
export function applyDirection() {
  document.documentElement.lang = language;
  document.documentElement.dir = ["ar", "fa", "he", "ur"].includes(language.split("-")[0]) ? "rtl" : "ltr";
}

// Intl objects are dear to make and wanted at every frame.
const remember = (make) => {
  const made = new Map();
  return (...args) => {
    const key = args.join();
    if (!made.has(key)) made.set(key, make(...args));
    return made.get(key);
  };
};
const pluralRules = remember((tag, type) => new Intl.PluralRules(tag, { type }));
const numberFormat = remember((tag) => new Intl.NumberFormat(tag));
const timeFormat = remember((tag) =>
  new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: page.time_zone }));
