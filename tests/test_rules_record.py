"""The record's rules: notes that several hands write, tags, what is published, and what is erased."""

from dataclasses import replace

import pytest

from app.floor.commands import (
    AddNote,
    AddRequest,
    AddTag,
    Announce,
    Command,
    EditNote,
    EditParticipant,
    EndIntervention,
    EndSession,
    EraseEverybody,
    EraseParticipant,
    HideParticipant,
    Join,
    MergeParticipants,
    PlanSession,
    PublishRecord,
    Redo,
    RemoveNote,
    RemoveTag,
    RequestFloor,
    TakeOutData,
    Undo,
    WithdrawRecord,
)
from app.floor.events import (
    EverybodyErased,
    NameTakenOut,
    NoteAdded,
    NoteEdited,
    NoteRemoved,
    ParticipantErased,
    RecordPublished,
    RequestWithdrawn,
    TagAdded,
    TagRemoved,
)
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.rules import decide
from app.floor.rules_record import MOST_TAGS
from app.floor.state import State
from app.floor.views import audience_view
from app.floor.views_chair import chair_view
from app.floor.views_own import own_view
from tests.scenes import (
    ANA,
    ANA_SPEAKS,
    BO,
    CHAIR,
    CY,
    DI,
    PEOPLE,
    PLAN,
    PLANNED,
    START,
    enacted,
    names,
    outcome,
    played,
    waiting,
)

REPORTS, OTHER = Actor("secretariat", "Reports"), Actor("secretariat", "Reports 2")
PAGE = "n-of-a-page"
SPOKEN = played(ANA_SPEAKS, (20_000, CHAIR, EndIntervention("r1")))
ENDED = enacted(SPOKEN, EndSession(), CHAIR, 30_000)
PUBLISHED = enacted(ENDED, PublishRecord(), REPORTS, 40_000)

# Notes


def test_a_note_is_on_an_intervention_or_on_a_topic() -> None:
    assert decide(SPOKEN, AddNote("Access", "r1", kind="quote"), REPORTS, 21_000) == (
        NoteAdded("n1", "r1", "Access", "Reports", 21_000, "", "quote"),
    )
    assert decide(SPOKEN, AddNote("Welcome", topic="opening", note=PAGE), Actor("chair"), 21_000) == (
        NoteAdded(PAGE, "", "Welcome", "chair", 21_000, "opening", "note"),
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddNote("On nothing"), "malformed"),
        (AddNote("On both", "r1", "vision"), "malformed"),
        (AddNote("On an unknown one", "r99"), "no_such_request"),
        (AddNote("On an unknown one", topic="lunch"), "no_topic"),
        (AddNote(" \u2066", "r1"), "malformed"),
        (AddNote("x" * 2_001, "r1"), "too_long"),
        (AddNote("An id of the server's", "r1", note="n7"), "malformed"),
        (AddNote("Too short an id", "r1", note="n-1234567"), "malformed"),
        (AddNote("Too long an id", "r1", note="n-" + "1" * 65), "malformed"),
        (AddNote("No letter of an id", "r1", note="n-1234567é"), "malformed"),
    ],
)
def test_a_note_that_makes_no_sense_is_refused(command: AddNote, code: str) -> None:
    assert outcome(SPOKEN, command, REPORTS, 21_000) == code


def test_the_longest_note_is_taken() -> None:
    (added,) = decide(SPOKEN, AddNote("x" * 2_000, "r1", note="n-" + "1" * 64), REPORTS, 21_000)

    assert isinstance(added, NoteAdded)


def test_an_id_of_a_page_is_used_once() -> None:
    noted = enacted(SPOKEN, AddNote("First", "r1", note=PAGE), REPORTS, 21_000)

    assert outcome(noted, AddNote("Second", "r1", note=PAGE), OTHER, 22_000) == "stale"


