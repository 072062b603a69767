// The join form: who you are, once. Also "my details" later. What was typed is kept on this device for next time.

import { attr, byId, h, setParts, setText, show } from "../dom.js";
import { graphemes, has, local, parts, t } from "../i18n.js";
import { keep, kept } from "../kept.js";
import { page } from "../page.js";

const FIELDS = ["group", "name", "organisation", "where"];
const ASKED = page.asks_for ?? []; // what may be left unsaid: counted in the record, shown to nobody
const MOST = { name: 80, organisation: 120 }; // as in the protocol; the server counts again

const form = byId("join");
let changing = false; // the form is open as "my details"
let sending = false;
const answered = new Set(); // what of it was answered on this page: the server knows the rest, and tells no screen

/** Build the form once. `onJoined` is called when the server has taken the details. */
export function setUpJoin({ onJoined, refresh }) {
  byId("groups").append(...Object.entries(page.groups).map(([id, names]) => chip("group", id, local(names))));
  byId("wheres").append(chip("where", "room", t("join.in_room")), chip("where", "online", t("join.online")));
  if (page.contact) {
    const address = h("a", { href: `mailto:${page.contact}` }, page.contact);
    setParts(byId("join-contact"), parts("join.contact", { contact: address }));
  }
  fill({ where: "room", ...kept("me"), ...kept("draft", "session") });
  form.addEventListener("change", ({ target }) => {
    answered.add(target.name);
    labelOrganisation();
  });
  form.addEventListener("input", (event) => {
    complain(event.target.name, "");
    if (!changing) keep("draft", values(), "session"); // another language loads the page anew
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    refresh();
    const joined = await submit();
    sending = false;
    if (joined) {
      changing = false;
      onJoined();
    }
    refresh();
  });
  byId("join-cancel").addEventListener("click", () => {
    changing = false;
    refresh();
  });
}

/** Open the form on what the server knows of this person. */
export function changeDetails(you) {
  changing = true;
  fill({ ...kept("me"), ...you });
}

/** Whether the form is open to change what is known of somebody. */
export const isChanging = () => changing;

/** Back to what goes on. */
export function closeDetails() {
  changing = false;
}

/** Nothing of the person stays on this device either. */
export function forgetWhoJoined() {
  keep("me", null);
  keep("draft", null, "session");
  form.reset();
  fill({ where: "room" });
}

/** Whether the form has the screen: nobody joined yet, or somebody changes their details. */
export const joinIsOpen = (you) => changing || you.participant === undefined;

/** `entering`: joined, and the new connection is not there yet. `instead`: another form stands in its place. */
export function renderJoin(you, entering, instead) {
  const open = joinIsOpen(you) && !instead;
  if (open && form.hidden) scrollTo(0, 0);
  show(form, open);
  const busy = sending || entering;
  setText(byId("join-title"), t(changing ? "join.change_title" : "join.title"));
  show(byId("join-lead"), !changing);
  setText(byId("join-submit"), t(busy ? "join.joining" : changing ? "join.save" : "join.submit"));
  attr(byId("join-submit"), "aria-disabled", busy);
  show(byId("join-cancel"), changing);
  show(byId("rejoin-open"), !changing);
}

function chip(name, value, text) {
  return h("label", { class: "chip" },
    h("input", { type: "radio", name, value, class: "visually-hidden" }),
    h("span", {}, text));
}

function values() {
  const data = new FormData(form);
  return Object.fromEntries([...FIELDS, ...ASKED].map((field) => [field, String(data.get(field) ?? "").trim()]));
}

function fill(details) {
  for (const field of [...FIELDS, ...ASKED]) {
    const value = details[field];
    if (value === undefined) continue;
    const control = form.elements[field];
    // A group that this session does not have leaves all chips untouched.
    control.value = value;
  }
  labelOrganisation();
}

function labelOrganisation() {
  const government = values().group === "government";
  setText(byId("organisation-label"), t(government ? "join.country" : "join.organisation"));
  attr(form.elements.organisation, "autocomplete", government ? "country-name" : "organization");
}

async function submit() {
  const details = values();
  for (const field of FIELDS) complain(field, "");
  const missing = ["group", "name", "organisation"].filter((field) => details[field] === "");
  for (const field of missing) complain(field, t(missingKey(field, details)));
  const long = Object.keys(MOST).filter((field) => graphemes(details[field]) > MOST[field]);
  for (const field of long) complain(field, t("join.too_long"));
  if (missing.length + long.length > 0) return focusOn([...missing, ...long][0]);
  keep("me", details);
  const unsaid = ASKED.filter((field) => details[field] === "" && !answered.has(field));
  for (const field of unsaid) delete details[field];
  try {
    const answer = await fetch("/api/join", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...details, language: page.language }),
    });
    if (answer.ok) return true;
    return refused(await answer.json());
  } catch {
    complain("", t("connection.failed"));
    return false;
  }
}

function refused({ reason, message, field }) {
  const known = FIELDS.includes(field) ? field : "";
  const key = known ? `join.${reason}` : `refused.${reason}`;
  complain(known, message || (has(key) ? t(key) : t("connection.failed")));
  return known ? focusOn(known) : false;
}

function missingKey(field, details) {
  if (field === "organisation" && details.group === "government") return "join.country_missing";
  return `join.${field}_missing`;
}

/** Say what is wrong beside the field it is about; an empty text takes it back. No field: at the form's end. */
function complain(field, text) {
  const place = byId(field ? `${field}-error` : "join-error");
  if (!place) return;
  setText(place, text);
  const control = form.elements[field];
  if (control instanceof HTMLInputElement) attr(control, "aria-invalid", text !== "" && "true");
}

function focusOn(field) {
  const control = form.elements[field];
  (control instanceof RadioNodeList ? control[0] : control).focus();
  return false;
}
