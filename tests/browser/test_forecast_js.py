"""The forecast of the console (static/console/time.js, chair/taking.js): it never contradicts itself, nor the session.

Random sessions, all of them in one visit to the browser; what comes back is held against playing the session forward.
"""

import math
import random
from typing import Any

import pytest
from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

SESSIONS = 600
NOW = 1_696_919_400_000
MINUTE_MS = 60_000
SHORTEST_MS = 45_000

ASK = """async ({ cases, now }) => {
  // What the server writes into a page: here, of a session on no particular day.
  const page = { type: "application/json", id: "page", textContent: "{}" };
  document.body.append(Object.assign(document.createElement("script"), page));
  const { expectedEnd, expectedEnds, fittingMs, forecast } = await import("/static/console/time.js");
  const { afterTaking, takenParts, wantedMinutes } = await import("/static/chair/taking.js");
  const tell = (state) => ({
    forecast: forecast(state, now), ends: expectedEnds(state, now), end: expectedEnd(state, now).at,
  });
  return cases.map(({ state, longer, slower }) => {
    const fit = fittingMs(state, now);
    const parts = takenParts(state, wantedMinutes(state, now));
    return {
      ...tell(state), longer: tell(longer), slower: tell(slower), parts, after: tell(afterTaking(state, parts)),
      fit: fit ?? null, fitted: fit && forecast(state, now, fit),
    };
  });
}"""


def timer(chance: random.Random, allotted_ms: int, *, running: bool) -> dict[str, int]:
    spent_ms = chance.choice([0, chance.randrange(allotted_ms + 5 * MINUTE_MS)])
    since = {"since": NOW - chance.randrange(3 * MINUTE_MS)} if running else {}
    return {"allotted_ms": allotted_ms, "spent_ms": spent_ms, **since}


def session(chance: random.Random) -> dict[str, Any]:
    """A running session in its second topic of four, with somebody or nobody on the floor."""
    limit_ms = chance.choice([30_000, 45_000, 60_000, 90_000, 120_000, 180_000, 5_000 * chance.randrange(2, 60)])
    waiting = chance.choice([0, 1, 2, 7, 12, chance.randrange(40)])
    names = ["opening", "one", "two", "closing"]
    topics = {
        name: {
            "place": place,
            "kind": name if name in {"opening", "closing"} else "topic",
            "begun": place < 2,
            "planned_ms": 10 * MINUTE_MS,
            "timer": timer(chance, chance.randrange(1, 40) * MINUTE_MS, running=name == "one")
            if place < 2
            else {"allotted_ms": chance.randrange(41) * MINUTE_MS, "spent_ms": 0},
        }
        for place, name in enumerate(names)
    }
    state: dict[str, Any] = {
        "session": {
            "status": "running",
            "speaking_time_ms": limit_ms,
            "shortest_speaking_time_ms": SHORTEST_MS,
            "timer": {"allotted_ms": 90 * MINUTE_MS, "spent_ms": 0, "since": NOW - chance.randrange(80 * MINUTE_MS)},
        },
        "topic": "one",
        "topics": topics,
        "forecast": {"waiting": waiting, "needed_ms": waiting * limit_ms},
    }
    if chance.random() < 0.7:
        state["floor"] = {"request": "r1", "timer": timer(chance, limit_ms, running=True)}
        if chance.random() < 0.3:
            state["floor"]["interrupted"] = {"request": "r0", "timer": timer(chance, limit_ms, running=False)}
    return state


def with_time(state: dict[str, Any], by_ms: int) -> dict[str, Any]:
    one = state["topics"]["one"]
    longer = {**one["timer"], "allotted_ms": one["timer"]["allotted_ms"] + by_ms}
    return {**state, "topics": {**state["topics"], "one": {**one, "timer": longer}}}


def with_limit(state: dict[str, Any], limit_ms: int) -> dict[str, Any]:
    waiting = state["forecast"]["waiting"]
    return {
        **state,
        "session": {**state["session"], "speaking_time_ms": limit_ms},
        "forecast": {"waiting": waiting, "needed_ms": waiting * limit_ms},
    }