def test_nobody_overwrites_what_they_have_not_seen() -> None:
    noted = played(
        SPOKEN,
        (21_000, REPORTS, AddNote("Access", "r1", note=PAGE)),
        (22_000, OTHER, EditNote(PAGE, "Access first", 0, "key_point")),
    )

    assert outcome(noted, EditNote(PAGE, "Access for all", 0), REPORTS, 23_000) == "stale"
    assert outcome(noted, RemoveNote(PAGE, 0), REPORTS, 23_000) == "stale"
    assert decide(noted, EditNote(PAGE, "Access first of all", 1), REPORTS, 23_000) == (
        NoteEdited(PAGE, "Access first of all", "key_point", "Reports", 23_000),
    )
    assert decide(noted, RemoveNote(PAGE, 1), REPORTS, 23_000) == (NoteRemoved(PAGE, 23_000),)
    assert (noted.notes[PAGE].version, noted.notes[PAGE].by, noted.notes[PAGE].at_ms) == (1, "Reports 2", 21_000)


def test_writing_the_same_again_changes_nothing() -> None:
    noted = enacted(SPOKEN, AddNote("Access", "r1", note=PAGE), REPORTS, 21_000)

    assert decide(noted, EditNote(PAGE, " Access ", 0), OTHER, 22_000) == ()
    assert names(decide(noted, EditNote(PAGE, "Access", 0, "quote"), OTHER, 22_000)) == ["NoteEdited"]


@pytest.mark.parametrize("command", [EditNote("n1", "Access", 0), RemoveNote("n1", 0)])
def test_a_note_that_is_gone_is_no_note(command: Command) -> None:
    gone = played(SPOKEN, (21_000, REPORTS, AddNote("Access", "r1")), (22_000, REPORTS, RemoveNote("n1", 0)))

    assert outcome(gone, command, REPORTS, 23_000) == "no_such_note"
    assert names(decide(gone, AddNote("Anew", "r1"), REPORTS, 23_000)) == ["NoteAdded"]
    assert enacted(gone, AddNote("Anew", "r1"), REPORTS, 23_000).notes.keys() == {"n2"}, "no id is used twice"


# Tags


def test_a_tag_is_one_however_it_is_capitalised() -> None:
    tagged = enacted(SPOKEN, AddTag("vision", "Access"), REPORTS, 21_000)

    assert decide(tagged, AddTag("vision", " ACCESS "), OTHER, 22_000) == ()
    assert decide(tagged, AddTag("vision", "access", "r1"), OTHER, 22_000) == (
        TagAdded("vision", "Access", "r1", 22_000),
    )


def test_a_tag_goes_from_one_intervention_or_from_all() -> None:
    tagged = played(
        SPOKEN, (21_000, REPORTS, AddTag("vision", "access", "r1")), (22_000, REPORTS, AddTag("vision", "access", "r2"))
    )

    assert decide(tagged, RemoveTag("vision", "access", "r1"), OTHER, 23_000) == (
        TagRemoved("vision", "access", "r1", 23_000),
    )
    assert enacted(tagged, RemoveTag("vision", "access", "r1"), OTHER, 23_000).tags["vision"] == {"access": ("r2",)}
    assert enacted(tagged, RemoveTag("vision", "access"), OTHER, 23_000).tags["vision"] == {}
    assert decide(tagged, RemoveTag("vision", "access", "r3"), OTHER, 23_000) == ()
    assert decide(tagged, RemoveTag("vision", "cost"), OTHER, 23_000) == ()


def test_a_tag_on_no_intervention_any_more_stays_the_topics() -> None:
    tagged = enacted(SPOKEN, AddTag("vision", "access", "r1"), REPORTS, 21_000)

    assert enacted(tagged, RemoveTag("vision", "access", "r1"), OTHER, 23_000).tags["vision"] == {"access": ()}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddTag("lunch", "access"), "no_topic"),
        (AddTag("risks", "access", "r1"), "no_such_request"),
        (AddTag("vision", "access", "r99"), "no_such_request"),
        (AddTag("vision", " "), "malformed"),
        (AddTag("vision", "x" * 41), "too_long"),
        (RemoveTag("lunch", "access"), "no_topic"),
        (RemoveTag("risks", "access", "r1"), "no_such_request"),
    ],
)
def test_a_tag_that_makes_no_sense_is_refused(command: Command, code: str) -> None:
    assert outcome(SPOKEN, command, REPORTS, 21_000) == code


