"""The event log as lines of JSON: all of it, and nothing of who took out their data."""

import io
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.entries import Entry, folded
from app.exports.log_lines import write_log
from app.floor.commands import EraseParticipant, Join, Undo
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.rules import decide
from app.floor.state import EMPTY, State
from app.store import Store
from app.wire import parse_actor, parse_event
from tests import kyoto
from tests.scenes import CHAIR


def lines(entries: list[Entry] | tuple[Entry, ...]) -> list[dict[str, Any]]:
    out = io.BytesIO()
    assert write_log(entries, out) == len(entries)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def entries_of(found: list[dict[str, Any]]) -> list[Entry]:
    return [
        Entry(one["seq"], parse_actor(one["actor"]), one["command_id"], parse_event(one["name"], one["data"]))
        for one in found
    ]


def test_folded_again_the_lines_lead_to_the_same_session() -> None:
    log = kyoto.log()
    found = lines(log)

    assert [one["seq"] for one in found] == list(range(1, len(log) + 1))
    assert all(one["at_ms"] == one["data"]["at_ms"] for one in found)
    assert entries_of(found) == list(log)
    assert folded(EMPTY, entries_of(found)) == folded(EMPTY, log)


def test_an_act_that_was_taken_back_is_in_it() -> None:
    log = kyoto.log()
    state = folded(EMPTY, log)
    undone = decide(state, Undo(), CHAIR, log[-1].event.at_ms)
    more = [*log, *(Entry(len(log) + 1, CHAIR, "undo", event) for event in undone)]

    assert [one["name"] for one in lines(more)][-2:] == ["SessionEnded", "ActTakenBack"]


def test_it_is_readable_as_it_stands() -> None:
    out = io.BytesIO()
    write_log(kyoto.log(), out)

    assert "山田 花子" in out.getvalue().decode()


def test_what_people_said_of_their_gender_and_region_is_not_in_it() -> None:
    state: State = folded(EMPTY, kyoto.log()[:1])
    plan = replace(state.plan, asks_for=("gender", "region"))
    asked = replace(state, plan=plan)
    join = Join("eve", "Eve", "", "academia", gender="woman", region="african")
    events = decide(asked, join, Actor("attendee"), state.plan.starts_ms)
    assert enact(asked, events, Actor("attendee")).participants["eve"].gender == "woman"

    found = lines([Entry(2, Actor("attendee"), "j", event) for event in events])

    assert found[0]["data"]["participant"]["name"] == "Eve"
    assert not {"gender", "region"} & found[0]["data"]["participant"].keys()
    assert "woman" not in json.dumps(found)


def test_of_who_took_out_their_data_nothing_personal_is_in_it(tmp_path: Path) -> None:
    log = kyoto.log()
    state = folded(EMPTY, log)
    erased = decide(state, EraseParticipant("p2"), SERVER, log[-1].event.at_ms)
    out = io.BytesIO()
    with closing(Store(f"sqlite:///{tmp_path / 'floor.db'}", "kyoto")) as store:
        store.append(log, {})
        store.append([Entry(len(log) + 1, SERVER, "erase", event) for event in erased], {})

        write_log(store.load(), out)

    assert "山田" not in out.getvalue().decode()
    assert "日本国総務省" not in out.getvalue().decode()
    assert "佐藤 健" in out.getvalue().decode()
