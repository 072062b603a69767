// The keys of the replay, wherever the focus is; a field and a button keep those that are theirs.

const FIELDS = "input[type=number], select";

export function listen(acts) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(FIELDS)) return;
    if (event.key === " " && event.target.closest?.("button")) return;
    const act = acts[event.shiftKey && event.key.startsWith("Arrow") ? `Shift+${event.key}` : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
