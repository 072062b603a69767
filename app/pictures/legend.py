"""What colours and letters stand for, below a picture."""

from collections.abc import Iterable

from app.pictures.marks import Mark
from app.pictures.svg import FAINT, GROUND, LINE, MEDIUM, SMALL, element, width_of, words

BOX, GAP, ROW = 14.0, 14.0, 20.0


def box(mark: Mark, x: float, y: float) -> str:
    """A square in the group's colour with its letter, its left upper corner at (x, y)."""
    return element(
        "g",
        element("rect", x=x, y=y, width=BOX, height=BOX, rx=2, fill=mark.fill, class_="edge", stroke=GROUND),
        words(mark.letter, x + BOX / 2, y + BOX - 3.5, SMALL, fill=mark.ink, class_="on", text_anchor="middle"),
    )


def plain_box(fill: str, x: float, y: float) -> str:
    """One without a letter: a pause, a silence."""
    return element(
        "rect",
        x=x,
        y=y,
        width=BOX,
        height=BOX,
        rx=2,
        fill=fill,
        stroke=LINE,
        class_="ground" if fill == GROUND else "frame",
    )


def legend(
    entries: Iterable[tuple[Mark | str, str]], width: float, top: float, *, rtl: bool = False
) -> tuple[str, float]:
    """The entries in as many rows as they need, and where they end. A mark, or a plain fill, each with its name."""
    drawn: list[str] = []
    x, y = 0.0, top
    for mark, name in entries:
        needed = BOX + 5 + width_of(name)
        if x and x + needed > width:
            x, y = 0.0, y + ROW
        left = width - x - BOX if rtl else x
        drawn.append(plain_box(mark, left, y) if isinstance(mark, str) else box(mark, left, y))
        at = width - x - BOX - 5 if rtl else x + BOX + 5
        drawn.append(words(name, at, y + BOX - 3, MEDIUM, class_="faint", fill=FAINT))
        x += needed + GAP
    return "".join(drawn), y + ROW
