// Which key does what. `?` shows this table; a row without a label is an alias that nobody needs to learn.

const HALF_MINUTE_MS = 30_000;
const MINUTE_MS = 60_000;

export const keyTable = (acts) => [
  { keys: ["ArrowDown", "ArrowUp"], label: "chair.key_choose", run: () => {} },
  { keys: ["ArrowDown"], repeat: true, run: () => acts.step(1) },
  { keys: ["ArrowUp"], repeat: true, run: () => acts.step(-1) },
  { keys: ["Escape"], label: "chair.key_clear", run: acts.clear },
  { keys: ["Alt+ArrowUp"], shown: ["Alt+↑", "Alt+↓"], label: "chair.key_move", run: () => acts.move(-1) },
  { keys: ["Alt+ArrowDown"], run: () => acts.move(1) },
  { keys: ["g"], label: "chair.key_give", run: acts.giveSubject },
  { keys: ["s"], label: "chair.key_suggestion", run: acts.suggestion },
  { keys: ["e"], label: "chair.key_end", run: acts.end },
  { keys: ["o"], label: "chair.key_absent", run: acts.absent },
  { keys: ["Delete"], label: "chair.key_remove", run: acts.remove },
  { keys: ["+"], shown: ["+", "-"], label: "chair.key_speaker_time", run: () => acts.speakerTime(HALF_MINUTE_MS) },
  { keys: ["="], run: () => acts.speakerTime(HALF_MINUTE_MS) },
  { keys: ["-", "−"], run: () => acts.speakerTime(-HALF_MINUTE_MS) },
  { keys: ["."], shown: [".", ","], label: "chair.key_topic_time", run: () => acts.topicTime(MINUTE_MS) },
  { keys: [","], run: () => acts.topicTime(-MINUTE_MS) },
  { keys: ["t"], label: "chair.key_limit", run: acts.limit },
  { keys: ["a"], label: "chair.key_add", run: acts.add },
  { keys: ["l"], label: "chair.key_list", run: acts.toggleList },
  { keys: ["r"], label: "chair.key_order", run: acts.nextOrder },
  { keys: ["n"], label: "chair.key_topic", run: acts.nextTopic },
  { keys: ["p"], label: "chair.key_pause", run: acts.pause },
  { keys: ["m"], label: "chair.key_announce", run: acts.announce },
  { keys: ["u", "Ctrl+z"], label: "chair.key_undo", run: acts.undo },
  { keys: ["h"], label: "chair.key_history", run: acts.history },
  { keys: ["x"], label: "chair.key_end_session", run: acts.endSession },
  { keys: ["w"], label: "chair.key_say", run: acts.say },
  { keys: ["d"], label: "chair.key_theme", run: acts.theme },
  { keys: ["f"], label: "chair.key_full_screen", run: acts.fullScreen },
  { keys: ["?"], label: "chair.key_help", run: acts.help },
];
