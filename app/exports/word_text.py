"""Text as Word wants it: in runs of one direction each, and without what XML can't hold."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ISOLATE, _END = "\u2068", "\u2069"
_ISOLATED = re.compile(f"{_ISOLATE}([^{_END}]*){_END}")
_STRONG = {"L": False, "R": True, "AL": True}
"""Whether a character that has a direction runs from right to left, by its Unicode bidirectional class."""


def is_right_to_left(text: str, otherwise: bool = False) -> bool:
    """By the first letter; `otherwise` where there is none."""
    classes = (unicodedata.bidirectional(one) for one in text)
    return next((_STRONG[one] for one in classes if one in _STRONG), otherwise)


_MARKS = {False: "\u200e", True: "\u200f"}
"""What is not seen and has a direction: from left to right, from right to left."""


def write(paragraph: Paragraph, text: str, *, rtl: bool, style: str | None = None) -> None:
    """The text at the paragraph's end. `rtl`: the direction of what has none by itself, as of a comma.

    `style`: the id of one.
    """
    for part, direction in _parts(_NOT_XML.sub("", text), rtl):
        for is_rtl, run_text in _runs(part, direction):
            run = paragraph.add_run(run_text)
            run._r.style = style
            if is_rtl:
                run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))


def edged(text: str, rtl: bool) -> str:
    """A text among others of another direction: a sign at its ends, as a bracket, goes with it and not with them."""
    ends = (text[:1], text[-1:])
    first, last = ("" if unicodedata.bidirectional(end) in _STRONG else _MARKS[rtl] for end in ends if end)
    return first + text + last


def turn(paragraph: Paragraph, *, rtl: bool, page_rtl: bool) -> None:
    """A paragraph that somebody typed reads in its own direction, where the page has another."""
    if rtl != page_rtl:
        bidi = OxmlElement("w:bidi")
        bidi.set(_VAL, "1" if rtl else "0")
        paragraph._p.get_or_add_pPr().append(bidi)


_VAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"


def _parts(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """What stands between isolates has its own direction. Word does not know them: they are left out."""
    for place, part in enumerate(_ISOLATED.split(text)):
        if part:
            own = is_right_to_left(part, rtl) if place % 2 else rtl
            yield edged(part, own) if own != rtl else part, own


def _runs(text: str, rtl: bool) -> Iterator[tuple[bool, str]]:
    """What has no direction runs like the letters on both its sides, or like the text around (UAX #9, N1 and N2)."""
    strong = [_STRONG.get(unicodedata.bidirectional(one)) for one in text]
    before: list[bool] = []
    for one in strong:
        before.append(one if one is not None else before[-1] if before else rtl)
    after: list[bool] = []
    for one in reversed(strong):
        after.append(one if one is not None else after[-1] if after else rtl)
    sides = zip(text, before, reversed(after), strict=True)
    resolved = ((first if first == last else rtl, letter) for letter, first, last in sides)
    for is_rtl, letters in groupby(resolved, key=lambda one: one[0]):
        yield is_rtl, "".join(letter for _, letter in letters)
