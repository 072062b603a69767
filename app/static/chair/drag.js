// Moving a request by pointer. The list goes on changing under a drag: where the row would land is read from the rows
// as they are now, at each move and after each patch, and the drop names a neighbour, never a number.

import { attr, css } from "../dom.js";

const THRESHOLD_PX = 6; // less is a click with an unsteady hand
const EDGE_PX = 36; // this close to the edge, the list scrolls along

/**
 * `drop(request, before)` gets the request that was moved and the one it was put before (undefined: at the end);
 * it may return a promise: the row stays where it was dropped until then. `lost()`: the request went away meanwhile.
 */
export function dragRows(list, { drop, lost }) {
  let drag; // { row, pointer, grabbed, startY, y, active, before }

  const others = () => [...list.querySelectorAll(".row")].filter((row) => row !== drag.row);

  function place() {
    const box = list.getBoundingClientRect();
    if (drag.y < box.top + EDGE_PX) list.scrollTop -= 8;
    if (drag.y > box.bottom - EDGE_PX) list.scrollTop += 8;
    const resting = box.top + drag.row.offsetTop - list.scrollTop;
    css(drag.row, "transform", `translateY(${Math.round(drag.y - drag.grabbed - resting)}px)`);
    const rows = others();
    drag.before = rows.find((row) => {
      const { top, height } = row.getBoundingClientRect();
      return drag.y < top + height / 2;
    });
    for (const row of rows) attr(row, "data-drop", row === drag.before ? "before" : null);
    const last = rows.at(-1);
    if (last && !drag.before) attr(last, "data-drop", "after");
  }

  function clear(row) {
    row.style.removeProperty("transform");
    attr(row, "data-dragged", null);
  }

  function stop() {
    for (const row of list.querySelectorAll("[data-drop]")) attr(row, "data-drop", null);
    if (list.hasPointerCapture?.(drag.pointer)) list.releasePointerCapture(drag.pointer);
    drag = undefined;
  }

  function cancel() {
    if (!drag) return false;
    const { row, active } = drag;
    clear(row);
    stop();
    return active;
  }

  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".row");
    if (!row || drag || event.button !== 0 || event.target.closest("button")) return;
    // A finger on the row scrolls the list; on the handle it drags. A mouse may take the row anywhere.
    if (event.pointerType !== "mouse" && !event.target.closest(".row-handle")) return;
    const grabbed = event.clientY - row.getBoundingClientRect().top;
    drag = { row, pointer: event.pointerId, grabbed, startY: event.clientY, y: event.clientY, active: false };
  });

  list.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.y = event.clientY;
    if (!drag.active && Math.abs(drag.y - drag.startY) > THRESHOLD_PX) {
      drag.active = true;
      attr(drag.row, "data-dragged", true);
      list.setPointerCapture(drag.pointer); // the list never moves in the tree; a row that does loses its capture
    }
    if (drag.active) place();
  });

  list.addEventListener("pointerup", async (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { row, active, before } = drag;
    if (!active) return stop();
    list.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => list.removeEventListener("click", swallow, { capture: true }));
    const changed = row.nextElementSibling !== (before ?? null);
    stop();
    if (changed) await drop(row.dataset.request, before?.dataset.request);
    return clear(row);
  });

  addEventListener("pointerup", () => { if (drag && !drag.active) stop(); });
  list.addEventListener("pointercancel", cancel);

  return {
    get active() {
      return Boolean(drag?.active);
    },
    cancel,
    /** After a render: the rows may have moved under the pointer, or the one in hand may be gone. */
    refresh() {
      if (!drag) return;
      if (drag.row.isConnected) {
        if (drag.active) place();
      } else if (cancel()) lost();
    },
  };
}

const swallow = (event) => event.stopPropagation();
