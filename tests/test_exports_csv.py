"""The tables: row by row what the record says, safe in a spreadsheet, and any text comes back as it was."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.csv_file import (
    INTERVENTIONS,
    MARK,
    SHARES,
    guarded,
    unguarded,
    write_interventions,
    write_not_heard,
    write_shares,
)
from app.floor.notes import Note
from app.floor.record import Record, Share
from app.record_words import words_of
from tests import kyoto
from tests.recorded import RECORD


def table(write: Callable[..., int], record: Record = RECORD, language: str = "en") -> list[dict[str, str]]:
    """As a spreadsheet reads it."""
    out = io.StringIO(newline="")
    count = write(record, words_of(record, language), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), strict=True))
    assert len(rows) == count
    return rows


def test_each_row_is_one_thing_that_was_said() -> None:
    assert table(write_interventions)[0] == {
        "number": "1",
        "topic": "The WSIS vision",
        "kind": "intervention",
        "name": "Ana Alm",
        "organisation": "Sweden",
        "group": "government",
        "where": "room",
        "began": "1970-01-01T00:01:10.000+00:00",
        "ended": "1970-01-01T00:04:10.000+00:00",
        "speaking_time_s": "120.0",
        "spent_s": "160.0",
        "over_s": "40.0",
        "summary": "On access",
        "tags": "access",
        "key_points": "Access for all by 2030",
        "quotes": "“Nobody offline”",
        "references": "A/RES/70/125",
        "notes": "",
    }
    assert [row["kind"] for row in table(write_interventions)] == [
        *("intervention", "point_of_order", "intervention", "right_of_reply"),
        *("intervention", "intervention", "intervention"),
    ]


def test_the_rows_of_a_whole_session_are_those_of_its_record_one_by_one() -> None:
    record = kyoto.record()
    titles = {topic.plan.id: topic.plan.title["fr"] for topic in record.topics}

    for row, one in zip(table(write_interventions, record, "fr"), record.spoken, strict=True):
        assert int(row["number"]) == one.number
        assert row["topic"] == titles[one.topic]
        assert (row["kind"], row["group"], row["where"]) == (one.kind, one.person.group, one.person.where)
        assert unguarded(row["name"]) == one.person.name
        assert unguarded(row["organisation"]) == one.person.organisation
        assert unguarded(row["summary"]) == one.summary
        assert round(float(row["spent_s"]) * 1000) == one.spent_ms
        assert round(float(row["over_s"]) * 1000) == one.over_ms
        assert row["began"].endswith("+09:00")
        assert row["tags"].split("\n") == list(one.tags or ("",))
        points = [note.text for note in one.notes if note.kind == "key_point"]
        assert row["key_points"].split("\n") == (points or [""])


def test_lines_end_as_rfc_4180_has_it_and_the_mark_is_there_only_when_asked_for() -> None:
    plain, marked = io.StringIO(newline=""), io.StringIO(newline="")

    write_interventions(RECORD, words_of(RECORD, "en"), plain)
    write_interventions(RECORD, words_of(RECORD, "en"), marked, mark=True)

    assert plain.getvalue().startswith(",".join(INTERVENTIONS) + "\r\n")
    assert marked.getvalue() == MARK + plain.getvalue()


def test_of_who_was_hidden_only_the_group_is_told() -> None:
    row = table(write_interventions)[-1]

    assert (row["name"], row["organisation"], row["group"]) == ("", "", "academia")


def test_who_was_not_heard_has_a_table_with_how_long_they_waited_and_why() -> None:
    rows = table(write_not_heard)

    assert [(row["topic"], row["name"], row["outcome"], row["waited_s"]) for row in rows] == [
        ("The WSIS vision", "", "removed", "547.0"),
        ("Emerging technologies", "Ana Alm", "passed_over", "83.0"),
        ("Emerging technologies", '</title><script>alert("x")</script>', "waiting", "235.0"),
    ]


def test_the_shares_of_the_topics_add_up_to_those_of_the_session() -> None:
    rows = table(write_shares, kyoto.record())

    for group in kyoto.record().groups:
        of_group = [row for row in rows if row["value"] == group]
        whole, *topics = (float(row["spent_s"]) for row in of_group)
        assert of_group[0]["topic"] == ""
        assert whole == pytest.approx(sum(topics))


def test_the_balance_has_counts_and_no_time_by_which_somebody_could_be_found() -> None:
    asked = replace(RECORD, balance={"gender": {"woman": Share(1, 160_000, 1), "": Share(6, 225_000, 4)}})

    rows = [row for row in table(write_shares, asked) if row["counted_by"] == "gender"]

    assert [tuple(row[column] for column in SHARES) for row in rows] == [
        ("gender", "", "woman", "1", "1", ""),
        ("gender", "", "not_stated", "6", "4", ""),
    ]


@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u00a0", "\ufeff", " \u200b ", "'", "''"])
@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_marked_as_a_text(first: str, before: str) -> None:
    formula = f'{before}{first}HYPERLINK("http://example.org";"x")'

    assert guarded(formula) == "'" + formula


@pytest.mark.parametrize("text", ["\tx", "\rx", "\nx"])
def test_so_is_what_begins_with_a_tab_or_the_end_of_a_line(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Ana", "'t Hooft", "3 - 2 = 1", "(+41) 22", "Ana =1", "“=”", "−5"])
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_the_table_as_it_was(text: str) -> None:
    first, *others = RECORD.topics[1].interventions
    said = replace(
        first,
        summary=text,
        person=replace(first.person, name=text, organisation=text),
        notes=(Note("n1", first.request, text, "", 0),),
    )
    topic = replace(RECORD.topics[1], interventions=(said, *others))
    row = table(write_interventions, replace(RECORD, topics=(RECORD.topics[0], topic, *RECORD.topics[2:])))[0]

    assert {unguarded(row[column]) for column in ("name", "organisation", "summary", "notes")} == {text}
    cell = row["name"].lstrip(" \u00a0\ufeff\u200b")
    assert cell[:1] not in {"=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"}
