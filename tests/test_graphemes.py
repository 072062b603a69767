"""What a reader counts as one character; the browser's own count is held to the same cases in browser/."""

import json
from pathlib import Path

import pytest

from app.floor import graphemes
from app.floor.errors import TooLong
from app.floor.text import checked

CASES = json.loads(Path(__file__).with_name("grapheme_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=ascii)
def test_characters_are_counted_as_readers_see_them(text: str, expected: int) -> None:
    assert graphemes.count(text) == expected


@pytest.mark.parametrize("one", ["e\u0323\u0302", "👨‍👩‍👧‍👦", "🇯🇵", "क्षि", "👍🏽"], ids=ascii)
def test_a_name_of_eighty_is_taken_whatever_its_characters_are_made_of(one: str) -> None:
    assert graphemes.count(checked(one * 80, "name", 80)) == 80
    with pytest.raises(TooLong):
        checked(one * 81, "name", 80)


def test_nobody_hides_a_book_in_one_character() -> None:
    with pytest.raises(TooLong):
        checked("a" + "\u0316" * 700, "name", 80)