def test_a_topic_has_so_many_tags_and_no_more() -> None:
    full = played(SPOKEN, *((21_000, REPORTS, AddTag("vision", f"tag {number}")) for number in range(MOST_TAGS)))

    assert outcome(full, AddTag("vision", "one more"), REPORTS, 22_000) == "malformed"
    assert names(decide(full, AddTag("vision", "TAG 7", "r1"), REPORTS, 22_000)) == ["TagAdded"]
    assert names(decide(full, AddTag("risks", "one more"), REPORTS, 22_000)) == ["TagAdded"]


# Publishing


def test_the_record_is_published_once_the_session_has_ended_and_not_before() -> None:
    assert outcome(SPOKEN, PublishRecord(), REPORTS, 40_000) == "not_ended"
    assert decide(ENDED, PublishRecord(), REPORTS, 40_000) == (RecordPublished(40_000),)
    assert decide(PUBLISHED, PublishRecord(), OTHER, 41_000) == ()
    assert audience_view(PUBLISHED)["record"] == {"published": 40_000}
    assert "record" not in audience_view(ENDED)


@pytest.mark.parametrize(
    ("actor", "command"),
    [
        (REPORTS, AddNote("Late", "r1")),
        (REPORTS, EditNote("n1", "Late", 0)),
        (REPORTS, RemoveNote("n1", 0)),
        (REPORTS, AddTag("vision", "late")),
        (REPORTS, RemoveTag("vision", "late")),
        (REPORTS, EditParticipant("bo", name="B")),
        (REPORTS, MergeParticipants("cy", "bo")),
        (REPORTS, AddRequest("Eve", "Acme", "academia")),
        (CHAIR, Undo()),
        (CHAIR, Redo()),
        (ANA, Join("x", "Another Name", "Sweden", "government")),
    ],
)
def test_what_is_published_stays_as_it_is(actor: Actor, command: Command) -> None:
    assert outcome(PUBLISHED, command, actor, 50_000) == "record_published"


def test_whoever_comes_again_as_they_were_or_anew_is_not_turned_away() -> None:
    assert decide(PUBLISHED, PEOPLE[0], ANA, 50_000) == ()
    assert names(decide(PUBLISHED, Join("x", "Eve", "", "academia"), Actor("attendee"), 50_000)) == [
        "ParticipantJoined"
    ]


def test_names_still_go_from_what_is_published() -> None:
    assert names(decide(PUBLISHED, HideParticipant("ana"), CHAIR, 50_000)) == ["ParticipantHidden"]
    assert names(decide(PUBLISHED, EraseParticipant("ana"), SERVER, 50_000)) == ["ParticipantErased"]
    assert names(decide(PUBLISHED, TakeOutData(), ANA, 50_000)) == ["ParticipantErased"]
    kept_long = enacted(PUBLISHED, EraseEverybody(), SERVER, 50_000)
    assert audience_view(kept_long)["record"] == {"published": 40_000}


def test_a_record_that_is_taken_back_can_be_corrected_and_published_again() -> None:
    withdrawn = enacted(PUBLISHED, WithdrawRecord(), OTHER, 50_000)

    assert decide(withdrawn, WithdrawRecord(), OTHER, 51_000) == ()
    again = played(
        withdrawn, (52_000, REPORTS, EditParticipant("bo", name="Bo Bergström")), (53_000, REPORTS, PublishRecord())
    )
    assert (again.published_ms, again.editions) == (53_000, 2)


# Erasure


def test_their_line_and_the_notes_on_what_they_said_go_and_other_notes_stay() -> None:
    noted = played(
        waiting(ANA, BO),
        (3_000, ANA, RequestFloor("right_of_reply", "On cost")),
        (4_000, REPORTS, AddNote("On Ana's request", "r1")),
        (5_000, REPORTS, AddNote("On Bo's request", "r2")),
    )

    assert decide(noted, EraseParticipant("ana"), SERVER, 9_000) == (
        RequestWithdrawn("r1", 9_000),
        RequestWithdrawn("r3", 9_000),
        ParticipantErased("ana", (), ("r1", "r3"), 9_000, ("n1",), words=1),
    )
    gone = enacted(noted, EraseParticipant("ana"), SERVER, 9_000)
    assert ([*gone.notes], gone.requests["r3"].summary) == (["n2"], "")


