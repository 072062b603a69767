"""A person's name, found in what others wrote, and taken out of it."""

import re
import unicodedata
from collections.abc import Iterable

LEAST_TAKEN_OUT = 4
"""Letters: a shorter name stands in other words too, and would be taken out of those."""
LEAST_IN_SCRIPTS_OF_WORDS = 2
"""Where a character is a word or a syllable, two are somebody's whole name."""
TAKEN_OUT = "[…]"


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with each of the names taken out, however it is spaced or capitalised."""
    for name in sorted(filter(_is_long_enough, names), key=len, reverse=True):
        spaced = r"\s+".join(map(re.escape, name.split()))
        text = re.sub(spaced, TAKEN_OUT, text, flags=re.IGNORECASE)
    return text


def _is_long_enough(name: str) -> bool:
    return len(name) >= (LEAST_IN_SCRIPTS_OF_WORDS if all(map(_is_a_word, name)) else LEAST_TAKEN_OUT)


def _is_a_word(character: str) -> bool:
    """Chinese characters, kana and Hangul."""
    return unicodedata.name(character, "").startswith(("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL "))
