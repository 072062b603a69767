// The message on all screens: sent, changed, or taken down.

import { show } from "../dom.js";
import { formDialog, openDialog } from "../console/dialogs.js";

export function announceDialog(dialog, { send }) {
  formDialog(dialog, { send, name: "announce", read: (data) => ({ text: data.get("text").trim() }) });
  dialog.querySelector(".announce-clear").addEventListener("click", async () => {
    const answer = await send("announce", { text: "" });
    if (!answer || answer.accepted) dialog.close();
  });
  return (notice) => {
    dialog.querySelector("[name=text]").value = notice?.text ?? "";
    show(dialog.querySelector(".announce-clear"), notice);
    openDialog(dialog);
    dialog.querySelector("[name=text]").select();
  };
}