def test_their_name_goes_from_what_others_wrote_however_it_is_spaced_or_capitalised() -> None:
    noted = played(
        waiting(ANA),
        (3_000, BO, RequestFloor(summary="As ana  alm said")),
        (4_000, REPORTS, AddNote("Thanked ANA ALM twice: Ana Alm!", topic="vision")),
        (5_000, CHAIR, Announce("Ana Alm is next")),
    )

    assert decide(noted, EraseParticipant("ana"), SERVER, 9_000)[2:] == (
        NameTakenOut("n1", "Thanked […] twice: […]!", 9_000),
        NameTakenOut("r2", "As […] said", 9_000),
        NameTakenOut("a1", "[…] is next", 9_000),
    )


def test_a_note_that_lost_a_name_is_not_overwritten_by_who_still_sees_it() -> None:
    noted = played(
        waiting(ANA),
        (4_000, REPORTS, AddNote("Thanked Ana Alm", topic="vision")),
        (5_000, SERVER, EraseParticipant("ana")),
    )

    assert outcome(noted, EditNote("n1", "Thanked Ana Alm warmly", 0), REPORTS, 6_000) == "stale"


@pytest.mark.parametrize(
    ("name", "written", "left"),
    [
        ("Bo", "Bo spoke of bonds", "Bo spoke of bonds"),
        ("Anna", "Anna spoke", "[…] spoke"),
        ("王芳", "王芳发言", "[…]发言"),
        ("はな", "はなさんの発言", "[…]さんの発言"),
        ("김민", "김민의 발언", "[…]의 발언"),
        ("王", "王国", "王国"),
        ("A.* Lee", "Ash Lee and A.* Lee", "Ash Lee and […]"),
    ],
)
def test_a_name_too_short_to_be_told_from_other_words_stays(name: str, written: str, left: str) -> None:
    noted = played(
        PLANNED,
        (0, Actor("attendee"), Join("x", name, "", "academia")),
        (1_000, REPORTS, AddNote(written, topic="vision")),
        (2_000, SERVER, EraseParticipant("x")),
    )

    assert noted.notes["n1"].text == left


MERGED = played(
    waiting(ANA, CY),
    (3_000, REPORTS, AddNote("Cy Chen and Ana Alm agree", topic="vision")),
    (4_000, CHAIR, MergeParticipants("cy", "ana")),
)
"""Cy was Ana, who had joined twice."""


def test_each_name_that_somebody_joined_under_goes() -> None:
    gone = enacted(MERGED, EraseParticipant("ana"), SERVER, 5_000)

    assert gone.notes["n1"].text == "[…] and […] agree"
    assert not [word for word in ("Chen", "Kyoto") if word in str(chair_view(gone, {}))]


def test_taking_back_a_merger_parts_two_who_are_both_erased() -> None:
    parted = played(MERGED, (5_000, SERVER, EraseParticipant("ana")), (6_000, CHAIR, Undo()))

    assert [parted.participants[id_].erased for id_ in ("ana", "cy")] == [True, True]
    assert "Chen" not in str(chair_view(parted, {}))


def test_a_merged_id_is_nobodys_to_erase() -> None:
    assert outcome(MERGED, EraseParticipant("cy"), SERVER, 5_000) == "no_such_participant"


@pytest.mark.parametrize(
    "act",
    [
        EditParticipant("ana", name="Ana Alm-Berg"),
        AddNote("Ana Alm agreed", topic="vision"),
        AddNote("She agreed", "r1"),
        Announce("Ana Alm is next"),
        AddRequest("Ana Alm", "Sweden", "government", summary="Ana Alm's"),
    ],
)
def test_no_undo_and_no_redo_brings_a_name_back(act: Command) -> None:
    did = enacted(waiting(ANA, BO), act, CHAIR, 4_000)
    erased_after = enacted(did, EraseParticipant("ana"), SERVER, 5_000)
    erased_undone = played(did, (5_000, CHAIR, Undo()), (6_000, SERVER, EraseParticipant("ana")))

    by_hand = next((id_ for id_ in did.participants if id_.startswith("p")), None)
    if by_hand is not None:  # somebody of the same name, whom the first erasure did not mean
        erased_after = enacted(erased_after, EraseParticipant(by_hand), SERVER, 6_000)
    for state in (erased_after, _if_it_makes_sense(erased_after, Undo()), erased_undone):
        for one in (state, _if_it_makes_sense(state, Redo())):
            assert "Alm" not in str(chair_view(one, {}))
            assert not [who for who in one.participants.values() if "Alm" in who.name]


