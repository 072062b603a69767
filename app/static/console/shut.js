// The key was taken back: nothing here will ever move again, and nothing that could be pressed would do anything.

import { byId, setText, show } from "../dom.js";
import { t } from "../i18n.js";

/** `unsaved`: how many notes this laptop keeps that the server does not have. */
export function showShut(unsaved = 0) {
  if (!byId("shut").hidden) return;
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  for (const node of [byId("not-live"), byId("console")]) show(node, false);
  setText(byId("shut-notes"), unsaved ? t("chair.shut_notes", { count: unsaved }) : "");
  show(byId("shut"), true);
  byId("shut").focus();
}
