"""The table of names: what is read strictly from outside, and leniently from the log."""

import json
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.floor import commands as c
from app.floor import events as e
from app.floor.errors import Malformed, UnknownCommand
from app.floor.people import SERVER, Actor
from app.floor.plan import Plan, PlannedTopic
from app.wire import (
    COMMANDS,
    EVENTS,
    CommandMessage,
    PingMessage,
    ResyncMessage,
    actor_text,
    command_id_of,
    event_data,
    event_name,
    parse_actor,
    parse_command,
    parse_event,
    parse_message,
)

DEEP = "[" * 1_000 + "]" * 1_000


def refused(text: str | bytes) -> str:
    with pytest.raises(Malformed) as caught:
        parse_message(text)
    return str(caught.value.values_by_name["detail"])


# Messages


def test_the_three_messages_of_the_protocol() -> None:
    command = parse_message('{"type": "command", "id": "1", "do": "give_floor", "with": {"after": null}}')

    assert isinstance(command, CommandMessage)
    assert (command.id, command.do, command.with_) == ("1", "give_floor", {"after": None})
    assert parse_message('{"type": "ping", "sent": 1.5}') == PingMessage(type="ping", sent=1.5)
    assert parse_message('{"type": "resync"}') == ResyncMessage(type="resync")


def test_a_command_needs_no_with() -> None:
    message = parse_message('{"type": "command", "id": "1", "do": "undo"}')

    assert isinstance(message, CommandMessage)
    assert message.with_ == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected JSON text"),
        ("give me the floor", "expected JSON text"),
        ('{"type": "resync"', "expected JSON text"),
        ('{"type": "ping", "sent": NaN}', "expected JSON text"),
        ('{"type": "ping", "sent": Infinity}', "expected JSON text"),
        ('{"type": "command", "id": "\\ud800", "do": "undo"}', "expected JSON text"),
        (b"\xff\xfe", "expected JSON text"),
        ("[" * 5_000, "expected JSON text"),
        ("null", "type: expected command, ping, resync, got None"),
        ('["command"]', "type: expected command, ping, resync, got None"),
        ("{}", "type: expected command, ping, resync, got None"),
        ('{"type": "snapshot"}', "type: expected command, ping, resync, got 'snapshot'"),
        ('{"type": ["ping"]}', "type: expected command, ping, resync, got ['ping']"),
        ('{"type": "ping"}', "sent: Field required"),
        ('{"type": "ping", "sent": "soon"}', "sent"),
        ('{"type": "ping", "sent": 1e999}', "expected JSON text"),
        ('{"type": "resync", "now": true}', "now: Extra inputs"),
        ('{"type": "command", "do": "undo"}', "id: Field required"),
        ('{"type": "command", "id": "", "do": "undo"}', "id: "),
        ('{"type": "command", "id": 7, "do": "undo"}', "id: "),
        ('{"type": "command", "id": "a\\u0000b", "do": "undo"}', "id: "),
        ('{"type": "command", "id": "' + "x" * 65 + '", "do": "undo"}', "id: "),
        ('{"type": "command", "id": "1"}', "do: Field required"),
        ('{"type": "command", "id": "1", "do": "' + "x" * 65 + '"}', "do: "),
        ('{"type": "command", "id": "1", "do": "undo", "with": []}', "with: "),
        ('{"type": "command", "id": "1", "do": "undo", "with": null}', "with: "),
        ('{"type": "command", "id": "1", "do": "undo", "role": "chair"}', "role: Extra inputs"),
    ],
)
def test_what_is_no_message_is_refused_with_what_was_expected(text: str | bytes, said: str) -> None:
    assert refused(text).startswith(said)


@pytest.mark.parametrize(
    "text", ['{"type": %s}', '{"type": "ping", "sent": %s}', '{"type": "command", "id": %s, "do": "undo"}']
)
def test_a_value_of_any_depth_is_refused_in_few_words(text: str) -> None:
    assert len(refused(text % DEEP)) < 300


def test_of_a_key_given_twice_the_last_counts_for_all_that_read_it() -> None:
    text = '{"type": "command", "id": "1", "id": "2", "do": "start_session", "do": "undo"}'
    message = parse_message(text)

    assert isinstance(message, CommandMessage)
    assert (message.id, message.do) == ("2", "undo")
    assert command_id_of(text) == "2"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ('{"type": "command", "id": "1"}', "1"),
        ('{"id": 1}', ""),
        ('{"id": "' + "x" * 65 + '"}', ""),
        ("[]", ""),
        ("not JSON", ""),
        (b"\xff", ""),
    ],
)
def test_the_sender_of_a_refused_message_learns_which_it_was_if_it_said(text: str | bytes, id_: str) -> None:
    assert command_id_of(text) == id_


@given(st.binary(max_size=60) | st.text(max_size=60) | st.from_type(object).map(repr))
def test_whatever_comes_is_a_message_or_refused(text: str | bytes) -> None:
    if isinstance(text, str):
        text = text.encode("utf-8", "surrogatepass")
    try:
        parse_message(text)
    except Malformed:
        command_id_of(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(sorted(COMMANDS)),
    st.sampled_from(["request", "summary", "by_ms", "kind", "text", "after", "name", "limit_ms"]),
)
def test_whatever_a_command_comes_with_it_is_made_or_refused(value: Any, do: str, key: str) -> None:
    try:
        command = parse_command(do, {key: value})
    except Malformed as malformed:
        said = str(malformed)
    else:
        said = ""
        assert type(command) is COMMANDS[do]
    assert len(said) < 500


# Commands


