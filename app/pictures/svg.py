"""SVG as text: elements, and how much of a text fits into a width."""

import unicodedata
from html import escape

from markupsafe import Markup

FONT = "system-ui, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK JP', 'Liberation Sans', Arial, sans-serif"
SMALL, MEDIUM = 9.5, 11.0
"""Sizes of text in a picture's own units: 11 in a width of 760 is 7 points on A4."""
INK, FAINT, LINE, GROUND = "#0c1c2e", "#47586b", "#71839a", "#ffffff"
"""Where no style sheet says otherwise; a screen's own (dark, print) goes by the class."""

EDGE = 1
"""Around all that is drawn, for the lines at its edge."""

Attribute = str | float


def element(name: str, /, *children: str, **attributes: Attribute) -> str:
    """`class_` is written class, `text_anchor` text-anchor. Children are markup: see `words`."""
    told = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{''.join(children)}</{name}>" if children else f"<{name}{told}/>"


def words(text: str, x: float, y: float, size: float = MEDIUM, **attributes: Attribute) -> str:
    """A line of text; unless `class_` and `fill` say otherwise, in the ink of the page."""
    told: dict[str, Attribute] = {"x": x, "y": y, "font_size": size, "class_": "ink", "fill": INK}
    return element("text", escape(text), **(told | attributes))


def titled(title: str, *children: str, **attributes: Attribute) -> str:
    """A group that says what it is where a pointer rests on it."""
    return element("g", element("title", escape(title)), *children, **attributes)


def picture(id_: str, size: tuple[float, float], title: str, desc: str, *children: str, rtl: bool = False) -> Markup:
    """The whole of it, as wide as where it stands allows: markup, in which every text was escaped as it was put in."""
    width, height = size
    whole = element(
        "svg",
        element("title", escape(title), id=f"{id_}-title"),
        element("desc", escape(desc), id=f"{id_}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{-EDGE} {-EDGE} {_value(width + 2 * EDGE)} {_value(height + 2 * EDGE)}",
        width=width + 2 * EDGE,
        height=height + 2 * EDGE,
        role="img",
        aria_labelledby=f"{id_}-title {id_}-desc",
        class_="picture",
        font_family=FONT,
        direction="rtl" if rtl else "ltr",
    )
    return Markup(whole)  # noqa: S704 - see above


def hatching(id_: str) -> str:
    """Oblique lines to fill a pause with, as `url(#id)`."""
    line = element("path", d="M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5", stroke=FAINT, stroke_width=1, class_="hatch")
    return element("defs", element("pattern", line, id=id_, width=6, height=6, patternUnits="userSpaceOnUse"))


def width_of(text: str, size: float = MEDIUM) -> float:
    """About how wide a line of it will be: rather too wide, since nobody knows the font."""
    return sum(size * _ems(character) for character in text)


def fitted(text: str, width: float, size: float = MEDIUM) -> str:
    """As much of it as fits; empty where that would be no more than a letter or two."""
    if width_of(text, size) <= width:
        return text
    kept = ""
    for character in text:
        if width_of(f"{kept}{character}…", size) > width:
            break
        kept += character
    return f"{kept.rstrip()}…" if len(kept) >= min(3, len(text)) else ""


def _ems(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.02
    return 0.68 if character.isupper() else 0.54


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: Attribute) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
