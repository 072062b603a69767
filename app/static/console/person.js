// Putting right who somebody is. Only what was changed is sent: two who correct different things both succeed.

import { page } from "../page.js";
import { t } from "../i18n.js";
import { formDialog, openDialog, pills } from "./dialogs.js";
import { groupName } from "./words.js";

const FIELDS = ["name", "organisation", "group", "where"];

/** `merge(person)` and, at the chair's, `hide(person)` go on with the person of the form instead. */
export function personDialog(dialog, { send, said, merge, hide }) {
  const form = dialog.querySelector("form");
  let person;
  pills(dialog.querySelector(".person-group"), "group", Object.keys(page.groups ?? {}).map((id) => [id, groupName(id)]));
  pills(dialog.querySelector(".person-where"), "where", [["room", t("chair.in_room")], ["online", t("chair.online")]],
    undefined, { required: false }); // of somebody who has left the list it is not told
  formDialog(dialog, {
    send, name: "edit_participant",
    read(data) {
      const typed = FIELDS.map((name) => [name, data.get(name)?.trim()]);
      const changed = typed.filter(([name, value]) => value !== undefined && value !== (person[name] ?? ""));
      return { participant: person.participant, ...Object.fromEntries(changed) };
    },
    done: () => said(t("chair.edited")),
  });
  for (const [name, instead] of Object.entries({ merge, hide })) {
    dialog.querySelector(`.person-${name}`)?.addEventListener("click", () => {
      dialog.close();
      instead(person);
    });
  }
  return {
    open(whom) {
      person = whom;
      form.reset();
      for (const name of ["name", "organisation"]) form.elements[name].value = person[name] ?? "";
      for (const name of ["group", "where"]) {
        for (const pill of form.querySelectorAll(`[name=${name}]`)) pill.checked = pill.value === person[name];
      }
      openDialog(dialog);
      form.elements.name.select();
    },
  };
}
