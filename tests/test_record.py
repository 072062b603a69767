"""The record: read off the log, safe in a spreadsheet, and without what was taken back."""

import csv
import io
import json

import pytest

from app import record
from app.entries import Entry
from app.floor.commands import (
    Conclude,
    GiveFloor,
    Join,
    OpenTopic,
    PauseSession,
    RequestFloor,
    ResumeSession,
    StartSession,
    Undo,
)
from app.floor.people import Actor
from app.floor.state import EMPTY, State
from app.wire import event_data, parse_event
from tests.scenes import ANA, ANA_SPEAKS, BO, CHAIR, CY, JOINED, START, enacted, played

HOUR_MS = 3_600_000


def table(state: State) -> list[dict[str, str]]:
    """The CSV, as a spreadsheet reads it."""
    out = io.StringIO(newline="")
    assert record.write_interventions(state, out) == out.getvalue().count("\r\n") - 1
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), strict=True))


def test_each_finished_intervention_is_one_row() -> None:
    state = played(
        ANA_SPEAKS,
        (40_000, CHAIR, GiveFloor("r2", after="r1")),
        (50_000, CHAIR, PauseSession()),
        (80_000, CHAIR, ResumeSession()),
        (200_500, BO, Conclude()),
    )

    assert table(state) == [
        {
            "topic": "The WSIS vision",
            "kind": "intervention",
            "name": "Ana Alm",
            "organisation": "Sweden",
            "group": "government",
            "where": "room",
            "began": "1970-01-01T00:00:10.000+00:00",
            "ended": "1970-01-01T00:00:40.000+00:00",
            "speaking_time_s": "120.0",
            "spent_s": "30.0",
            "over_s": "0.0",
            "summary": "",
        },
        {
            "topic": "The WSIS vision",
            "kind": "intervention",
            "name": "Bo Berg",
            "organisation": "Access for All",
            "group": "civil_society",
            "where": "room",
            "began": "1970-01-01T00:00:40.000+00:00",
            "ended": "1970-01-01T00:03:20.500+00:00",
            "speaking_time_s": "120.0",
            "spent_s": "130.5",
            "over_s": "10.5",
            "summary": "",
        },
    ]


def test_who_still_speaks_or_waits_is_not_in_the_table_yet() -> None:
    assert table(ANA_SPEAKS) == []


def test_a_table_of_nothing_has_its_head() -> None:
    out = io.StringIO()

    assert record.write_interventions(EMPTY, out) == 0
    assert out.getvalue() == ",".join(record.COLUMNS) + "\r\n"


def test_an_intervention_taken_back_is_not_in_the_table() -> None:
    ended = played(ANA_SPEAKS, (40_000, CHAIR, GiveFloor("r2", after="r1")))
    assert len(table(ended)) == 1

    assert table(played(ended, (41_000, CHAIR, Undo()))) == []


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_a_text_that_a_spreadsheet_would_run_is_marked_as_a_text(first: str) -> None:
    formula = f'{first}HYPERLINK("http://example.org";"x")'
    state = played(
        JOINED,
        (0, CHAIR, StartSession()),
        (0, CHAIR, OpenTopic("vision")),
        (0, Actor("attendee"), Join("eve", formula, formula, "academia")),
        (1_000, Actor("attendee", "eve"), RequestFloor(summary=formula)),
        (2_000, CHAIR, GiveFloor("r1")),
        (3_000, Actor("attendee", "eve"), Conclude()),
    )

    (row,) = table(state)

    assert (row["name"], row["organisation"], row["summary"]) == ("'" + formula,) * 3


def test_any_text_comes_back_from_the_table_as_it_was() -> None:
    odd = 'Ana "the ' + "quick" + '", Lima; ليما – 利馬'
    state = played(
        START,
        (1_000, ANA, RequestFloor(summary=odd)),
        (2_000, CHAIR, GiveFloor("r1")),
        (3_000, ANA, Conclude()),
    )

    assert table(state)[0]["summary"] == odd


def test_the_log_is_a_line_of_json_for_each_event_with_who_and_when() -> None:
    state = enacted(START, RequestFloor(summary="Ünder 利馬"), CY, 1_000)
    events = [
        Entry(7, CY, "c1", event)
        for event in (
            parse_event("FloorRequested", {**floor_requested(state)}),
            parse_event("SessionEnded", {"at_ms": 9}),
        )
    ]
    out = io.StringIO()

    record.write_log(events, out)

    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines[0] == {
        "seq": 7,
        "at_ms": 1_000,
        "actor": "attendee:cy",
        "command_id": "c1",
        "name": "FloorRequested",
        "data": event_data(events[0].event),
    }
    assert "Ünder 利馬" in out.getvalue(), "readable as it stands"
    assert [parse_event(line["name"], line["data"]) for line in lines] == [one.event for one in events]


def floor_requested(state: State) -> dict[str, object]:
    (request,) = state.requests.values()
    return {
        "request": request.id,
        "participant": request.participant,
        "topic": request.topic,
        "kind": request.kind,
        "summary": request.summary,
        "at_ms": request.at_ms,
    }
