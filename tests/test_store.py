"""The store, on SQLite and on PostgreSQL: what is appended is there, all or none, and nothing else is."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from app import migrations
from app.answers import Accepted, Answer, RefusedFor
from app.database import open_database
from app.entries import Entry, acts
from app.floor import events as e
from app.floor.people import SERVER, Actor, Participant
from app.floor.plan import Plan, PlannedTopic
from app.store import CommandKey, Conflict, Store
from app.wire import EVENTS

CHAIR, ANA = Actor("chair", "key"), Actor("attendee", "p1")
ANA_LIMA = Participant("p1", "Ana Lima", "Foro Abierto", "academia", "online", "es")
NOON = 1_696_905_000_000
PLAN = Plan(
    id="small",
    title={"en": "A session", "ar": "جلسة"},
    topics=(PlannedTopic("vision", 900_000, {"en": "The vision"}, {"en": "How far?"}),),
    groups={"academia": {"en": "Academia"}},
    duration_ms=900_000,
    speaking_time_ms=120_000,
    starts_ms=NOON,
    time_zone="Asia/Tokyo",
)
EVENTS_OF_EVERY_KIND: tuple[e.Event, ...] = (
    e.EverybodyErased(("p1",), 2, 3, NOON - 1),  # first, while there is nobody
    e.SessionPlanned(PLAN, NOON),
    e.ParticipantJoined(ANA_LIMA, NOON + 1),
    e.ParticipantChanged(ANA_LIMA, NOON + 2),
    e.SessionStarted(NOON + 3),
    e.SessionPaused(NOON + 4),
    e.SessionResumed(NOON + 5),
    e.TopicOpened("vision", NOON + 6),
    e.TopicAdjusted("vision", -30_000, NOON + 7),
    e.FloorRequested("r1", "p1", "vision", "right_of_reply", "On the record 📝", NOON + 8),
    e.RequestDescribed("r1", "On the record 📝", NOON + 9),
    e.RequestSteppedBack("r1", NOON + 10),
    e.RequestMoved("r1", None, NOON + 11),
    e.RequestMoved("r1", "r2", NOON + 12),
    e.PassedOver("r1", NOON + 13),
    e.FloorGiven("r1", 120_000, NOON + 14),
    e.InterventionAdjusted("r1", 30_000, NOON + 15),
    e.InterventionEnded("r1", 119_999, NOON + 16),
    e.RequestWithdrawn("r2", NOON + 17),
    e.RequestRemoved("r3", NOON + 18),
    e.ListClosed("vision", NOON + 19),
    e.ListOpened("vision", NOON + 20),
    e.SpeakingTimeSet(90_000, NOON + 21),
    e.OrderSet("balanced", NOON + 22),
    e.Announced("Lunch at noon", NOON + 23, "a1"),
    e.Announced("", NOON + 23),
    e.ActTakenBack(NOON + 24),
    e.SessionEnded(NOON + 25),
    e.TimeTaken("vision", {"closing": 60_000}, NOON + 26),
    e.ActDoneAgain(NOON + 27),
    e.NoteAdded("n1", "r1", "Key point: local content", "Reports", NOON + 28),
    e.ParticipantHidden("p1", NOON + 29),
    e.ParticipantsMerged("p2", "p1", NOON + 30),
    e.ParticipantErased("p9", ("p8",), ("r9",), NOON + 31, ("n9",), ("p7", "r7"), 1),
    e.NoteAdded("n-of-a-page", "", "Welcome", "Reports", NOON + 32, "opening", "quote"),
    e.NoteEdited("n-of-a-page", "Welcome", "key_point", "chair", NOON + 33),
    e.NoteRemoved("n8", NOON + 34),
    e.TagAdded("vision", "access", "r1", NOON + 35),
    e.TagRemoved("vision", "access", "", NOON + 36),
    e.RecordPublished(NOON + 37),
    e.RecordWithdrawn(NOON + 38),
    e.NameTakenOut("a1", "Lunch at noon", NOON + 39),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(Store(url, "small")) as opened:
        yield opened


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'floor.db'}"


def entry(seq: int, event: e.Event, actor: Actor = CHAIR, command_id: str = "c1") -> Entry:
    return Entry(seq, actor, command_id, event)


def joined(seq: int, participant: Participant = ANA_LIMA) -> Entry:
    return entry(seq, e.ParticipantJoined(participant, NOON), ANA)


def requested(seq: int, summary: str) -> Entry:
    return entry(seq, e.FloorRequested("r1", "p1", "vision", "intervention", summary, NOON), ANA)


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    """What the database itself holds, read by another connection."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


