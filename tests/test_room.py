"""The room on a real store: one writer, one transaction for all that waits, nothing true before it is kept."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app.answers import Accepted, Answer, RefusedFor
from app.floor.commands import (
    Announce,
    Command,
    EndSession,
    GiveFloor,
    Join,
    MergeParticipants,
    OpenTopic,
    PauseSession,
    RequestFloor,
    StartSession,
    TakeOutData,
    Undo,
    Withdraw,
)
from app.floor.errors import PlanConflict
from app.floor.people import Actor
from app.floor.plan import Plan
from app.floor.views_chair import chair_view
from app.room import Room
from app.store import Store
from tests.scenes import CHAIR, PLAN, STRANGER

ANA, BO = Actor("attendee", "ana"), Actor("attendee", "bo")
NOW_MS = 1_696_905_000_000


@contextlib.asynccontextmanager
async def opened(folder: Path, plan: Plan = PLAN) -> AsyncIterator[Room]:
    """A room at work on the folder's database, its clock at a fixed instant."""
    store = Store(f"sqlite:///{folder / 'floor.db'}", plan.id)
    room = Room(store, lambda: NOW_MS)
    room.lay_down(plan)
    writer = asyncio.create_task(room.run())
    try:
        yield room
    finally:
        writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer
        room.close()
        store.close()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """Running, on the topic "vision"; Ana and Bo have joined."""
    async with opened(tmp_path) as ready:
        await played(ready)
        yield ready


async def played(room: Room) -> None:
    answers = await asyncio.gather(
        room.handle(Join("ana", "Ana Alm", "Sweden", "government"), STRANGER, "j1"),
        room.handle(Join("bo", "Bo Berg", "Access for All", "civil_society"), STRANGER, "j2"),
        room.handle(StartSession(), CHAIR, "s1"),
        room.handle(OpenTopic("vision"), CHAIR, "s2"),
    )
    assert all(isinstance(answer, Accepted) for answer in answers)


@pytest.fixture
def commits() -> Iterator[list[Engine]]:
    """Every transaction that any database commits during the test."""
    seen: list[Engine] = []

    def note(connection: Engine) -> None:
        seen.append(connection)

    event.listen(Engine, "commit", note)
    yield seen
    event.remove(Engine, "commit", note)


def asked(folder: Path, query: str) -> list[tuple[object, ...]]:
    """What another connection finds committed."""
    with closing(sqlite3.connect(folder / "floor.db")) as reader, reader:
        return reader.execute(query).fetchall()


async def all_of(room: Room, *commands: tuple[Command, Actor, str]) -> list[Answer]:
    return await asyncio.gather(*(room.handle(*one) for one in commands))


async def test_a_command_is_answered_once_it_is_durable(room: Room, tmp_path: Path) -> None:
    answer = await room.handle(RequestFloor(summary="On funding"), ANA, "c1")

    assert answer == Accepted(room.seq)
    assert asked(tmp_path, "SELECT name, actor FROM event WHERE command_id = 'c1'") == [
        ("FloorRequested", "attendee:ana")
    ]


async def test_commands_that_wait_together_share_one_transaction(room: Room, commits: list[Engine]) -> None:
    people = [(Join(f"p{n}", f"Person {n}", "Peru", "government"), STRANGER, f"many{n}") for n in range(80)]

    answers = await all_of(room, *people, (RequestFloor(), ANA, "r"), (RequestFloor(), ANA, "again"))

    assert len(commits) == 1
    assert [type(answer) for answer in answers] == [Accepted] * 81 + [RefusedFor]


async def test_a_batch_is_decided_in_the_order_of_asking(room: Room) -> None:
    given, second, over = await all_of(
        room,
        (RequestFloor(), ANA, "a"),
        (GiveFloor(request="r1", after=None), CHAIR, "b"),
        (GiveFloor(request="r1", after=None), CHAIR, "c"),
    )

    assert isinstance(given, Accepted)
    assert isinstance(second, Accepted)
    assert over == RefusedFor("stale")


