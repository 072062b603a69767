// Calling anyone who has joined, listed or not: a reply, a question to somebody, an invited first speaker.

import { attr, h, setParts } from "../dom.js";
import { parts, t } from "../i18n.js";
import { takesFloorFrom } from "./action.js";
import { formDialog, KINDS, openDialog, pills } from "../console/dialogs.js";
import { finder } from "../console/find.js";
import { who } from "../console/words.js";

export function callDialog(dialog, { send }) {
  let person;
  let view;
  pills(dialog.querySelector(".call-kind"), "kind", KINDS.map((kind) => [kind, t(`kind.${kind}`)]), KINDS[0]);
  const find = finder(dialog, {
    chosen(one) {
      person = one;
      api.render(view);
    },
  });
  const kind = () => dialog.querySelector("[name=kind]:checked").value;
  formDialog(dialog, {
    send, name: "call_participant",
    read: () => (person
      ? { participant: person.participant, kind: kind(), after: view.state.floor?.request ?? null }
      : t("chair.find_nobody")),
  });
  const api = {
    open(current) {
      openDialog(dialog);
      api.render(current);
      find.open();
    },
    render(current) {
      view = current;
      if (!dialog.open || !view) return;
      attr(dialog.querySelector("[type=submit]"), "aria-disabled", person ? null : "true");
      setParts(dialog.querySelector(".call-note"), person
        ? [parts("chair.call_note", { who: h("strong", {}, who(person)) }), " ", takesFloorFrom(view.state, kind())]
        : t("chair.call_how"));
    },
  };
  return api;
}
