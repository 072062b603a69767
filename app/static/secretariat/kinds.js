// The kinds of notes, and how they are chosen while typing: by what a note begins with, or by Alt and a digit.

export const KINDS = ["note", "key_point", "quote", "reference"];

/** What a note begins with, then a space: as it is on other keyboards too, and back to a plain note. */
const SIGNS = [
  ["key_point", /^[!！¡][ \u3000]/u],
  ["quote", /^["“”„«»「『>＞][ \u3000]/u],
  ["reference", /^[@＠][ \u3000]/u],
  ["note", /^[-–－][ \u3000]/u],
];

/** {kind, text} where what was typed begins with the sign of a kind; else undefined. */
export function signed(typed) {
  const found = SIGNS.find(([, sign]) => sign.test(typed));
  return found && { kind: found[0], text: typed.slice(2) };
}

/** The kind that Alt and a digit mean; undefined for any other key. By its place: Alt writes other letters on some. */
export function kindOfKey({ altKey, ctrlKey, metaKey, code }) {
  if (!altKey || ctrlKey || metaKey) return undefined;
  return KINDS[["Digit1", "Digit2", "Digit3", "Digit4"].indexOf(code)];
}

export const nextKind = (kind) => KINDS[(KINDS.indexOf(kind) + 1) % KINDS.length];
