"""The whole 90 minutes at speed, on a real server: the record, held against what the simulated people did and saw."""

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.entries import acts
from app.floor.record import Person, Record, Spoken
from app.floor.record_making import record_of
from app.rehearsal import rehearse
from app.rehearsal.cast import Person as Simulated
from app.rehearsal.diary import Diary
from app.store import Store
from tests.serving import REPOSITORY, ServerProcess

PACE = 240
SESSION = (REPOSITORY / "session_config.yaml").read_text("utf-8")


@dataclass(frozen=True)
class Played:
    """A hall of forty, a chair and two note-takers, from the first word to the last."""

    diary: Diary
    wall: dict[str, Any]
    """What the room display showed in the end."""
    record: Record

    @property
    def spoken(self) -> dict[str, Spoken]:
        return {one.request: one for one in self.record.spoken}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    server = ServerProcess(tmp_path_factory.mktemp("rehearsal"), SESSION).start()
    links = [secretariat_link(server, name) for name in ("Ana", "Bo")]
    server.end()
    server.start()  # a running server knows a new key a moment after it was made, this one at once
    try:
        hall = asyncio.run(
            rehearse(
                server.address,
                attendees=40,
                pace=PACE,
                seed=7,
                chair_link=server.chair_link,
                secretariat_links=links,
                report=lambda _: None,
            )
        )
        wall = httpx.get(f"{server.address}/api/state").json()["state"]
    finally:
        server.end()
    with closing(Store(f"sqlite:///{server.database}", wall["session"]["id"])) as store:
        return Played(hall.diary, wall, record_of(acts(store.load()), 0))


def secretariat_link(server: ServerProcess, name: str) -> str:
    where = ("--config", str(server.config), "--database", server.database, "--public-address", server.address)
    made = CliRunner().invoke(cli, ["keys", "new", "secretariat", "--name", name, *where])
    assert made.exit_code == 0, made.output
    return made.stdout.strip()


def known(person: Simulated) -> tuple[str, str, str, str]:
    return person.name, person.organisation, person.group, person.where


def named(person: Person) -> tuple[str, str, str, str]:
    return person.name, person.organisation, person.group, person.where


def test_the_session_was_played_to_its_end_with_every_topic_and_group(played: Played) -> None:
    assert played.record.status == "ended"
    assert all(topic.began_ms is not None and topic.ended_ms is not None for topic in played.record.topics)
    assert all(share.count for share in played.record.shares.values())
    assert len(played.record.spoken) >= 20
    assert len(played.diary.written) >= 20


def test_who_spoke_is_who_says_they_spoke_on_what_and_for_how_long(played: Played) -> None:
    said = {request: asked for request, asked in played.diary.asked.items() if asked.outcome == "spoken"}
    by_phone = {request: one for request, one in played.spoken.items() if request not in played.diary.by_hand}

    assert said.keys() == by_phone.keys()
    for request, asked in said.items():
        one = by_phone[request]
        assert (named(one.person), one.topic, one.kind) == (known(asked.person), asked.topic, asked.kind)
        assert one.spent_ms == asked.spent_ms


def test_whom_a_console_put_on_the_list_is_in_the_record_as_they_were_entered(played: Played) -> None:
    people = {request: one.person for request, one in played.spoken.items()} | {
        one.request: one.person for topic in played.record.topics for one in topic.not_heard
    }

    assert len(played.diary.by_hand) >= 4
    for request, guest in played.diary.by_hand.items():
        assert named(people[request]) == known(guest)


def test_who_asked_and_was_not_heard_is_who_says_so_and_nobody_who_withdrew_is_named(played: Played) -> None:
    not_heard = {one.request: one for topic in played.record.topics for one in topic.not_heard}
    outcomes = {request: asked.outcome for request, asked in played.diary.asked.items()}

    assert not_heard
    for request, one in not_heard.items():
        if request not in played.diary.by_hand:
            assert (outcomes[request], named(one.person)) == (one.outcome, known(played.diary.asked[request].person))
    assert {request for request, outcome in outcomes.items() if outcome in {"waiting", "passed_over"}} <= set(not_heard)
    withdrawn = {request for request, outcome in outcomes.items() if outcome == "withdrawn"}
    assert not withdrawn & {*not_heard, *played.spoken}
    assert sum(topic.withdrawn for topic in played.record.topics) == len(withdrawn)


def test_every_note_and_tag_is_there_as_it_was_typed_to_the_end(played: Played) -> None:
    on_what_was_said = [note for one in played.record.spoken for note in one.notes]
    from_the_chair = [note for topic in played.record.topics for note in topic.notes]
    noted = {note.id: note for note in (*on_what_was_said, *from_the_chair)}

    for id_, written in played.diary.written.items():
        if not written.request or written.request in played.spoken:
            note = noted[id_]
            assert (note.text, note.kind, note.request, note.topic) == (
                written.text,
                written.kind,
                written.request,
                written.topic,
            )
    tagged = {(one.request, tag) for one in played.record.spoken for tag in one.tags}
    assert tagged == {(request, tag) for request, tag in played.diary.tags if request in played.spoken}


def test_each_topic_took_as_long_as_the_wall_showed(played: Played) -> None:
    for topic in played.record.topics:
        shown = played.wall["topics"][topic.plan.id]["timer"]
        assert topic.elapsed_ms - topic.paused_ms == shown["spent_ms"]
        assert topic.spoken_ms + topic.silent_ms + topic.paused_ms == topic.elapsed_ms
        assert topic.plan.planned_ms + topic.added_ms == shown["allotted_ms"]
    assert played.record.elapsed_ms - played.record.paused_ms == played.wall["session"]["timer"]["spent_ms"]


def test_each_groups_share_is_the_sum_of_what_its_people_say(played: Played) -> None:
    spent: Counter[str] = Counter()
    for request, one in played.spoken.items():
        asked = played.diary.asked.get(request)
        person = asked.person if asked else played.diary.by_hand[request]
        if one.kind != "point_of_order":
            spent[person.group] += one.spent_ms

    assert {group: share.spent_ms for group, share in played.record.shares.items()} == {
        group: spent[group] for group in played.record.shares
    }
