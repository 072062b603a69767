// Words, numbers and times in the reader's language. The catalogues are the same files the server reads.

import { page } from "./page.js";

const FALLBACK = "en";
const PSEUDO = "x-pseudo"; // English in brackets: shows what on a screen is no text of ours
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];
const catalogues = new Map();
let language = page.language ?? FALLBACK;
let catalogue = {};

/** Fetch the words of one language, or of several (the first is spoken). Awaited once, before the first render. */
export async function loadCatalogue(...wanted) {
  const [first = page.language, ...others] = wanted;
  await Promise.all([first, ...others].map(load));
  speak(first);
}

async function load(wanted) {
  const answer = await fetch(`/i18n/${page.screen}/${wanted}.json`);
  if (!answer.ok && wanted !== FALLBACK) return load(FALLBACK);
  catalogues.set(wanted, await answer.json());
  return undefined;
}

/** Go on in this language, whose catalogue is loaded: for a screen that changes between two. */
export function speak(wanted) {
  language = catalogues.has(wanted) ? wanted : FALLBACK;
  catalogue = catalogues.get(language);
  // Screen readers and the logical CSS properties go by these.
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language.split("-")[0]) ? "rtl" : "ltr";
}

/** Whether the catalogue has the key: for codes that a newer server may send. */
export const has = (key) => Object.hasOwn(catalogue, key);

/**
 * The text for a key. An entry with plural forms is chosen by `count` ("2 people"), by `ordinal` ("2nd") or by
 * `range` ([2, 4]: "2–4 minutes"). Numbers among the values are written as the reader's language writes them.
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
    if (Array.isArray(value)) return range(value);
    return typeof value === "number" ? number(value) : value ?? "";
  }).filter((piece) => piece !== "");
}

function form(entry, values) {
  if (entry === undefined || typeof entry === "string") return entry;
  return entry[formName(values)] ?? entry.other;
}

function formName({ ordinal, range: between, count = 0 }) {
  if (ordinal !== undefined) return pluralRules(language, "ordinal").select(ordinal);
  const rules = pluralRules(language, "cardinal");
  if (between) return rules.selectRange?.(...between) ?? rules.select(between[1]);
  return rules.select(count);
}

/** A text that the session file gives per language ({"en": "…", "fr": "…"}). */
export function local(texts) {
  if (!texts) return "";
  return texts[language] ?? texts[FALLBACK] ?? Object.values(texts)[0] ?? "";
}

export function number(value) {
  return numberFormat(language).format(value);
}

function range([low, high]) {
  return numberFormat(language).formatRange?.(low, high) ?? `${number(low)}–${number(high)}`;
}

/** How many characters a reader sees in it: an accent or a skin tone is none of its own. */
export function graphemes(text) {
  const segmenter = globalThis.Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return [...(segmenter ? segmenter.segment(text) : text)].length;
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

// Countdowns are in the digits that the whole room reads; two kinds of digits on one screen would be one too many.
const tag = (wanted) => `${wanted === PSEUDO ? FALLBACK : wanted}-u-nu-latn`;

// Intl objects are dear to make and wanted at every frame.
const remember = (make) => {
  const made = new Map();
  return (...args) => {
    const key = args.join();
    if (!made.has(key)) made.set(key, make(...args));
    return made.get(key);
  };
};
const pluralRules = remember((wanted, type) => new Intl.PluralRules(tag(wanted), { type }));
const numberFormat = remember((wanted) => new Intl.NumberFormat(tag(wanted)));
const timeFormat = remember((wanted) =>
  new Intl.DateTimeFormat(tag(wanted), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: page.time_zone }));
