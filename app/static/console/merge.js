// Somebody joined twice. Two people become one: the other is found by name, and what will happen is said before.

import { attr, h, setParts, show } from "../dom.js";
import { parts, t } from "../i18n.js";
import { formDialog, openDialog, pills } from "./dialogs.js";
import { finder } from "./find.js";
import { who } from "./words.js";

export function mergeDialog(dialog, { send, said }) {
  let one; // the person it began with
  let other; // the one found
  const keep = dialog.querySelector(".merge-keep");
  const keepsOne = () => keep.querySelector(":checked")?.value === "one";
  const pair = () => (keepsOne() ? [other, one] : [one, other]);
  const find = finder(dialog, {
    chosen(person) {
      other = person;
      show(keep.closest("fieldset"), other);
      // Made once for each that is found: a choice that is replaced while it is made would lose the focus.
      pills(keep, "keep", other ? [["other", who(other)], ["one", who(one)]] : [], "other");
      tell();
    },
  });
  keep.addEventListener("change", tell);
  formDialog(dialog, {
    send, name: "merge_participants",
    read() {
      if (!other) return t("chair.find_nobody");
      const [gone, kept] = pair();
      return { participant: gone.participant, into: kept.participant };
    },
    done: () => said(t("chair.merged")),
  });

  /** What will happen, before it is done. */
  function tell() {
    attr(dialog.querySelector("[type=submit]"), "aria-disabled", other ? null : "true");
    const [gone, kept] = other ? pair() : [];
    setParts(dialog.querySelector(".merge-note"), other
      ? parts("chair.merge_note", { gone: h("strong", {}, who(gone)), kept: h("strong", {}, who(kept)) })
      : t("chair.merge_how"));
  }

  return {
    open(person) {
      one = person;
      openDialog(dialog);
      setParts(dialog.querySelector(".merge-who"), who(person));
      find.open(person.participant);
    },
  };
}