def left_ms(one: dict[str, int]) -> int:
    return one["allotted_ms"] - one["spent_ms"] - max(0, NOW - one.get("since", NOW))


def played_out_ms(state: dict[str, Any], limit_ms: int) -> int:
    """How long the open topic goes on: the one on the floor, the one they interrupted, then each who waits in turn."""
    floor = state.get("floor")
    clock = 0
    for held in (floor, floor and floor.get("interrupted")):
        clock += max(0, left_ms(held["timer"])) if held else 0
    for _ in range(state["forecast"]["waiting"]):
        clock += limit_ms
    return clock


async def test_the_forecast_agrees_with_playing_the_session_forward_and_is_monotone(module_page: Page) -> None:
    chance = random.Random(20)
    states = [session(chance) for _ in range(SESSIONS)]
    cases = [
        {
            "state": state,
            "longer": with_time(state, chance.randrange(1, 20 * MINUTE_MS)),
            "slower": with_limit(state, state["session"]["speaking_time_ms"] + chance.randrange(1, 2 * MINUTE_MS)),
        }
        for state in states
    ]
    told = await module_page.evaluate(ASK, {"cases": cases, "now": NOW})
    for state, seen in zip(states, told, strict=True):
        agrees_with_playing_forward(state, seen)
        is_monotone(seen)
        fits_if_it_says_so(state, seen)
        takes_what_it_shows(state, seen)
    assert any(seen["fit"] for seen in told)
    assert any(seen["forecast"]["over"] > 0 for seen in told)
    assert any(seen["parts"].get("closing") for seen in told)


def agrees_with_playing_forward(state: dict[str, Any], seen: dict[str, Any]) -> None:
    left = left_ms(state["topics"]["one"]["timer"])
    needed = played_out_ms(state, state["session"]["speaking_time_ms"])
    assert (seen["forecast"]["over"] > 0) == (needed > left)
    assert seen["forecast"]["over"] == math.ceil((needed - left) / MINUTE_MS)
    assert seen["forecast"]["needed"] - seen["forecast"]["left"] == seen["forecast"]["over"]  # as the sentence reads
    at = NOW + max(needed, left, 0)
    for topic in ("one", "two", "closing"):
        if topic != "one":
            at += state["topics"][topic]["timer"]["allotted_ms"]
        assert seen["ends"][topic] == at
    assert seen["end"] == at


def is_monotone(seen: dict[str, Any]) -> None:
    assert seen["longer"]["forecast"]["over"] <= seen["forecast"]["over"]
    assert seen["slower"]["forecast"]["over"] >= seen["forecast"]["over"]
    assert seen["slower"]["end"] >= seen["end"]


def fits_if_it_says_so(state: dict[str, Any], seen: dict[str, Any]) -> None:
    limit_ms, left = state["session"]["speaking_time_ms"], left_ms(state["topics"]["one"]["timer"])
    if seen["fit"] is None:
        waiting = state["forecast"]["waiting"]
        could_go_lower = limit_ms > SHORTEST_MS and waiting > 0
        if could_go_lower and played_out_ms(state, limit_ms) > left:
            assert played_out_ms(state, SHORTEST_MS) > left  # not even the shortest decent time would do
        return
    assert SHORTEST_MS <= seen["fit"] < limit_ms
    assert played_out_ms(state, seen["fit"]) <= left
    assert seen["fitted"]["over"] <= 0


def takes_what_it_shows(state: dict[str, Any], seen: dict[str, Any]) -> None:
    taken = sum(seen["parts"].values())
    for topic, part in seen["parts"].items():
        assert 0 < part <= state["topics"][topic]["timer"]["allotted_ms"] - 5 * MINUTE_MS
    over = seen["forecast"]["over"]
    assert seen["after"]["forecast"]["over"] == over - taken // MINUTE_MS
    spare = sum(max(0, state["topics"][one]["timer"]["allotted_ms"] - 5 * MINUTE_MS) for one in ("two", "closing"))
    assert taken == min(max(1, over) * MINUTE_MS, spare)
    assert seen["after"]["end"] <= seen["end"]  # time moves within the session; it is never made
