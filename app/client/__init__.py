"""A client of a running Open Floor: tests, the rehearsal and outside tools speak to the server through it.

It speaks docs/protocol.md and knows no rule of the floor: it does not know what may be asked, it asks.

    address = "http://127.0.0.1:8000"
    joined = await join(address, name="Ana Lima", organisation="Open Data Forum", group="civil_society")
    async with Client(address, cookies=joined.cookies) as client:
        await client.until(lambda c: c.state["session"]["status"] == "running")
        await client.command("request_floor", kind="intervention")
"""

from app.client.clock import spent_ms
from app.client.connection import Client, Role
from app.client.errors import ClientError, NotAdmitted, Refused, SessionChanged, Unreachable
from app.client.joining import Joined, chair_cookies, join
from app.client.merging import apply_patch
from app.client.outbox import Accepted

__all__ = [
    "Accepted",
    "Client",
    "ClientError",
    "Joined",
    "NotAdmitted",
    "Refused",
    "Role",
    "SessionChanged",
    "Unreachable",
    "apply_patch",
    "chair_cookies",
    "join",
    "spent_ms",
]
