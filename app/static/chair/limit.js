// The speaking time of all who follow: four figures that chairs say, one that fits all who wait, and any other. Each
// says what it would come to.

import { h, setParts } from "../dom.js";
import { t } from "../i18n.js";
import { formDialog, openDialog } from "../console/dialogs.js";
import { fittingMs, forecast, lengthText, minutes } from "../console/time.js";

const PRESETS_MS = [60_000, 90_000, 120_000, 180_000];
const LONGEST_MS = 60 * 60_000;

export function limitDialog(dialog, { send }) {
  formDialog(dialog, {
    send, name: "set_speaking_time",
    read(data) {
      const limit_ms = readLength(data.get("limit"));
      return limit_ms === undefined ? t("chair.limit_unclear") : { limit_ms };
    },
  });
  const choose = async (limit_ms) => {
    dialog.close();
    await send("set_speaking_time", { limit_ms });
  };
  const list = dialog.querySelector(".limits");
  return {
    open(view) {
      openDialog(dialog);
      this.render(view);
      (list.querySelector("[aria-pressed=true]") ?? list.firstChild)?.focus();
    },
    render({ state, now }) {
      if (!dialog.open) return;
      const fit = fittingMs(state, now);
      const limits = [...new Set([...PRESETS_MS, ...(fit ? [fit] : [])])].sort((a, b) => a - b);
      // Made once an opening: a button that is replaced while it is pressed would lose the press.
      if (list.dataset.limits !== limits.join()) {
        list.dataset.limits = limits.join();
        list.replaceChildren(...limits.map((limit_ms) =>
          h("button", { type: "button", class: "limit", onclick: () => choose(limit_ms) },
            h("strong", {}, lengthText(limit_ms)), h("span", {}))));
      }
      limits.forEach((limit_ms, index) => {
        const button = list.children[index];
        button.setAttribute("aria-pressed", String(limit_ms === state.session.speaking_time_ms));
        setParts(button.lastChild, consequence(state, now, limit_ms));
      });
    },
  };
}

function consequence(state, now, limit_ms) {
  const known = forecast(state, now, limit_ms);
  if (!known?.waiting) return "";
  return known.over > 0 ? t("chair.limit_over", { time: minutes(known.over) }) : t("chair.limit_fits");
}

/** "1:45", "1.45" and "105" (seconds) are all one minute 45; anything else is undefined. */
export function readLength(text) {
  const found = /^\s*(?:(\d{1,2})[:.,٫](\d{2})|(\d{1,4}))\s*$/.exec(text.normalize("NFKC"));
  if (!found) return undefined;
  const [, whole, seconds, bare] = found;
  const ms = (bare === undefined ? Number(whole) * 60 + Number(seconds) : Number(bare)) * 1000;
  return ms > 0 && ms <= LONGEST_MS ? ms : undefined;
}
