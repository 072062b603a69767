"""The catalogues in static/i18n/, the files the browser reads too. The session's own texts are not here.

A text that is missing is a warning (an error under pytest) and shows its key: a screen with one odd word works.
"""

import json
import re
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from babel import Locale

FOLDER = Path(__file__).parent / "static" / "i18n"
ENGLISH = "en"
PSEUDO = "x-pseudo"
"""No language: English with every text in brackets, so that whoever reads a screen sees what is no text of ours."""
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur"})

Message = str | dict[str, str]
"""A text, or its plural forms by name (`one`, `other`), chosen by `count`."""


class MissingText(UserWarning):
    """A key, or a value for a placeholder, that somebody forgot."""


@cache
def catalogues() -> Mapping[str, Mapping[str, Message]]:
    """All catalogues by language, read once."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English first; English is always there."""
    return (ENGLISH, *(language for language in catalogues() if language != ENGLISH))


@cache
def pseudo_catalogue() -> Mapping[str, Message]:
    """The English texts, each and each plural form as `⟦text⟧`."""
    return {
        key: {name: f"⟦{form}⟧" for name, form in message.items()} if isinstance(message, dict) else f"⟦{message}⟧"
        for key, message in catalogues()[ENGLISH].items()
    }


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML's `dir` wants it."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def text(language: str, key: str, **values: object) -> str:
    """The text of this key, in English where the language has none, its placeholders filled in."""
    for tried in _fallbacks(language):
        message = (pseudo_catalogue() if tried == PSEUDO else catalogues().get(tried, {})).get(key)
        if message is not None:
            break
    else:
        _missing(f"no text for {key!r}, neither in {language!r} nor in English")
        return key
    if isinstance(message, dict):
        message = message.get(_plural_form(tried, values)) or message["other"]

    def value_of(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        if name not in values:
            _missing(f"the text {key!r} wants a value for {name!r}")
            return placeholder[0]
        return str(values[name])

    return re.sub(r"\{(\w+)\}", value_of, message)


def _plural_form(language: str, values: Mapping[str, object]) -> str:
    """By the rules of CLDR: of `ordinal` (the 2nd) where there is one, else of `count`."""
    locale = Locale.parse(ENGLISH if language == PSEUDO else language, sep="-")
    number = values.get("ordinal", values.get("count"))
    if not isinstance(number, int):
        return "other"
    return locale.ordinal_form(number) if "ordinal" in values else locale.plural_form(number)


def preferred(accept_language: str, available: Sequence[str]) -> str:
    """The best of the available languages for an Accept-Language header; failing all, English or the first."""
    wishes = _wishes(accept_language)
    refused = {tag for tag, quality in wishes if quality == 0}
    offered = {language.lower(): language for language in available if language.lower() not in refused}
    for tag, quality in wishes:
        if quality == 0:
            continue
        parts = tag.split("-")
        shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
        akin = (language for language in offered if language.split("-")[0] == parts[0])
        for candidate in (*shorter, *akin):
            if candidate in offered:
                return offered[candidate]
    if ENGLISH in available or not available:
        return ENGLISH
    return available[0]


def _wishes(header: str) -> list[tuple[str, float]]:
    """(tag, quality), the dearest first. What is not understood is left out: the header comes from anyone."""
    wishes = []
    for part in header.lower().split(",")[:50]:
        found = re.fullmatch(r"\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*)?", part)
        if found:
            wishes.append((found[1], float(found[2] or 1)))
    return sorted(wishes, key=lambda wish: -wish[1])


def _fallbacks(language: str) -> tuple[str, ...]:
    return (language, language.split("-", maxsplit=1)[0], ENGLISH)


def _missing(what: str) -> None:
    warnings.warn(what, MissingText, stacklevel=3)