# The log


def test_events_of_every_kind_come_back_as_they_were_after_a_restart(url: str) -> None:
    assert {type(event).__name__ for event in EVENTS_OF_EVERY_KIND} == set(EVENTS)
    written = [
        entry(seq, event, (CHAIR, ANA, SERVER)[seq % 3], f"c{seq}")
        for seq, event in enumerate(EVENTS_OF_EVERY_KIND, start=1)
    ]
    with closing(Store(url, "small")) as store:
        store.append(written, {})

    with closing(Store(url, "small")) as store:
        assert store.load() == written


def test_loading_goes_on_from_where_one_stands(store: Store) -> None:
    store.append([entry(1, e.SessionStarted(1)), entry(2, e.SessionPaused(2)), entry(3, e.SessionEnded(3))], {})

    assert [one.seq for one in store.load(after_seq=1)] == [2, 3]
    assert store.load(after_seq=3) == []


def test_the_newest_seq_and_instant_are_those_of_the_log(store: Store) -> None:
    assert (store.newest_seq(), store.newest_ms()) == (0, 0)

    store.append([entry(1, e.SessionStarted(NOON)), entry(2, e.SessionPaused(NOON + 5))], {})

    assert (store.newest_seq(), store.newest_ms()) == (2, NOON + 5)


def test_neighbours_of_one_command_are_one_act() -> None:
    log = [
        entry(1, e.SessionStarted(1), CHAIR, "a"),
        entry(2, e.TopicOpened("vision", 1), CHAIR, "a"),
        entry(3, e.SessionPaused(2), CHAIR, "b"),
        entry(4, e.RequestWithdrawn("r1", 3), ANA, "b"),
    ]

    assert [(actor, len(events)) for actor, events in acts(log)] == [(CHAIR, 2), (CHAIR, 1), (ANA, 1)]


# The lock


def test_who_appends_an_event_of_the_same_seq_second_has_lost(store: Store) -> None:
    store.append([entry(1, e.SessionStarted(1))], {})

    with pytest.raises(Conflict):
        store.append([entry(1, e.SessionEnded(2))], {})

    assert store.load() == [entry(1, e.SessionStarted(1))]


def test_a_batch_is_appended_whole_or_not_at_all(url: str, store: Store) -> None:
    store.append([entry(1, e.SessionStarted(1))], {})

    with pytest.raises(Conflict):
        store.append([joined(2), entry(1, e.SessionEnded(2))], {("attendee:p1", "c1"): Accepted(2)})

    assert [one.seq for one in store.load()] == [1]
    assert store.answers() == {}
    assert rows(url, "SELECT * FROM participant") == []


def test_a_command_that_another_process_has_answered_is_a_lost_race_too(store: Store) -> None:
    store.append([entry(1, e.SessionStarted(1))], {("chair:key", "c1"): Accepted(1)})

    with pytest.raises(Conflict):
        store.append([entry(2, e.SessionEnded(2))], {("chair:key", "c1"): Accepted(2)})

    assert store.answers() == {("chair:key", "c1"): Accepted(1)}
    assert store.newest_seq() == 1


# Answers


def test_answers_survive_a_restart(url: str) -> None:
    given: dict[CommandKey, Answer] = {
        ("attendee:p1", "c1"): Accepted(7),
        ("attendee:p2", "c1"): RefusedFor("list_closed"),
        ("chair:key", "c2"): RefusedFor("too_long", {"field": "text", "most": 280}),
    }
    with closing(Store(url, "small")) as store:
        store.append([], given)

    with closing(Store(url, "small")) as store:
        assert store.answers() == given


