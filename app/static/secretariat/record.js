// The record once the session is over: a draft that consoles alone see, until it is published; then it stays as it is,
// until it is taken back to be corrected.

import { byId, setText, show } from "../dom.js";
import { t } from "../i18n.js";
import { ask } from "../console/dialogs.js";

/** `send(name)`. */
export function recordPanel(root, { send }) {
  const part = (name) => root.querySelector(`.record-${name}`);
  const turn = (name, key) => async () => {
    const said = { question: t(`secretariat.${key}_ask`), note: t(`secretariat.${key}_note`), yes: t(`secretariat.${key}`) };
    if (await ask(byId("ask"), said)) send(name);
  };
  part("publish").addEventListener("click", turn("publish_record", "publish"));
  for (const button of document.querySelectorAll(".record-withdraw")) {
    button.addEventListener("click", turn("withdraw_record", "withdraw"));
  }
  return ({ state, readOnly }) => {
    show(root, state.session.status === "ended");
    setText(part("standing"), t(readOnly ? "secretariat.is_published" : "secretariat.is_draft"));
    show(part("publish"), !readOnly);
    show(root.querySelector(".record-withdraw"), readOnly);
    show(byId("published"), readOnly);
  };
}
