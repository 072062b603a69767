"""Typst, which sets the PDF and draws the charts, with the fonts that come along and those of the system.

What it sets is handed over as data, never as markup; it reads nothing but the `.typ` files beside this one.
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import orjson
import typst

HERE = Path(__file__).parent
FONTS = ("manimgx_fonts", "manimgx_fonts_cjk", "fontpkg_ibm_plex_sans_arabic")
LATIN_AND_ARABIC = ("Noto Sans", "IBM Plex Sans Arabic")
HAN = {"zh": "Noto Sans CJK SC", "zh-TW": "Noto Sans CJK TC", "ko": "Noto Sans CJK KR"}
HAN_ELSEWHERE = "Noto Sans CJK JP"
"""The same character is written otherwise in Chinese and Japanese; what has none of its own language's here is found
in any of the fonts."""
PPI = 220
ACCESSIBLE: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged throughout, with a text for each picture."""


def pdf(template: str, language: str, at_ms: int, **inputs: Any) -> bytes:
    """Of a `.typ` file and what it is given. Accessible by the standard where it can be: it can't where somebody's
    name has a character that no font has, and is tagged all the same."""
    given = _inputs(language, inputs)

    def compiled(standard: Literal["ua-1"] | None) -> bytes:
        return typst.compile(
            HERE / template,
            root=HERE,
            font_paths=_fonts(),
            format="pdf",
            sys_inputs=given,
            pdf_standards=standard,
            timestamp=at_ms // 1000,
        )

    try:
        return compiled(ACCESSIBLE)
    except typst.TypstError:
        return compiled(None)


def pngs(template: str, language: str, **inputs: Any) -> list[bytes]:
    """Each page as a picture."""
    made: bytes | list[bytes] = typst.compile(
        HERE / template,
        root=HERE,
        font_paths=_fonts(),
        format="png",
        ppi=PPI,
        sys_inputs=_inputs(language, inputs),
    )
    return made if isinstance(made, list) else [made]  # one page is not in a list


def _inputs(language: str, inputs: dict[str, Any]) -> dict[str, str]:
    fonts = (*LATIN_AND_ARABIC, HAN.get(language, HAN_ELSEWHERE))
    return {"fonts": json.dumps(fonts)} | {name: orjson.dumps(value).decode() for name, value in inputs.items()}


@cache
def _fonts() -> typst.Fonts:
    """Looked for once. The system's come last: what a name is written in may be none that comes along."""
    return typst.Fonts(include_system_fonts=True, font_paths=[str(files(package)) for package in FONTS])