# Personal words


def test_who_somebody_is_and_what_they_wrote_stand_beside_the_log_and_not_in_it(url: str, store: Store) -> None:
    ana_now = replace(ANA_LIMA, name="Ana Lima Souza")
    store.append(
        [
            joined(1),
            entry(2, e.ParticipantChanged(ana_now, NOON), ANA),
            requested(3, "My first thought"),
            entry(4, e.RequestDescribed("r1", "My second thought", NOON), ANA),
        ],
        {("attendee:p1", "c1"): Accepted(4)},
    )

    log = str(rows(url, "SELECT * FROM event")) + str(rows(url, "SELECT * FROM answer"))
    assert not [word for word in ("Ana", "Foro", "thought") if word in log]
    assert rows(url, "SELECT id, name, organisation, language, has_phone FROM participant") == [
        ("p1", "Ana Lima Souza", "Foro Abierto", "es", True)
    ]
    assert rows(url, "SELECT about, text FROM words") == [("r1", "My second thought")]


def test_a_request_without_a_word_about_it_leaves_no_row(url: str, store: Store) -> None:
    store.append([joined(1), requested(2, "")], {})

    assert rows(url, "SELECT * FROM words") == []


def test_a_word_taken_back_is_gone(url: str, store: Store) -> None:
    store.append([joined(1), requested(2, "Too much said")], {})

    store.append([entry(3, e.RequestDescribed("r1", "", NOON), ANA)], {})

    assert rows(url, "SELECT text FROM words") == [("",)]
    assert [getattr(one.event, "summary", None) for one in store.load()] == [None, "", ""]


def test_the_log_still_reads_when_a_person_has_been_erased(url: str, store: Store) -> None:
    store.append([joined(1), requested(2, "My thought")], {})

    execute(url, "DELETE FROM participant")
    execute(url, "DELETE FROM words")
    execute(url, "DELETE FROM former")

    nobody = replace(ANA_LIMA, name="", organisation="", language="")
    assert store.load() == [joined(1, nobody), requested(2, "")]


# Several sessions


def test_a_new_session_begins_empty_in_the_same_database(url: str, store: Store) -> None:
    store.append([joined(1), requested(2, "Mine")], {("attendee:p1", "c1"): Accepted(2)})
    store.keep_key("chair", "chair", "hash")

    with closing(Store(url, "next-week")) as other:
        assert (other.load(), other.answers(), other.console_keys(), other.newest_seq()) == ([], {}, [], 0)
        other.append([joined(1, replace(ANA_LIMA, name="Somebody else"))], {("attendee:p1", "c1"): Accepted(1)})

    assert store.load() == [joined(1), requested(2, "Mine")]


# Keys and secrets


def test_a_secret_once_kept_stays(url: str) -> None:
    with closing(Store(url, "small")) as store:
        assert store.secret("cookies", otherwise="first") == "first"

    with closing(Store(url, "small")) as store:
        assert store.secret("cookies", otherwise="second") == "first"


def test_a_new_key_of_a_name_takes_the_place_of_the_one_before_it(store: Store) -> None:
    store.keep_key("chair", "chair", "hash of the first")
    store.keep_key("chair", "chair", "hash of the second")
    store.keep_key("Reports", "secretariat", "another hash")

    assert {(row.name, row.role, row.hash) for row in store.console_keys()} == {
        ("Reports", "secretariat", "another hash"),
        ("chair", "chair", "hash of the second"),
    }


def test_a_revoked_key_is_gone_and_can_be_made_again(store: Store) -> None:
    store.keep_key("chair", "chair", "hash")

    assert store.revoke_key("chair")
    assert store.console_keys() == []
    assert not store.revoke_key("chair")
    store.keep_key("chair", "chair", "hash")
    assert [row.name for row in store.console_keys()] == ["chair"]


# The clock


