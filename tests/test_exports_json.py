"""The record as JSON: by its schema, whole, and with nothing in it that is not for the public."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.entries import acts
from app.exports.json_file import SCHEMA, write_json
from app.floor.plan import Order
from app.floor.record import Record, Share
from app.floor.record_making import AS_IGF, record_of
from tests import kyoto
from tests.random_sessions import RandomSession
from tests.recorded import RECORD, played

SHIPPED: Any = json.loads((Path(__file__).parents[1] / "docs" / "record.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SHIPPED)


def exported(record: Record) -> Any:
    out = io.BytesIO()
    write_json(record, out)
    return json.loads(out.getvalue())


def nulls(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(nulls(one) for one in (value.values() if isinstance(value, dict) else value))
    return value is None


def test_the_schema_is_one() -> None:
    VALIDATOR.check_schema(SHIPPED)
    assert SHIPPED["properties"]["schema"]["const"] == SCHEMA


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(begun=st.integers(0, 3), order=st.sampled_from(get_args(Order)), seed=st.integers(0, 2**32 - 1))
def test_the_record_of_any_session_is_valid(begun: int, order: Order, seed: int) -> None:
    chance = Random(seed)
    session = RandomSession(begun=bool(begun), order=order)
    session.take_steps(chance, 60)

    for counted_as in (None, AS_IGF):
        content = exported(record_of(session.log, session.now_ms, counted_as))
        VALIDATOR.validate(content)
        assert not nulls(content)


def test_a_whole_session_is_valid_and_its_figures_are_those_of_the_record() -> None:
    record = kyoto.record()
    content = exported(record)

    VALIDATOR.validate(content)
    said = [one for topic in content["topics"] for one in topic["spoken"]]
    assert [(one["number"], one["name"], one["spent_ms"]) for one in said] == [
        (one.number, one.person.name, one.spent_ms) for one in record.spoken
    ]
    for topic in content["topics"]:
        assert topic["spoken_ms"] + topic["paused_ms"] + topic["silent_ms"] == topic["elapsed_ms"]
    assert content["session"]["elapsed_ms"] == sum(topic["elapsed_ms"] for topic in content["topics"])
    assert sum(one["length_ms"] for one in content["timeline"]) == content["session"]["elapsed_ms"]
    spoken = {one["number"] for one in content["timeline"] if one["spent"] == "spoken"}
    assert spoken == {one["number"] for one in said}
    assert content["session"]["began"] == "2023-10-10T15:16:00.000+09:00"


def test_a_draft_says_so_and_an_edition_says_which_and_since_when() -> None:
    published = exported(replace(RECORD, published_ms=3_600_000, edition=2))

    assert exported(RECORD)["status"] == "draft"
    assert "published" not in exported(RECORD)
    VALIDATOR.validate(published)
    assert (published["status"], published["edition"]) == ("published", 2)
    assert published["published"] == "1970-01-01T01:00:00.000+00:00"


def test_academia_can_be_counted_as_igf_does() -> None:
    plan = kyoto.record().plan
    assert {"academia", "technical_community"} <= plan.groups.keys()
    entries = kyoto.log()

    content = exported(record_of(acts(entries), entries[-1].event.at_ms, AS_IGF))

    VALIDATOR.validate(content)
    (technical,) = (group for group in content["groups"] if group["id"] == "technical_community")
    assert technical["stands_for"] == ["technical_community", "academia"]
    assert "academia" not in {one["group"] for topic in content["topics"] for one in topic["spoken"]}


def test_it_names_neither_who_was_hidden_nor_who_took_the_notes() -> None:
    text = json.dumps(exported(record_of(played(), 700_000)), ensure_ascii=False)

    assert "Cy Cole" not in text
    assert '"Reports"' not in text
    assert '"Ana Alm"' in text


def test_the_balance_has_counts_alone() -> None:
    answers = {answer: Share(1, 5_000, 1) for answer in ("woman", "man", "other", "")}
    content = exported(replace(RECORD, balance={"gender": answers}))

    VALIDATOR.validate(content)
    assert content["balance"] == {
        "gender": {answer: {"count": 1, "people": 1} for answer in ("woman", "man", "other", "not_stated")}
    }


def _first(content: Any) -> Any:
    return content["topics"][1]["spoken"][0]


BROKEN: tuple[Callable[[Any], object], ...] = (
    lambda content: content.pop("schema"),
    lambda content: content.update(schema="open-floor-record/2"),
    lambda content: content.update(status="published"),
    lambda content: content.update(erased=None),
    lambda content: _first(content).pop("name"),
    lambda content: _first(content).update(spent_ms=-1),
    lambda content: _first(content).update(spent_ms=1.5),
    lambda content: _first(content).update(began="yesterday"),
    lambda content: _first(content).update(began="1970-01-01T00:01:10Z"),
    lambda content: _first(content).update(kind="shout"),
    lambda content: _first(content)["notes"][0].update(kind="rumour"),
    lambda content: content["timeline"][0].update(spent="spoken"),
    lambda content: content["balance"].update(gender={"woman": {"count": 1, "people": 1, "spent_ms": 5}}),
    lambda content: content["topics"].clear(),
)


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_such_record_is_not_valid(broken: Callable[[Any], object]) -> None:
    content = exported(RECORD)
    VALIDATOR.validate(content)

    broken(content)

    assert not VALIDATOR.is_valid(content)
