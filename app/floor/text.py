"""What people typed, made fit to be shown among other people's words."""

import re
import unicodedata

from app.floor import graphemes
from app.floor.errors import Malformed, TooLong

# Bidirectional embeddings, overrides and isolates: one in a name would turn the whole row around.
# Source: Unicode Standard Annex #9, "Explicit Directional Embeddings, Overrides, Isolates".
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Control, unassigned, private-use and lone surrogate characters; format characters other than the joiners
# that Arabic, Persian, the scripts of India, and emoji are written with.
_UNSEEN = frozenset({"Cc", "Cn", "Co", "Cs"})
_JOINERS = frozenset("\u200c\u200d")
# Letters and signs by category, and nothing to the eye: the fillers of Hangul, the null notehead of music.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\U0001d159")
_BLANK = "\u2800"
"""Braille without a dot: a space to whoever looks."""
# Marks by category that change what is before them, or nothing: the grapheme joiner, two vowels of Khmer, a filler of
# Khitan, and what selects a variant. Source: the property Default_Ignorable_Code_Point of Unicode.
_UNSEEN_ALONE = re.compile("[\u200c\u200d\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U00016fe4\U000e0100-\U000e01ef]")
_MOST_IN_A_GRAPHEME = 8
"""On average: letters carry a few marks, a family of four has seven parts, and nobody fills the log with one letter."""
_MOST_BYTES, _MOST_BYTES_IN_A_GRAPHEME = 3_600, 12
"""In UTF-8: one line of text fits into an attendee's message, in whatever script; a longer text is a console's."""


def cleaned(text: str) -> str:
    """NFC, on one line, without controls and invisible characters, without space at its ends."""
    seen = "".join(character for character in _BIDI_CONTROLS.sub("", text) if _is_shown(character))
    return unicodedata.normalize("NFC", re.sub(rf"[\s{_BLANK}]+", " ", seen)).strip()


def _is_shown(character: str) -> bool:
    """White space counts, line ends and tabs too: it separates words."""
    category = unicodedata.category(character)
    if character.isspace() or character in _JOINERS:
        return True
    return category not in _UNSEEN and category != "Cf" and character not in _FILLERS


def checked(text: str, field: str, most: int, *, least: int = 0) -> str:
    """The cleaned text.

    Raises TooLong over `most` characters as readers count them, and Malformed where fewer than `least` are left.
    """
    shown = cleaned(text)
    is_over = len(shown) > most and (graphemes.count(shown) > most or len(shown) > most * _MOST_IN_A_GRAPHEME)
    if is_over or len(shown.encode()) > max(_MOST_BYTES, most * _MOST_BYTES_IN_A_GRAPHEME):
        raise TooLong(field=field, most=most)
    if len(_UNSEEN_ALONE.sub("", shown)) < least:
        raise Malformed(detail=f"{field}: expected at least {least} visible character, got none")
    return shown