async def test_a_refused_command_changes_nothing(room: Room, tmp_path: Path) -> None:
    before, seq = room.state, room.seq

    assert await room.handle(RequestFloor(), CHAIR, "c1") == RefusedFor("not_joined")
    assert await room.handle(PauseSession(), ANA, "c2") == RefusedFor("not_chair")

    assert room.state is before
    assert asked(tmp_path, "SELECT max(seq) FROM event") == [(seq,)]


async def test_an_act_whose_wish_is_fulfilled_is_accepted_and_writes_no_event(room: Room) -> None:
    seq = room.seq

    assert await room.handle(StartSession(), CHAIR, "again") == Accepted(seq)

    assert room.seq == seq


# The same id twice


async def test_the_same_id_is_done_once_and_answered_twice(room: Room) -> None:
    together = await all_of(room, (RequestFloor(), ANA, "c1"), (RequestFloor(), ANA, "c1"))
    seq = room.seq
    await room.handle(Withdraw(), ANA, "c2")

    later = await room.handle(RequestFloor(), ANA, "c1")

    assert together == [Accepted(seq), Accepted(seq)]
    assert later == Accepted(seq)
    assert [one.status for one in room.state.requests.values()] == ["withdrawn"]


async def test_the_same_id_is_refused_the_same_though_it_would_be_allowed_by_now(room: Room) -> None:
    await room.handle(RequestFloor(), ANA, "c1")
    refused = await room.handle(RequestFloor(), ANA, "c2")
    await room.handle(Withdraw(), ANA, "c3")

    assert refused == RefusedFor("already_requested")
    assert await room.handle(RequestFloor(), ANA, "c2") == refused


async def test_an_id_is_its_sender_s_own(room: Room) -> None:
    await room.handle(RequestFloor(), ANA, "c1")

    await room.handle(RequestFloor(), BO, "c1")

    assert [one.participant for one in room.state.requests.values()] == ["ana", "bo"]


async def test_the_same_id_is_answered_the_same_after_a_restart(tmp_path: Path) -> None:
    long = Announce("x" * 300)
    async with opened(tmp_path) as room:
        await played(room)
        first = await all_of(room, (RequestFloor(), ANA, "c1"), (RequestFloor(), ANA, "c2"), (long, CHAIR, "c3"))

    async with opened(tmp_path) as room:
        again = await all_of(room, (RequestFloor(), ANA, "c1"), (RequestFloor(), ANA, "c2"), (long, CHAIR, "c3"))

    assert isinstance(first[0], Accepted)
    assert first[1:] == [RefusedFor("already_requested"), RefusedFor("too_long", {"field": "text", "most": 280})]
    assert again == first
    assert len(room.state.requests) == 1


# The log is the session


