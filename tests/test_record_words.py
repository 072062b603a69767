"""The record's words: clocks of the session's place, lengths, shares, and who somebody was as far as it may be said."""

from dataclasses import replace

import pytest

from app.floor.record import NotHeard, Person
from app.record_words import length_text, words_of
from tests.recorded import RECORD

KYOTO_MS = 1_696_918_500_000
"""15:15 in Kyoto."""


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0:00"), (499, "0:00"), (500, "0:01"), (59_499, "0:59"), (59_500, "1:00"), (125_000, "2:05"),
     (3_599_499, "59:59"), (3_599_500, "1:00:00"), (5_400_000, "1:30:00"), (-60_000, "\u22121:00"), (-400, "0:00")],
)  # fmt: skip
def test_a_length_is_minutes_and_seconds_and_hours_from_the_first_on(ms: int, text: str) -> None:
    assert length_text(ms) == text


def test_times_are_those_of_the_session_s_place_with_its_offset() -> None:
    words = words_of(replace(RECORD, plan=replace(RECORD.plan, starts_ms=KYOTO_MS, time_zone="Asia/Tokyo")), "en")

    assert words.clock(KYOTO_MS + 1_630_999) == "15:42:10"
    assert words.iso(KYOTO_MS) == "2023-10-10T15:15:00+09:00"
    assert words.offset(KYOTO_MS) == "UTC+09:00"
    assert words.date(KYOTO_MS) == "10 October 2023"
    assert "\u2068UTC+09:00\u2069" in words.zone()


def test_where_clocks_go_back_each_instant_has_its_own_offset() -> None:
    words = words_of(replace(RECORD, plan=replace(RECORD.plan, time_zone="Europe/Paris")), "fr")
    before_ms = 1_698_537_599_000  # one second later it is two o'clock again

    assert words.iso(before_ms) == "2023-10-29T01:59:59+02:00"
    assert words.iso(before_ms + 3_601_000) == "2023-10-29T02:00:00+01:00"


def test_a_share_is_in_whole_percents_as_the_language_writes_them() -> None:
    assert words_of(RECORD, "en").percent(1, 3) == "33%"
    assert words_of(RECORD, "fr").percent(1, 3) == "33\u00a0%"
    assert words_of(RECORD, "en").percent(0, 0) == "0%"
    assert words_of(RECORD, "x-pseudo").percent(1, 1) == "100%"


def test_who_has_no_name_is_somebody_of_their_group() -> None:
    nobody = Person("p1", "", "", "academia", "online")

    assert words_of(RECORD, "en").who(nobody) == "A participant (Academia)"
    assert words_of(RECORD, "en").who(replace(nobody, name="Cy Chen")) == "Cy Chen"


def test_a_group_that_stands_for_another_says_so() -> None:
    words = words_of(replace(RECORD, groups={"government": ("government", "academia")}), "en")

    assert words.group("government") == "Government (with Academia)"


def test_a_text_that_the_session_has_not_in_this_language_is_in_english() -> None:
    assert words_of(RECORD, "ja").group("academia") == "Academia"


def test_who_waits_while_the_session_goes_on_was_not_cut_off_yet() -> None:
    one = NotHeard("r1", "intervention", Person("p1", "Ana", "", "academia", "room"), "waiting", 0, 1_000, "")

    assert words_of(RECORD, "en").why(one, replace(RECORD, status="running")) == "Still on the list"
    assert words_of(RECORD, "en").why(one, replace(RECORD, status="ended")) == "The list was cut off by time"
