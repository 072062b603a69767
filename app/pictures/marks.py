"""By what a group is known in every picture: a colour and a letter. The one place that gives them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
"""Told apart by colour-blind people too. Source: Okabe and Ito, "Color Universal Design" (2008), with a grey."""
DARK, LIGHT = "#000000", "#ffffff"


@dataclass(frozen=True, slots=True)
class Mark:
    letter: str
    fill: str
    ink: str
    """For text on the fill: at least 4.5 to 1."""


def marks(groups: Iterable[str]) -> Mapping[str, Mark]:
    """By the place in the session file: all of the session's groups, so that one keeps its mark however they count."""
    return {group: _mark(place) for place, group in enumerate(groups)}


def _mark(place: int) -> Mark:
    fill = PALETTE[place % len(PALETTE)]
    ink = max((DARK, LIGHT), key=lambda ink: contrast(fill, ink))
    more, letter = divmod(place, len(ascii_uppercase))
    return Mark(ascii_uppercase[letter] + (str(more + 1) if more else ""), fill, ink)


def contrast(one: str, other: str) -> float:
    """From 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)