async def test_the_log_leads_to_the_live_state(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await played(room)
        await all_of(room, (RequestFloor(summary="…"), ANA, "1"), (RequestFloor("point_of_order"), BO, "2"))
        await room.handle(GiveFloor(after=None), CHAIR, "3")
        await room.handle(GiveFloor(after="r2"), CHAIR, "4")
        before, seq = room.state, room.seq

    async with opened(tmp_path) as room:
        assert room.seq == seq
        assert chair_view(room.state, {}) == chair_view(before, {})
        assert room.state == before


async def test_a_changed_plan_goes_into_the_log_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        seq = room.seq
    async with opened(tmp_path, replace(PLAN, contact="new@example.org")) as room:
        assert (room.seq, room.state.plan.contact) == (seq + 1, "new@example.org")
    async with opened(tmp_path, replace(PLAN, contact="new@example.org")) as room:
        assert room.seq == seq + 1


async def test_a_plan_that_contradicts_what_has_happened_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as room:
        await played(room)
        seq = room.seq

    with pytest.raises(PlanConflict, match="vision"):
        async with opened(tmp_path, replace(PLAN, topics=(PLAN.topics[0],))):
            pass

    async with opened(tmp_path) as room:
        assert room.seq == seq


# Several processes on one database


async def test_who_loses_the_race_for_the_log_reloads_and_decides_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as one:
        await played(one)
        await one.handle(RequestFloor(), ANA, "r1")
        await one.handle(RequestFloor(), BO, "r2")
        async with opened(tmp_path) as other:
            answers = await asyncio.gather(
                one.handle(GiveFloor("r1", after=None), CHAIR, "x"),
                other.handle(GiveFloor("r2", after=None), CHAIR, "y"),
            )

            assert sorted(type(answer).__name__ for answer in answers) == ["Accepted", "RefusedFor"]
            assert RefusedFor("stale") in answers
            assert asked(tmp_path, "SELECT count(*) FROM event WHERE name = 'FloorGiven'") == [(1,)]


async def test_many_commands_of_two_processes_are_each_done_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as one, opened(tmp_path) as other:
        await asyncio.gather(
            *(
                room.handle(Join(f"{side}{n}", f"Person {n}", "Peru", "government"), STRANGER, f"{side}{n}")
                for n in range(60)
                for side, room in (("a", one), ("b", other))
            )
        )
        await other.handle(Announce("so that it has read all"), CHAIR, "end")

    assert len(other.state.participants) == 120
    assert asked(tmp_path, "SELECT count(*), count(DISTINCT seq), max(seq) FROM event") == [(122, 122, 122)]


async def test_a_command_that_another_process_has_done_gets_the_answer_it_got_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as one, opened(tmp_path) as other:
        await played(one)
        first = await one.handle(RequestFloor(), ANA, "c1")

        assert await other.handle(RequestFloor(), ANA, "c1") == first
        assert len(other.state.requests) == 1


# A store that fails


async def test_what_cannot_be_kept_is_unavailable_and_changes_nothing_and_can_be_sent_again(
    room: Room, tmp_path: Path
) -> None:
    before, seq = room.state, room.seq
    asked(tmp_path, "ALTER TABLE event RENAME TO away")

    answers = await all_of(room, (RequestFloor(), ANA, "c1"), (EndSession(), CHAIR, "c2"))

    assert answers == [RefusedFor("unavailable")] * 2
    assert (room.state, room.seq) == (before, seq)
    asked(tmp_path, "ALTER TABLE away RENAME TO event")
    assert asked(tmp_path, "SELECT max(seq) FROM event") == [(seq,)]
    assert await room.handle(RequestFloor(), ANA, "c1") == Accepted(seq + 1)


async def test_a_fault_of_one_batch_does_not_stop_the_next(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    not_a_command = replace(Announce("x"), text=5)  # type: ignore[arg-type]

    assert await room.handle(not_a_command, CHAIR, "c1") == RefusedFor("unavailable")

    assert "a batch of 1 commands failed" in caplog.text
    assert isinstance(await room.handle(Announce("Welcome"), CHAIR, "c2"), Accepted)


async def test_a_sender_who_has_gone_does_not_stop_the_others(room: Room) -> None:
    gone = asyncio.create_task(room.handle(RequestFloor(), ANA, "c1"))
    stays = asyncio.create_task(room.handle(RequestFloor(), BO, "c2"))
    await asyncio.sleep(0)
    gone.cancel()

    assert isinstance(await stays, Accepted)
    assert len(room.state.requests) == 2


async def test_data_that_is_taken_out_goes_under_each_id_somebody_had_and_nobody_elses_goes_along(
    room: Room, tmp_path: Path
) -> None:
    await all_of(
        room,
        (Join("cy", "Cy Chen", "Kyoto University", "academia"), STRANGER, "j3"),
        (RequestFloor(summary="On funding"), ANA, "c1"),
        (RequestFloor(summary="On access"), Actor("attendee", "cy"), "c2"),
        (MergeParticipants("cy", "bo"), CHAIR, "c3"),
        (Undo(), CHAIR, "c4"),
        (MergeParticipants("ana", "bo"), CHAIR, "c5"),
    )

    assert isinstance(await room.handle(TakeOutData(), BO, "c6"), Accepted)

    assert asked(tmp_path, "SELECT id, name, organisation FROM participant ORDER BY id") == [
        ("ana", "", ""),
        ("bo", "", ""),
        ("cy", "Cy Chen", "Kyoto University"),
    ]
    assert asked(tmp_path, "SELECT text FROM words") == [("On access",)]
