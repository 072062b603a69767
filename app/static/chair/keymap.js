// Which key does what. `?` shows this table; a row without a label is an alias that nobody needs to learn.
// Rows are for those who move the floor; with `all` for every console, with `notes` for the secretariat alone.

const HALF_MINUTE_MS = 30_000;
const MINUTE_MS = 60_000;

const keyTable = (acts) => [
  // Enter and Space are listened to apart: they mean the primary action only where they mean nothing else.
  { keys: [], shown: ["Enter", " "], label: "chair.key_primary", run: acts.primary },
  { keys: ["ArrowDown"], shown: ["ArrowDown", "ArrowUp"], label: "chair.key_choose", repeat: true, all: true, run: () => acts.step(1) },
  { keys: ["ArrowUp"], repeat: true, all: true, run: () => acts.step(-1) },
  { keys: ["Escape"], label: "chair.key_clear", all: true, run: acts.clear },
  { keys: ["Alt+ArrowUp"], shown: ["Alt+↑", "Alt+↓"], label: "chair.key_move", run: () => acts.move(-1) },
  { keys: ["Alt+ArrowDown"], run: () => acts.move(1) },
  { keys: ["g"], label: "chair.key_give", run: acts.giveSubject },
  { keys: ["c"], label: "chair.key_call", run: acts.call },
  { keys: ["b"], label: "chair.key_follow_up", run: acts.followUp },
  { keys: ["s"], label: "chair.key_suggestion", run: acts.suggestion },
  { keys: ["e"], label: "chair.key_end", run: acts.end },
  { keys: ["o"], label: "chair.key_absent", run: acts.absent },
  { keys: ["Delete"], label: "chair.key_remove", run: acts.remove },
  { keys: ["Shift+Delete"], label: "chair.key_hide", run: () => acts.hide() },
  { keys: ["i"], label: "chair.key_edit", all: true, run: () => acts.edit() },
  { keys: ["j"], label: "chair.key_merge", all: true, run: () => acts.merge() },
  { keys: ["+"], shown: ["+", "-"], label: "chair.key_speaker_time", run: () => acts.speakerTime(HALF_MINUTE_MS) },
  { keys: ["="], run: () => acts.speakerTime(HALF_MINUTE_MS) },
  { keys: ["-", "−"], run: () => acts.speakerTime(-HALF_MINUTE_MS) },
  { keys: ["."], shown: [".", ","], label: "chair.key_topic_time", run: () => acts.topicTime(MINUTE_MS) },
  { keys: [","], run: () => acts.topicTime(-MINUTE_MS) },
  { keys: ["k"], label: "chair.key_take", run: acts.take },
  { keys: ["t"], label: "chair.key_limit", run: acts.limit },
  { keys: ["a"], label: "chair.key_add", all: true, run: acts.add },
  { keys: ["l"], label: "chair.key_list", run: acts.toggleList },
  { keys: ["r"], label: "chair.key_order", run: acts.nextOrder },
  { keys: ["n"], label: "chair.key_topic", run: acts.nextTopic },
  { keys: ["n"], label: "chair.key_note", notes: true, run: acts.note },
  { keys: ["p"], label: "chair.key_pause", run: acts.pause },
  { keys: ["m"], label: "chair.key_announce", run: acts.announce },
  { keys: ["u", "Ctrl+z"], label: "chair.key_undo", run: acts.undo },
  { keys: ["y", "Ctrl+y"], label: "chair.key_redo", run: acts.redo },
  { keys: ["Ctrl+Shift+z"], run: acts.redo },
  { keys: ["h"], label: "chair.key_history", all: true, run: acts.history },
  { keys: ["x"], label: "chair.key_end_session", run: acts.endSession },
  { keys: ["w"], label: "chair.key_say", all: true, run: acts.say },
  { keys: ["d"], label: "chair.key_theme", all: true, run: acts.theme },
  { keys: ["f"], label: "chair.key_full_screen", all: true, run: acts.fullScreen },
  { keys: ["?"], label: "chair.key_help", all: true, run: acts.help },
];

/** The rows for a role. */
export function keysFor(acts, role) {
  const notes = role === "secretariat";
  return keyTable(acts).filter((row) => row.all || Boolean(row.notes) === notes);
}
