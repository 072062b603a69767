"""How many characters a reader sees: grapheme clusters, by the rules of Unicode Standard Annex #29 that matter for
names and emoji. Standard library only, so general categories stand in for the properties that it does not know.
"""

import unicodedata

_JOINER = "\u200d"
# What is written onto the character before it without being a mark by category: the joiners, Thai and Lao am, the
# voicing marks of narrow katakana, and the five skin tones of emoji.
_LIKE_MARKS = frozenset("\u0e33\u0eb3\uff9e\uff9f\u200c" + _JOINER) | {chr(tone) for tone in range(0x1F3FB, 0x1F400)}
_VIRAMA = 9
"""The combining class of the sign that binds two consonants into one, in the scripts of India."""
_LETTER, _PICTURE = "Lo", "So"


def count(text: str) -> int:
    """The number of grapheme clusters in it."""
    clusters = flag_halves = 0
    base, binds = "", ""  # the kind of the cluster's first character; the kind that would be bound to it
    for character in text:
        if clusters and _is_mark(character):
            if unicodedata.combining(character) == _VIRAMA:
                binds = _LETTER
            elif character == _JOINER and base == _PICTURE:
                binds = _PICTURE
            continue
        flag_halves = flag_halves + 1 if _is_half_a_flag(character) else 0
        completes_a_flag = flag_halves > 0 and flag_halves % 2 == 0
        kind = unicodedata.category(character)
        if not (completes_a_flag or kind == binds):
            clusters += 1
        base, binds = kind, ""
    return clusters


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Mc"} or character in _LIKE_MARKS


def _is_half_a_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
