// A request on behalf of somebody: a hand raised in the room, or in the video call. Who has joined is found while the
// name is typed, so that nobody becomes a second participant; whoever has not is made one by what the form says.

import { page } from "../page.js";
import { h, setParts, show } from "../dom.js";
import { parts, t } from "../i18n.js";
import { keep, kept } from "../kept.js";
import { formDialog, KINDS, openDialog, pills } from "./dialogs.js";
import { finder } from "./find.js";
import { groupName, who } from "./words.js";

const KEY = `hand-${page.session}`; // what was typed outlives a reload, and is gone with the dialog

/** `where`: what is chosen at first. */
export function handDialog(dialog, { send, said, where }) {
  const form = dialog.querySelector("form");
  const part = (name) => dialog.querySelector(`.add-${name}`);
  let person; // somebody who has joined; undefined: somebody new
  pills(part("group"), "group", Object.keys(page.groups ?? {}).map((group) => [group, groupName(group)]));
  pills(part("where"), "where", [["room", t("chair.in_room")], ["online", t("chair.online")]], where);
  pills(part("kind"), "kind", KINDS.map((kind) => [kind, t(`kind.${kind}`)]), KINDS[0]);

  /** Of somebody who has joined it is known: what was typed waits, should it be somebody else after all. */
  const find = finder(dialog, {
    guess: false,
    chosen(one) {
      person = one;
      const known = [form.elements.organisation, ...["group", "where"].map((name) => part(name).closest("fieldset"))];
      for (const field of known) {
        field.disabled = Boolean(one); // what is disabled is neither asked for nor sent
        show(field.closest(".field, fieldset"), !one);
      }
      setParts(part("known"), one ? parts("chair.add_known", { who: h("strong", {}, who(one)) }) : []);
      show(part("known"), one);
    },
  });

  form.addEventListener("input", () => keep(KEY, Object.fromEntries(new FormData(form))));
  dialog.addEventListener("close", () => {
    form.reset();
    find.reset();
    keep(KEY, null);
  });
  formDialog(dialog, {
    send, name: "add_request",
    read(data) {
      const { name, summary, ...rest } = Object.fromEntries([...data].map(([key, value]) => [key, value.trim()]));
      return { ...rest, ...(person ? { participant: person.participant } : { name }), ...(summary && { summary }) };
    },
    done: ({ name }) => said(name ? t("chair.added", { name }) : ""),
  });
  return {
    open() {
      const typed = kept(KEY);
      for (const [name, value] of Object.entries(typed ?? {})) form.elements[name].value = value;
      openDialog(dialog);
      if (typed?.name) find.search();
    },
  };
}
