"""What a screen may know, and what changed between two such views."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.floor.commands import (
    AddNote,
    AddRequest,
    AddTag,
    AdjustTopic,
    Announce,
    CloseList,
    Conclude,
    DescribeRequest,
    EndSession,
    GiveFloor,
    HideParticipant,
    Join,
    MoveRequest,
    OpenTopic,
    PassOver,
    PauseSession,
    PublishRecord,
    RemoveRequest,
    RequestFloor,
    SetOrder,
    Undo,
    Withdraw,
)
from app.floor.merge_patch import merge_patch
from app.floor.state import State
from app.floor.views import audience_view
from app.floor.views_chair import chair_view
from app.floor.views_own import own_view, own_views_changed
from tests.scenes import (
    ANA,
    ANA_SPEAKS,
    BO,
    CHAIR,
    CY,
    DI,
    JOINED,
    OPENING,
    PLANNED,
    START,
    apply_merge_patch,
    enacted,
    played,
    waiting,
)

TIMER = {"allotted_ms", "spent_ms", "since"}
ACT = ("act", "do", "at", "by", "who", "request", "topic", "by_ms", "limit_ms", "order", "text", "name")

AUDIENCE: set[str] = {
    *(f"session.{key}" for key in ("id", "title.*", "status", "speaking_time_ms", "order")),
    *(f"session.timer.{key}" for key in TIMER),
    "topic",
    *(
        f"topics.*.{key}"
        for key in ("place", "kind", "planned_ms", "title.*", "question.*", "list", "waiting", "begun")
    ),
    *(f"topics.*.timer.{key}" for key in TIMER),
    "floor.request",
    *(f"floor.timer.{key}" for key in TIMER),
    "floor.interrupted.request",
    *(f"floor.interrupted.timer.{key}" for key in TIMER),
    "list[]",
    *(f"requests.*.{key}" for key in ("participant", "name", "organisation", "group", "kind", "topic", "where")),
    "requests.*.hidden",
    *(f"last.{key}" for key in ("request", "participant", "name", "organisation", "group", "kind", "hidden")),
    "heard.*",
    "record.published",
    *(f"last.timer.{key}" for key in TIMER - {"since"}),
    "notice.text",
    "notice.at",
}
"""Every key that the audience may see; `*` stands for an id or a language. A new one is added here on purpose."""

CHAIR_ALONE: set[str] = {
    *(f"requests.*.{key}" for key in ("summary", "at", "passed_over", "overtaken", "moved", "away")),
    *(f"shares.session.*.{key}" for key in ("count", "spent_ms")),
    *(f"shares.topics.*.*.{key}" for key in ("count", "spent_ms")),
    "joined.*",
    "online",
    "session.shortest_speaking_time_ms",
    *(f"acts[].{key}" for key in ACT),
    *(f"undone[].{key}" for key in ACT),
    *(f"interventions.*.{key}" for key in ("participant", "name", "organisation", "group", "kind", "topic", "where")),
    *(f"interventions.*.{key}" for key in ("began", "ended", "spent_ms", "hidden")),
    *(f"notes.*.{key}" for key in ("request", "topic", "kind", "text", "by", "at", "version")),
    "tags.*.*[]",
    "editions",
    "forecast.waiting",
    "forecast.needed_ms",
    *(f"suggestion.{key}" for key in ("request", "reason", "group")),
}
OWN: set[str] = {
    *("name", "organisation", "group", "where"),
    *(f"requests.*.{key}" for key in ("topic", "kind", "status", "summary", "passed_over")),
    *(f"ended.{key}" for key in ("request", "topic", "kind", "status", "spent_ms")),
}

ID_KEYED = (
    *("topics", "requests", "title", "question", "heard", "joined"),
    *("shares.session", "shares.topics", "shares.topics.*", "interventions", "notes", "tags", "tags.*"),
)

POINT = played(ANA_SPEAKS, (20_000, DI, RequestFloor("point_of_order")), (30_000, CHAIR, GiveFloor("r4", "r1")))
BUSY = played(
    POINT,
    (31_000, BO, DescribeRequest("On access")),
    (32_000, CHAIR, Announce("Lunch at one")),
    (33_000, CHAIR, AddRequest("Eve", "Acme", "private_sector", summary="Cost")),
    (34_000, CHAIR, MoveRequest("r5", before="r2")),
    (35_000, CHAIR, PassOver("r2")),
    (36_000, CHAIR, CloseList("risks")),
)
SPOKEN = played(ANA_SPEAKS, (30_000, ANA, Conclude()), (40_000, CHAIR, GiveFloor("r3")), (50_000, CY, Conclude()))
STATES = {
    "planned": PLANNED,
    "joined": JOINED,
    "opening": OPENING,
    "start": START,
    "waiting": waiting(ANA, BO, CY),
    "speaking": ANA_SPEAKS,
    "interrupted": POINT,
    "busy": BUSY,
    "spoken": SPOKEN,
    "paused": enacted(ANA_SPEAKS, PauseSession(), CHAIR, 20_000),
    "another topic": enacted(waiting(ANA, BO), OpenTopic("risks"), CHAIR, 20_000),
    "balanced": enacted(BUSY, SetOrder("balanced"), CHAIR, 60_000),
    "ended": enacted(BUSY, EndSession(), CHAIR, 60_000),
    "hidden": played(
        ANA_SPEAKS,
        (20_000, CHAIR, AddNote("A note", "r1")),
        (21_000, CHAIR, AddNote("Welcome", topic="opening")),
        (22_000, CHAIR, AddTag("vision", "access", "r1")),
        (30_000, CHAIR, HideParticipant("ana")),
        (40_000, ANA, RequestFloor()),
    ),
    "published": played(BUSY, (60_000, CHAIR, EndSession()), (61_000, CHAIR, PublishRecord())),
    "taken back": played(BUSY, (60_000, CHAIR, Undo())),
}
any_state = pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())


def keys_of(view: Any, path: str = "") -> Iterator[str]:
    """The path of every leaf, ids and languages told as `*`."""
    if isinstance(view, dict):
        free = path.endswith(ID_KEYED) and not path.startswith("acts")
        for key, value in view.items():
            step = "*" if free else key
            yield from keys_of(value, f"{path}.{step}" if path else step)
    elif isinstance(view, list):
        for value in view:
            yield from keys_of(value, f"{path}[]")
    else:
        yield path


def leaves(view: Any) -> Iterator[Any]:
    if isinstance(view, dict | list):
        for value in view.values() if isinstance(view, dict) else view:
            yield from leaves(value)
    else:
        yield view


# --- who may know what ---


@any_state
def test_the_audience_sees_no_key_outside_the_allow_list(state: State) -> None:
    assert set(keys_of(audience_view(state))) <= AUDIENCE


def test_every_key_of_the_allow_list_is_shown_at_some_time() -> None:
    shown = {key for state in STATES.values() for key in keys_of(audience_view(state))}
    assert shown == AUDIENCE - {"floor.interrupted.timer.since"}


@any_state
def test_the_chair_sees_all_that_the_audience_sees_and_what_is_the_chairs_alone(state: State) -> None:
    audience, chair = audience_view(state), chair_view(state, {"ana": 1})

    assert set(keys_of(chair)) <= AUDIENCE | CHAIR_ALONE
    assert apply_merge_patch(chair, audience) == chair


def test_nothing_of_the_chairs_reaches_the_audience() -> None:
    text = json.dumps(audience_view(BUSY))

    for secret in ("On access", "Cost", "summary", "shares", "suggestion", "acts", "forecast", "joined", "away"):
        assert secret not in text
    assert "On access" in json.dumps(chair_view(BUSY, {}))


@any_state
def test_nothing_is_ever_null(state: State) -> None:
    own = [own_view(state, participant) for participant in state.participants]
    for view in (audience_view(state), chair_view(state, {"ana": 2}), *own):
        assert None not in list(leaves(view))


@any_state
def test_a_view_is_plain_json(state: State) -> None:
    for view in (audience_view(state), chair_view(state, {})):
        assert json.loads(json.dumps(view)) == view


# --- the audience view ---


def test_the_audience_sees_the_running_session() -> None:
    view = audience_view(ANA_SPEAKS)

    assert view["session"] == {
        "id": "kyoto",
        "title": {"en": "WSIS at 20"},
        "status": "running",
        "timer": {"allotted_ms": 3_900_000, "spent_ms": 0, "since": 0},
        "speaking_time_ms": 120_000,
        "order": "as_requested",
    }
    assert view["topic"] == "vision"
    assert view["topics"]["vision"] == {
        "place": 1,
        "kind": "topic",
        "planned_ms": 1_500_000,
        "title": {"en": "The WSIS vision"},
        "question": {"en": "How has it changed?"},
        "list": "open",
        "waiting": 2,
        "begun": True,
        "timer": {"allotted_ms": 1_500_000, "spent_ms": 0, "since": 0},
    }
    assert view["floor"] == {"request": "r1", "timer": {"allotted_ms": 120_000, "spent_ms": 0, "since": 10_000}}
    assert view["list"] == ["r2", "r3"]
    assert list(view["requests"]) == ["r2", "r3", "r1"]
    assert view["requests"]["r1"] == {
        "participant": "ana",
        "name": "Ana Alm",
        "organisation": "Sweden",
        "group": "government",
        "kind": "intervention",
        "topic": "vision",
        "where": "room",
    }


def test_what_is_not_there_is_absent() -> None:
    assert not {"topic", "floor", "last", "notice"} & set(audience_view(JOINED))
    assert audience_view(JOINED)["list"] == []
    assert "since" not in audience_view(JOINED)["session"]["timer"]
    assert "interrupted" not in audience_view(ANA_SPEAKS)["floor"]


def test_a_planned_time_stays_what_it_was_and_what_was_added_shows_in_what_is_allotted() -> None:
    """Case 42."""
    topic = audience_view(enacted(START, AdjustTopic(60_000), CHAIR, 1_000))["topics"]["vision"]

    assert (topic["planned_ms"], topic["timer"]["allotted_ms"]) == (1_500_000, 1_560_000)


def test_an_interrupted_speaker_is_shown_behind_the_point_of_order_standing_still() -> None:
    view = audience_view(POINT)

    assert view["floor"] == {
        "request": "r4",
        "timer": {"allotted_ms": 120_000, "spent_ms": 0, "since": 30_000},
        "interrupted": {"request": "r1", "timer": {"allotted_ms": 120_000, "spent_ms": 20_000}},
    }
    assert set(view["requests"]) == {"r1", "r2", "r3", "r4"}


def test_what_somebody_spoke_for_stays_readable() -> None:
    """Case 45."""
    assert audience_view(enacted(ANA_SPEAKS, Conclude(), ANA, 65_000))["last"] == {
        "request": "r1",
        "participant": "ana",
        "name": "Ana Alm",
        "organisation": "Sweden",
        "group": "government",
        "kind": "intervention",
        "timer": {"allotted_ms": 120_000, "spent_ms": 55_000},
    }


def test_another_topics_list_is_shown_as_a_number() -> None:
    """Case 15: what still waits when a topic closes is shown."""
    view = audience_view(STATES["another topic"])

    assert (view["topic"], view["list"], view["requests"]) == ("risks", [], {})
    assert view["topics"]["vision"]["waiting"] == 2


def test_the_questions_count_from_one_and_the_opening_stands_before_them() -> None:
    places = {topic: told["place"] for topic, told in audience_view(PLANNED)["topics"].items()}

    assert places == {"opening": 0, "vision": 1, "risks": 2, "closing": 3}


@pytest.mark.parametrize(
    "command", [MoveRequest("r3", before="r1"), RemoveRequest("r1"), PassOver("r1"), SetOrder("balanced"), GiveFloor()]
)
def test_every_view_shows_the_same_order_in_the_same_patch(command: Any) -> None:
    """Case 2, 20."""
    before = waiting(ANA, DI, BO)
    after = enacted(before, command, CHAIR, 10_000)

    for view in (audience_view, lambda state: chair_view(state, {})):
        patch = merge_patch(view(before), view(after))
        assert apply_merge_patch(view(before), patch) == view(after)
        assert view(after)["list"] == audience_view(after)["list"]
    assert audience_view(after)["list"] != audience_view(before)["list"]


# --- the chair's view ---


def test_the_chair_sees_what_a_request_is_about_and_how_it_fared() -> None:
    requests = chair_view(BUSY, {"bo": 1, "cy": 2})["requests"]

    assert requests["r2"]["summary"] == "On access"
    assert requests["r2"]["passed_over"] == 1
    assert requests["r2"]["moved"] is True
    assert requests["r2"]["at"] == 2_000
    assert not {"summary", "passed_over", "overtaken", "moved"} & set(requests["r3"])
    overtaken = enacted(waiting(ANA, BO), GiveFloor("r2"), CHAIR, 9_000)
    assert chair_view(overtaken, {})["requests"]["r1"]["overtaken"] == 1


def test_the_chair_sees_who_waits_for_other_topics_too() -> None:
    assert set(chair_view(STATES["another topic"], {})["requests"]) == {"r1", "r2"}


def test_the_chair_sees_who_has_no_screen_open_but_not_of_those_who_have_no_phone() -> None:
    requests = chair_view(BUSY, {"bo": 1})["requests"]

    assert requests["r3"]["away"] is True
    assert "away" not in requests["r2"]
    assert "away" not in requests["r5"]  # Eve was put on the list by hand
    assert chair_view(BUSY, {"bo": 1, "cy": 3})["online"] == 2


def test_the_chair_sees_shares_of_session_and_topics_and_how_many_joined() -> None:
    on_risks = played(
        SPOKEN,
        (60_000, CHAIR, OpenTopic("risks")),
        (61_000, DI, RequestFloor()),
        (70_000, CHAIR, GiveFloor()),
        (80_000, DI, Conclude()),
    )
    view = chair_view(on_risks, {})

    nothing = {"count": 0, "spent_ms": 0}
    assert view["shares"]["session"] == {
        "government": {"count": 2, "spent_ms": 30_000},
        "civil_society": nothing,
        "academia": {"count": 1, "spent_ms": 10_000},
        "private_sector": nothing,
    }
    assert view["shares"]["topics"]["vision"]["government"] == {"count": 1, "spent_ms": 20_000}
    assert view["shares"]["topics"]["risks"]["government"] == {"count": 1, "spent_ms": 10_000}
    assert view["joined"] == {"government": 2, "civil_society": 1, "academia": 1, "private_sector": 0}


def test_the_chair_sees_a_suggestion_and_a_forecast() -> None:
    view = chair_view(waiting(ANA, BO), {})

    assert view["suggestion"] == {"request": "r1", "reason": "group_not_heard_on_topic", "group": "government"}
    assert view["forecast"] == {"waiting": 2, "needed_ms": 240_000}
    assert chair_view(waiting(ANA), {})["suggestion"] == {"request": "r1", "reason": "only_one"}
    assert "suggestion" not in chair_view(START, {})


def test_the_chair_sees_what_can_be_taken_back_told_as_the_command_it_was() -> None:
    assert chair_view(BUSY, {})["acts"] == [
        {"act": 1, "do": "start_session", "at": 0, "by": "chair", "who": "key"},
        {"act": 2, "do": "open_topic", "at": 0, "by": "chair", "who": "key", "topic": "vision"},
        {
            "act": 3,
            "do": "give_floor",
            "at": 10_000,
            "by": "chair",
            "who": "key",
            "request": "r1",
            "limit_ms": 120_000,
            "name": "Ana Alm",
        },
        {
            "act": 4,
            "do": "give_floor",
            "at": 30_000,
            "by": "chair",
            "who": "key",
            "request": "r4",
            "limit_ms": 120_000,
            "name": "Di Diaz",
        },
        {"act": 5, "do": "announce", "at": 32_000, "by": "chair", "who": "key", "text": "Lunch at one"},
        {
            "act": 6,
            "do": "add_request",
            "at": 33_000,
            "by": "chair",
            "who": "key",
            "request": "r5",
            "topic": "vision",
            "name": "Eve",
        },
        {"act": 7, "do": "move_request", "at": 34_000, "by": "chair", "who": "key", "request": "r5", "name": "Eve"},
        {"act": 8, "do": "pass_over", "at": 35_000, "by": "chair", "who": "key", "request": "r2", "name": "Bo Berg"},
        {"act": 9, "do": "close_list", "at": 36_000, "by": "chair", "who": "key", "topic": "risks"},
    ]


# --- a participant's own view ---


def test_an_own_view_tells_who_i_am_and_where_my_requests_stand() -> None:
    assert own_view(BUSY, "bo") == {
        "name": "Bo Berg",
        "organisation": "Access for All",
        "group": "civil_society",
        "where": "room",
        "requests": {
            "r2": {
                "topic": "vision",
                "kind": "intervention",
                "status": "waiting",
                "summary": "On access",
                "passed_over": 1,
            }
        },
    }
    assert own_view(BUSY, "ana")["requests"]["r1"]["status"] == "interrupted"
    assert own_view(BUSY, "di")["requests"]["r4"]["status"] == "speaking"


@pytest.mark.parametrize(
    ("state", "ended"),
    [
        (enacted(ANA_SPEAKS, Conclude(), ANA, 65_000), {"status": "spoken", "spent_ms": 55_000}),
        (enacted(waiting(ANA), Withdraw(), ANA, 9_000), {"status": "withdrawn"}),
        (enacted(waiting(ANA), RemoveRequest("r1"), CHAIR, 9_000), {"status": "removed"}),
        (
            played(waiting(ANA), (9_000, CHAIR, PassOver("r1")), (10_000, CHAIR, PassOver("r1"))),
            {"status": "passed_over"},
        ),
    ],
    ids=lambda one: one["status"] if isinstance(one, dict) else "",
)
def test_an_own_view_tells_what_became_of_the_request(state: State, ended: dict[str, Any]) -> None:
    """Case 8."""
    own = own_view(state, "ana")

    assert own["requests"] == {}
    assert own["ended"] == {"request": "r1", "topic": "vision", "kind": "intervention", **ended}


def test_of_several_requests_that_ended_the_latest_to_end_is_told_not_the_latest_to_be_made() -> None:
    state = played(
        ANA_SPEAKS,
        (20_000, ANA, RequestFloor("right_of_reply")),
        (30_000, ANA, Withdraw("r4")),
        (70_000, ANA, Conclude()),
    )

    assert own_view(state, "ana")["ended"]["request"] == "r1"
    assert own_view(state, "ana")["ended"]["status"] == "spoken"


def test_own_views_that_changed_are_those_of_the_people_it_concerns() -> None:
    given = enacted(waiting(ANA, BO, CY), GiveFloor("r1"), CHAIR, 10_000)
    assert set(own_views_changed(waiting(ANA, BO, CY), given)) == {"ana"}

    assert set(own_views_changed(ANA_SPEAKS, POINT)) == {"ana", "di"}
    assert set(own_views_changed(POINT, enacted(POINT, Conclude(), DI, 40_000))) == {"ana", "di"}
    renamed = enacted(START, Join("", "Bo B.", "", "academia"), BO, 1_000)
    assert set(own_views_changed(START, renamed)) == {"bo"}
    assert own_views_changed(START, enacted(START, CloseList(), CHAIR, 1_000)) == {}


# --- merge patches ---


@pytest.mark.parametrize(
    ("before", "after", "patch"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"a": "b", "b": "c"}, {"b": "c"}),
        ({"a": "b"}, {}, {"a": None}),
        ({"a": "b", "b": "c"}, {"b": "c"}, {"a": None}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d"}}, {"a": {"b": "d"}}),
        ({"a": {"b": "c", "d": "e"}}, {"a": {"b": "f"}}, {"a": {"b": "f", "d": None}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"a": {"b": "c"}}, {"a": {}}, {"a": {"b": None}}),
        ({"a": 1}, {"a": {}}, {"a": {}}),
        ({"a": {"b": 1}}, {"a": 1}, {"a": 1}),
        ({"e": [1, 2]}, {"e": [1, 2]}, {}),
        ({}, {"a": {"bb": {"c": 0}}}, {"a": {"bb": {"c": 0}}}),
    ],
)
def test_a_merge_patch_tells_what_changed_and_no_more(before: Any, after: Any, patch: Any) -> None:
    """After the examples of RFC 7396, appendix A, as far as no state holds null."""
    assert merge_patch(before, after) == patch
    assert apply_merge_patch(before, patch) == after


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": [1, 2]}, {"a": {"b": "c", "d": None}}, {"a": {"b": "c"}}),
        ({"e": 1}, {"a": 1}, {"e": 1, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": "foo"}, "bar", "bar"),
        ({"a": "b"}, ["c"], ["c"]),
    ],
)
def test_the_patch_applied_in_these_tests_is_that_of_rfc_7396(target: Any, patch: Any, result: Any) -> None:
    assert apply_merge_patch(target, patch) == result


json_values = st.recursive(
    st.booleans() | st.integers(2, 9) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
json_objects = st.dictionaries(st.sampled_from("abcd"), json_values, max_size=4)


@settings(deadline=None, max_examples=150)
@given(json_objects, json_objects)
def test_a_patch_makes_the_state_after_of_the_state_before(before: dict[str, Any], after: dict[str, Any]) -> None:
    untouched = json.dumps(before)

    patch = merge_patch(before, after)

    assert json.dumps(apply_merge_patch(before, patch), sort_keys=True) == json.dumps(after, sort_keys=True)
    assert json.dumps(before) == untouched
    assert (patch == {}) == (json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True))


# What was seen before


@any_state
def test_what_has_not_changed_is_taken_over_and_needs_no_looking_through(state: State) -> None:
    audience, chair = audience_view(state), chair_view(state, {"ana": 1})

    again = audience_view(state, (state, audience)), chair_view(state, {"ana": 1}, seen=(state, chair))

    assert again == (audience, chair)
    for before, after in zip((audience, chair), again, strict=True):
        assert all(after["requests"][id_] is told for id_, told in before["requests"].items())


def test_of_a_request_that_was_seen_the_chair_still_sees_its_owner_come_and_go() -> None:
    seen = BUSY, chair_view(BUSY, {"bo": 1})

    assert chair_view(BUSY, {"cy": 1}, seen=seen) == chair_view(BUSY, {"cy": 1}) != seen[1]