def test_the_commands_are_those_of_the_protocol() -> None:
    assert set(COMMANDS) == {
        *("request_floor", "describe_request", "withdraw", "step_back", "conclude"),
        *("start_session", "pause_session", "resume_session", "end_session"),
        *("open_topic", "adjust_topic", "give_floor", "end_intervention", "adjust_intervention"),
        *("pass_over", "remove_request", "move_request", "add_request", "close_list", "open_list"),
        *("set_speaking_time", "set_order", "announce", "undo", "redo"),
        *("call_participant", "hide_participant", "take_time", "take_out_data"),
        *("edit_participant", "merge_participants", "add_note", "edit_note", "remove_note"),
        *("add_tag", "remove_tag", "publish_record", "withdraw_record"),
    }


@pytest.mark.parametrize(
    ("do", "details", "command"),
    [
        ("request_floor", {}, c.RequestFloor("intervention", "")),
        ("request_floor", {"kind": "point_of_order"}, c.RequestFloor("point_of_order")),
        ("give_floor", {"after": None}, c.GiveFloor(None, None)),
        ("give_floor", {"request": "r2", "after": "r1"}, c.GiveFloor("r2", "r1")),
        ("adjust_topic", {"by_ms": -30_000}, c.AdjustTopic(-30_000)),
        ("move_request", {"request": "r1"}, c.MoveRequest("r1", None)),
        (
            "add_request",
            {"name": "Bo", "organisation": "", "group": "academia", "where": "online"},
            c.AddRequest("Bo", "", "academia", "intervention", "online"),
        ),
        ("add_request", {"participant": "p2"}, c.AddRequest(participant="p2")),
        ("undo", {}, c.Undo()),
    ],
)
def test_a_command_is_made_of_what_it_comes_with(do: str, details: dict[str, Any], command: object) -> None:
    assert parse_command(do, details) == command


@pytest.mark.parametrize(
    ("do", "details", "said"),
    [
        ("request_floor", {"kind": "speech"}, "kind: "),
        ("request_floor", {"kind": "intervention", "participant": "p2"}, "participant: Extra inputs"),
        ("request_floor", {"summary": None}, "summary: "),
        ("end_intervention", {}, "request: Field required"),
        ("end_intervention", {"request": 1}, "request: "),
        ("adjust_topic", {"by_ms": "30"}, "by_ms: "),
        ("adjust_topic", {"by_ms": 1.5}, "by_ms: "),
        ("adjust_topic", {"by_ms": True}, "by_ms: "),
        ("adjust_topic", {"by_ms": 2**70}, "by_ms: "),
        ("set_order", {"order": "loudest"}, "order: "),
        ("undo", {"acts": 1}, "acts: Extra inputs"),
        ("undo", {"act": "1"}, "act: "),
        ("take_time", {"parts": {"risks": "60000"}}, "parts.risks: "),
    ],
)
def test_a_command_of_wrong_details_is_refused(do: str, details: dict[str, Any], said: str) -> None:
    message = parse_message(json.dumps({"type": "command", "id": "1", "do": do, "with": details}))
    assert isinstance(message, CommandMessage)

    with pytest.raises(Malformed) as caught:
        parse_command(message.do, message.with_)

    assert str(caught.value.values_by_name["detail"]).startswith(said)


@pytest.mark.parametrize("do", ["", "raise_hand", "GiveFloor", "join", "plan_session"])
def test_what_is_no_command_of_a_socket_is_unknown(do: str) -> None:
    with pytest.raises(UnknownCommand) as caught:
        parse_command(do, {})

    assert caught.value.values_by_name == {"name": do}


# Events


TEXTS = st.dictionaries(st.sampled_from(["en", "ar", "zh"]), st.text(max_size=20))
TOPICS = st.builds(PlannedTopic, title=TEXTS, question=TEXTS)
PLANS = st.builds(
    Plan, title=TEXTS, place=TEXTS, topics=st.lists(TOPICS, max_size=2).map(tuple), groups=st.just({"academia": {}})
)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=list(EVENTS))
@given(data=st.data())
@settings(max_examples=30)
def test_every_event_comes_back_from_json_as_it_was(kind: type[e.Event], data: st.DataObject) -> None:
    given_fields: dict[Any, dict[str, Any]] = {
        e.SessionPlanned: {"plan": PLANS},
        e.TimeTaken: {"parts": st.dictionaries(st.text(), st.integers())},
    }
    event: Any = data.draw(st.builds(kind, **given_fields.get(kind, {})))

    text = json.dumps(event_data(event))

    assert parse_event(event_name(event), json.loads(text)) == event


def test_an_event_of_an_earlier_version_lacks_what_was_added_since() -> None:
    topic = {"id": "vision", "planned_ms": 60_000, "title": {"en": "The vision"}}
    plan = {"id": "s", "title": {}, "topics": [topic], "groups": {}, "duration_ms": 60_000, "speaking_time_ms": 1}

    event = parse_event("SessionPlanned", {"plan": plan, "at_ms": 5})

    assert isinstance(event, e.SessionPlanned)
    assert event.plan.topics == (PlannedTopic("vision", 60_000, {"en": "The vision"}),)
    assert event.plan.shortest_speaking_time_ms == 45_000


def test_every_event_is_a_fact_with_an_instant() -> None:
    for kind in EVENTS.values():
        assert is_dataclass(kind)
        assert [one.name for one in fields(kind) if one.default is MISSING][
            -1
        ] == "at_ms"  # what is newer has a default


@pytest.mark.parametrize("actor", [SERVER, Actor("chair", "k:1"), Actor("attendee"), Actor("attendee", "p1")])
def test_an_actor_comes_back_from_its_text(actor: Actor) -> None:
    assert parse_actor(actor_text(actor)) == actor