def _if_it_makes_sense(state: State, command: Undo | Redo) -> State:
    found = outcome(state, command, CHAIR, 8_000)
    return state if isinstance(found, str) else enact(state, found, CHAIR)


def test_an_erasure_does_not_keep_the_chair_from_taking_back_the_note_that_it_changed() -> None:
    noted = enacted(waiting(BO), AddNote("Ana Alm agreed", topic="vision"), CHAIR, 4_000)

    back = played(noted, (5_000, SERVER, EraseParticipant("ana")), (6_000, CHAIR, Undo()))

    assert back.notes == {}
    again = enacted(back, Redo(), CHAIR, 7_000)
    assert again.notes["n1"].text == "[…] agreed"


def test_what_came_with_an_act_taken_back_for_good_goes_with_the_next_erasure() -> None:
    added = played(
        waiting(ANA),
        (4_000, CHAIR, AddRequest("Ana Alm", "Sweden", "government")),
        (5_000, CHAIR, Undo()),
        (6_000, CHAIR, Announce("Welcome")),
    )

    erased = decide(added, EraseParticipant("ana"), SERVER, 7_000)[1]

    assert isinstance(erased, ParticipantErased)
    assert erased.never_were == ("p5", "r2")


def test_somebody_else_who_may_still_be_added_again_is_left_alone() -> None:
    added = played(
        waiting(ANA),
        (4_000, CHAIR, AddRequest("Eve Ek", "Norway", "government")),
        (5_000, CHAIR, Undo()),
        (6_000, SERVER, EraseParticipant("ana")),
        (7_000, CHAIR, Redo()),
    )

    assert added.participants["p5"].name == "Eve Ek"


def test_when_the_time_of_keeping_is_over_everything_goes_at_once_and_once() -> None:
    noted = played(
        MERGED,
        (5_000, DI, RequestFloor(summary="On cost")),
        (6_000, CHAIR, Announce("Di Diaz is next")),
        (7_000, REPORTS, AddTag("vision", "access")),
    )

    assert decide(noted, EraseEverybody(), SERVER, 9_000) == (EverybodyErased(("ana", "bo", "di"), 1, 1, 9_000),)
    gone = enacted(noted, EraseEverybody(), SERVER, 9_000)
    assert decide(gone, EraseEverybody(), SERVER, 10_000) == ()
    assert (gone.notes, gone.notice, gone.tags["vision"]) == ({}, None, {"access": ()})
    assert outcome(gone, Undo(), CHAIR, 11_000) == "nothing_to_undo"
    for name in ("Alm", "Chen", "Berg", "Diaz", "cost"):
        assert name not in str(chair_view(gone, {}))


def test_whoever_takes_out_their_data_twice_has_not_joined() -> None:
    assert outcome(enacted(START, TakeOutData(), ANA, 1_000), TakeOutData(), ANA, 2_000) == "not_joined"


# What people say of themselves


def test_what_people_say_of_themselves_is_on_no_screen_not_even_their_own() -> None:
    asking = played(
        enacted(PLANNED, PlanSession(replace(PLAN, asks_for=("gender", "region"))), SERVER, 0),
        (0, Actor("attendee"), Join("x", "Eve Ek", "", "academia", gender="woman", region="asia_pacific")),
    )

    assert (asking.participants["x"].gender, asking.participants["x"].region) == ("woman", "asia_pacific")
    for view in (chair_view(asking, {}), audience_view(asking), own_view(asking, "x")):
        assert "woman" not in str(view)
        assert "asia_pacific" not in str(view)


@pytest.mark.parametrize("said", [{"gender": "woman"}, {"region": "african"}])
def test_what_a_session_does_not_ask_for_is_refused_and_leaving_it_unsaid_never_is(said: dict[str, str]) -> None:
    assert outcome(PLANNED, replace(PEOPLE[0], **said), Actor("attendee"), 0) == "malformed"  # type: ignore[arg-type]
    assert names(decide(PLANNED, replace(PEOPLE[0], gender="", region=""), Actor("attendee"), 0)) == [
        "ParticipantJoined"
    ]
