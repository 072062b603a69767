"""GET /metrics on a real server: what happens is counted and timed, under names of ours alone."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from websockets.exceptions import InvalidStatus

from app.answers import Accepted
from app.client import Refused
from app.client.joining import tls
from app.measures import Measures
from tests.plain_socket import plain_socket
from tests.serving import ServerProcess

ON_THE_DAY = (Path(__file__).parents[1] / "docs" / "on-the-day.md").read_text("utf-8")

Measured = dict[tuple[str, str], float]
"""The value of each sample, by its name and its one label; that is empty where it has none."""


async def exposed(server: ServerProcess) -> str:
    async with httpx.AsyncClient(base_url=server.address, verify=tls()) as http:
        return (await http.get("/metrics")).text


async def measured(server: ServerProcess) -> Measured:
    return {
        (sample.name, next((text for name, text in sample.labels.items() if name != "le"), "")): sample.value
        for family in text_string_to_metric_families(await exposed(server))
        for sample in family.samples
        if not sample.name.endswith("_bucket")
    }


async def test_accepted_commands_are_counted_by_command_and_their_commits_timed(own_server: ServerProcess) -> None:
    own_server.start()
    async with await own_server.chair() as chair:
        await chair.command("start_session")
        before = await measured(own_server)

        await asyncio.gather(*(chair.command("announce", text=f"Notice {number}") for number in range(20)))

        after = await measured(own_server)
    assert after["open_floor_commands_accepted_total", "start_session"] == 1
    assert after["open_floor_commands_accepted_total", "announce"] == 20
    assert after["open_floor_batch_commands_sum", ""] - before["open_floor_batch_commands_sum", ""] == 20
    commits = after["open_floor_commit_seconds_count", ""] - before["open_floor_commit_seconds_count", ""]
    assert 1 <= commits <= 20
    assert after["open_floor_commit_seconds_sum", ""] > before["open_floor_commit_seconds_sum", ""]


async def test_each_patch_that_has_left_is_timed_by_its_view(own_server: ServerProcess) -> None:
    own_server.start()
    async with own_server.room() as room, await own_server.chair() as chair:
        before = await measured(own_server)
        assert before["open_floor_fanout_seconds_count", "audience"] == 0

        await chair.command("announce", text="Welcome")
        for screen in (room, chair):
            await screen.until(lambda c: "notice" in c.state)

        after = await measured(own_server)
    for view in ("audience", "chair"):
        assert after["open_floor_fanout_seconds_count", view] > before["open_floor_fanout_seconds_count", view]
        assert after["open_floor_fanout_seconds_sum", view] > 0


async def test_refusals_are_counted_by_reason_wherever_they_are_given(own_server: ServerProcess) -> None:
    own_server.start()
    async with await own_server.chair() as chair:
        with pytest.raises(Refused):
            await chair.command("pause_session")
    async with plain_socket(own_server.address) as socket:
        await socket.ask("request_floor", "not-joined", kind="intervention")
        await socket.ask("no_such_thing", "unknown")
        await socket.say("not JSON")
        await socket.answer()
    async with httpx.AsyncClient(base_url=own_server.address, verify=tls()) as http:
        assert (await http.post("/api/rejoin", json={"code": "ABCD-EFGH"})).status_code == 422

    counts = await measured(own_server)

    refused = {label: count for (name, label), count in counts.items() if name == "open_floor_commands_refused_total"}
    assert refused == {
        "unavailable": 0,
        **dict.fromkeys(("not_running", "not_joined", "unknown_command", "malformed", "unknown_code"), 1),
    }


async def test_sockets_that_are_turned_away_are_counted_by_what_was_wrong(own_server: ServerProcess) -> None:
    own_server.start()
    for as_, origin in (("attendee", "https://elsewhere.example.org"), ("chair", None), ("nobody", None)):
        with pytest.raises(InvalidStatus):
            async with plain_socket(own_server.address, as_=as_, origin=origin):
                pass

    counts = await measured(own_server)

    assert counts["open_floor_sockets_refused_total", "origin"] == 1
    assert counts["open_floor_sockets_refused_total", "role"] == 2


async def test_the_length_of_the_open_topic_s_list_is_told(own_server: ServerProcess) -> None:
    own_server.start()
    person: dict[str, Any] = {"organisation": "Kyoto Forum", "group": "academia", "kind": "intervention"}
    async with await own_server.chair() as chair:
        assert (await measured(own_server))["open_floor_requests_waiting", ""] == 0

        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        for name in ("Ana", "Bo"):
            await chair.command("add_request", name=name, **person)

        assert (await measured(own_server))["open_floor_requests_waiting", ""] == 2


async def test_nothing_that_anybody_typed_stands_in_the_metrics(own_server: ServerProcess) -> None:
    own_server.start()
    async with await own_server.phone("Marguerite", organisation="Obscurely Named") as phone:
        with pytest.raises(Refused):
            await phone.command("request_floor", kind="intervention", summary="Unmistakable words")
        with pytest.raises(Refused):
            await phone.command("unheard_of_command")

    text = await exposed(own_server)

    for typed in ("Marguerite", "Obscurely", "Unmistakable", "unheard_of", phone.you["participant"]):
        assert typed not in text


def test_each_server_of_a_process_counts_for_itself() -> None:
    one, other = Measures(), Measures()

    one.answered("announce", Accepted(1))

    assert b'accepted_total{command="announce"} 1.0' in generate_latest(one.registry)
    assert b"announce" not in generate_latest(other.registry)


async def test_the_docs_name_every_metric_of_ours_and_no_other(server: ServerProcess) -> None:
    exposed_names = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in text_string_to_metric_families(await exposed(server))
    }
    ours = {name for name in exposed_names if name.startswith("open_floor_")}
    rows = set(re.findall(r"^\| `(open_floor_\w+)", ON_THE_DAY, re.MULTILINE))
    anywhere = set(re.findall(r"\bopen_floor_\w+", ON_THE_DAY))

    assert rows == ours
    assert {re.sub("_(bucket|sum|count)$", "", name) for name in anywhere} == ours


def test_the_alarms_of_the_docs_are_rules_as_prometheus_reads_them() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", ON_THE_DAY, re.DOTALL)
    (group,) = yaml.safe_load(block)["groups"]

    assert len(group["rules"]) == len({rule["alert"] for rule in group["rules"]}) > 0
    for rule in group["rules"]:
        assert set(rule) - {"for"} == {"alert", "expr"}
        assert rule["expr"].count("(") == rule["expr"].count(")")
