// Which key does what. `?` shows this table; the first rows are keys within a note's field, listened to there.

export const keysFor = (acts) => [
  { keys: [], shown: ["Enter"], label: "secretariat.key_enter" },
  { keys: [], shown: ["!", '"', "@"], label: "secretariat.key_signs" },
  { keys: [], shown: ["Alt+1…4"], label: "secretariat.key_kinds" },
  { keys: [], shown: ["Alt+↑", "Alt+↓"], label: "secretariat.key_step" },
  { keys: [], shown: ["Ctrl+Enter"], label: "secretariat.key_speaker" },
  { keys: [], shown: ["Escape"], label: "secretariat.key_escape" },
  { keys: ["n"], label: "secretariat.key_note", run: acts.note },
  { keys: ["v"], label: "secretariat.key_chair", run: acts.chairNote },
  { keys: ["t"], label: "secretariat.key_tag", run: acts.tag },
  { keys: ["a"], label: "secretariat.key_hand", run: acts.add },
  { keys: ["F2", "i"], shown: ["F2", "I"], label: "secretariat.key_correct", run: acts.edit },
  { keys: ["j"], label: "chair.key_merge", run: acts.merge },
  { keys: ["Alt+ArrowUp"], run: () => acts.step(-1) },
  { keys: ["Alt+ArrowDown"], run: () => acts.step(1) },
  { keys: ["w"], label: "chair.key_say", run: acts.say },
  { keys: ["d"], label: "chair.key_theme", run: acts.theme },
  { keys: ["f"], label: "chair.key_full_screen", run: acts.fullScreen },
  { keys: ["?"], label: "chair.key_help", run: acts.help },
];
