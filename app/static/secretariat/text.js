// A note's text as the server keeps it: one line, without what nobody sees (app/floor/text.py says the same).

const UNSEEN = /(?![\s\u200c\u200d])[\p{C}\u115f\u1160\u3164\uffa0\u{1d159}]/gu;

export const plain = (text) => text.replace(UNSEEN, "").replace(/[\s\u2800]+/gu, " ").normalize("NFC").trim();
