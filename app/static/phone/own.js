// What is mine beyond this phone: the personal code that brings me back on another one, there and here, and the way to
// take my data out. Loaded when somebody looks for it.

import { attr, byId, setText } from "../dom.js";
import { t } from "../i18n.js";

const ASK_AGAIN_MS = 2_000;
let isSetUp = false;
let code; // mine, once it was asked for

/** `changing`: the page of one's own details is open. `takeOut` asks first. */
export function renderOwn(changing, takeOut) {
  if (!isSetUp) setUp(takeOut);
  if (!changing) code = undefined;
  else if (code === undefined) askForCode();
  setText(byId("own-code"), code ?? "");
}

function setUp(takeOut) {
  isSetUp = true;
  byId("code").addEventListener("input", () => complain(""));
  byId("take-out").addEventListener("click", takeOut);
}

async function askForCode() {
  code = "";
  try {
    const answer = await fetch("/api/code");
    if (answer.ok) ({ code } = await answer.json());
  } catch {
    setTimeout(() => { code = undefined; }, ASK_AGAIN_MS); // there may be a line then
  }
}

/** Whether the code that was typed brought somebody back. */
export async function submitCode() {
  const isBack = await rejoin(byId("code").value.trim());
  if (isBack) byId("code").value = "";
  return isBack;
}

async function rejoin(typed) {
  if (typed === "") return complain(t("join.code_missing"));
  try {
    const answer = await fetch("/api/rejoin", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: typed }),
    });
    if (answer.ok) return true;
    return complain((await answer.json()).message);
  } catch {
    return complain(t("connection.failed"));
  }
}

function complain(text) {
  setText(byId("code-error"), text);
  attr(byId("code"), "aria-invalid", text !== "" && "true");
  if (text !== "") byId("code").focus();
  return false;
}
