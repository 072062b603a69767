"""What people typed, made fit to be shown among other people's words."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.floor.errors import Malformed, TooLong
from app.floor.text import checked, cleaned


@pytest.mark.parametrize("control", [*"\u202a\u202b\u202c\u202d\u202e", *"\u2066\u2067\u2068\u2069"], ids=ascii)
def test_a_control_that_would_turn_a_row_around_is_removed(control: str) -> None:
    """Case 29."""
    assert cleaned(f"أ{control}منة") == "أمنة"
    assert cleaned(f"{control}Bo{control} Berg{control}") == "Bo Berg"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ana   Alm ", "Ana Alm"),
        ("Ana\r\nAlm", "Ana Alm"),
        ("Ana\tAlm\u2028Ek\u2029Ber\u00a0g", "Ana Alm Ek Ber g"),
        ("a\x00b\x07c\x7f", "abc"),
        ("a \u200b b", "a b"),
        ("a\ufeff\u200e\u200f\u00adb", "ab"),
        ("a\ue000\ud800b", "ab"),
        ("Ame\u0301lie", "Am\u00e9lie"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
        ("<b>Ana</b> & Co", "<b>Ana</b> & Co"),
        (" \u202e\u200b\n ", ""),
        ("김\u3164\u115f 민\uffa0수", "김 민수"),
        ("a\u2800\u2800b", "a b"),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
    ],
    ids=ascii,
)
def test_a_text_is_shown_on_one_line_without_what_cannot_be_seen(typed: str, shown: str) -> None:
    assert cleaned(typed) == shown


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
@example("a \u200b b")
@example("\u200d \u200d")
def test_a_cleaned_text_is_clean(typed: str) -> None:
    shown = cleaned(typed)

    assert cleaned(shown) == shown
    assert unicodedata.is_normalized("NFC", shown)
    assert shown == " ".join(shown.split())
    assert all(unicodedata.category(one)[0] != "C" or one in "\u200c\u200d" for one in shown)
    shown.encode("utf-8")


def test_a_text_may_have_so_many_characters_once_cleaned() -> None:
    assert checked(f"  {'x' * 80}\u202e ", "name", 80) == "x" * 80
    with pytest.raises(TooLong) as refused:
        checked("x" * 81, "name", 80)
    assert refused.value.values_by_name == {"field": "name", "most": 80}


BLANK = [
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
    "\u2800",
    "\U0001d159",
    "\ufe0f",
    "\U000e0100",
    "\u034f",
    "\u17b4",
    "\u180e\u180b",
]


@pytest.mark.parametrize("typed", ["", "  ", "\u202e\u2066", "\u200d\u200c", "\u200b\n", *BLANK], ids=ascii)
def test_a_name_has_at_least_one_character_that_can_be_seen(typed: str) -> None:
    with pytest.raises(Malformed, match="name: expected at least 1 visible character, got none"):
        checked(typed, "name", 80, least=1)
    assert checked("A" + typed, "name", 80, least=1).startswith("A")