def test_the_clock_keeps_its_zero_once_the_session_has_begun_until_the_machine_starts_anew(store: Store) -> None:
    assert store.clock_zero_ms("boot 1") is None
    store.keep_clock("boot 1", 1_000)
    assert store.clock_zero_ms("boot 1") is None, "nothing depends on it yet"

    store.append([entry(1, e.SessionStarted(NOON))], {})

    assert store.clock_zero_ms("boot 1") == 1_000
    assert store.clock_zero_ms("boot 2") is None
    store.keep_clock("", 2_000)
    assert store.clock_zero_ms("") is None, "nobody knows which start that was"


# Health


def test_a_trial_write_leaves_nothing(url: str, store: Store) -> None:
    store.check_writable()
    store.check_writable()

    assert rows(url, "SELECT * FROM secret") == []


def test_a_database_that_takes_nothing_says_so(url: str, store: Store) -> None:
    execute(url, "ALTER TABLE secret RENAME TO away")
    execute(url, "ALTER TABLE event RENAME TO gone")

    with pytest.raises(DatabaseError):
        store.check_writable()
    with pytest.raises(DatabaseError):
        store.append([entry(1, e.SessionStarted(1))], {("chair:key", "c1"): Accepted(1)})

    assert store.answers() == {}


# The schema


def differences(url: str) -> list[object]:
    """Where the database is not as tables.py has it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()
    return found


def revisions() -> list[str]:
    return [revision.revision for revision in ScriptDirectory.from_config(alembic()).walk_revisions()]


def alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def test_a_fresh_database_is_as_the_tables_say(url: str) -> None:
    open_database(url).dispose()

    assert differences(url) == []


@pytest.mark.parametrize("revision", revisions())
def test_a_database_of_any_earlier_version_is_brought_up_to_date(url: str, revision: str) -> None:
    config, engine = alembic(), create_engine(url)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
    engine.dispose()

    open_database(url).dispose()

    assert differences(url) == []


def test_notices_of_a_database_of_before_are_taken_out_of_its_log(url: str) -> None:
    config, engine = alembic(), create_engine(url)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for seq, said in enumerate(("Welcome, Ana", "", "Lunch"), start=1):
            kept = json.dumps({"text": said, "at_ms": NOON})
            row = {"session": "small", "seq": seq, "at_ms": NOON, "actor": "chair:key", "command_id": f"c{seq}"}
            connection.execute(
                text(
                    "INSERT INTO event (session, seq, at_ms, actor, command_id, name, data)"
                    " VALUES (:session, :seq, :at_ms, :actor, :command_id, 'Announced', :data)"
                ),
                row | {"data": kept},
            )
        connection.commit()
    engine.dispose()

    with closing(Store(url, "small")) as store:
        loaded = [one.event for one in store.load()]

    assert loaded == [e.Announced("Welcome, Ana", NOON, "a1"), e.Announced("", NOON), e.Announced("Lunch", NOON, "a2")]
    assert "Ana" not in str(rows(url, "SELECT * FROM event"))


def test_opening_a_database_of_today_again_changes_nothing(url: str) -> None:
    with closing(Store(url, "small")) as store:
        store.append([entry(1, e.SessionStarted(1))], {})

    with closing(Store(url, "small")) as store:
        assert store.newest_seq() == 1
    assert differences(url) == []


# SQLite alone


def test_a_commit_to_sqlite_survives_a_power_cut(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path))
    with engine.connect() as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    engine.dispose()

    assert (journal, synchronous) == ("wal", 2), "2 is FULL: every commit waits for the disk"


def test_nobody_but_its_owner_reads_a_new_database_file(tmp_path: Path) -> None:
    with closing(Store(sqlite_url(tmp_path / "not" / "yet" / "there"), "small")) as store:
        store.append([joined(1)], {})
        files = list((tmp_path / "not" / "yet" / "there").iterdir())

        assert {file.name for file in files} >= {"floor.db", "floor.db-wal"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_what_was_appended_can_be_read_while_the_store_is_open(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with closing(Store(url, "small")) as store:
        store.append([entry(1, e.SessionStarted(1))], {})

        with closing(sqlite3.connect(f"file:{make_url(url).database}?mode=ro", uri=True)) as reader:
            assert reader.execute("SELECT seq, name FROM event").fetchall() == [(1, "SessionStarted")]
