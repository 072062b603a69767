"""The chair's protocol client brings a session to where a test begins, and moves it along behind the screens."""

from typing import Any

from app.client import Client
from tests.browser.stage import Stage


async def topic_open(stage: Stage, *names: str, topic: str = "vision") -> Client:
    """The chair's client, once the session runs, `topic` is open, and these wait on it."""
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic=topic)
    for name in names:
        await added(director, name)
    await waiting(director, *names)
    return director


async def added(director: Client, name: str, **more: str) -> str:
    """The request that the chair has put on the list for `name`."""
    person: dict[str, Any] = {"name": name, "organisation": "Kyoto Forum", "group": "academia", "kind": "intervention"}
    await director.command("add_request", **(person | more))
    return await request_of(director, name)


async def request_of(director: Client, name: str) -> str:
    """The request of the one with this name, once the director has heard of it."""

    def found(seen: Client) -> list[str]:
        return [id_ for id_, request in seen.state["requests"].items() if request["name"] == name]

    await director.until(lambda seen: bool(found(seen)))
    return found(director)[0]


async def given(director: Client) -> dict[str, Any]:
    """The next one has the floor: `{request, timer}`."""
    after = director.state.get("floor", {}).get("request")
    await director.command("give_floor", after=after)
    await director.until(lambda seen: seen.state.get("floor", {}).get("request") not in {after, None})
    floor: dict[str, Any] = director.state["floor"]
    return floor


async def has_floor(director: Client, name: str) -> None:
    await director.until(
        lambda seen: "floor" in seen.state and seen.state["requests"][seen.state["floor"]["request"]]["name"] == name
    )


async def waiting(director: Client, *names: str) -> None:
    """The server's own list is this one."""

    def listed(seen: Client) -> list[str]:
        return [seen.state["requests"][request]["name"] for request in seen.state["list"]]

    await director.until(lambda seen: listed(seen) == list(names))
