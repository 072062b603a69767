"""What the entry points work with: put together once by `main.create_app`, handed to each by FastAPI."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.clock import NowMs
from app.config import Settings
from app.health import Health
from app.publisher import Publisher
from app.room import Room
from app.web.access import Access
from app.web.links import Links
from app.web.pace import Allowance
from app.web.soundness import Soundness

LONGEST_HOST = 255


@dataclass(frozen=True, slots=True)
class Context:
    settings: Settings
    room: Room
    publisher: Publisher
    access: Access
    now_ms: NowMs
    health: Health
    allowance: Allowance
    links: Links = field(default_factory=Links)
    soundness: Soundness = field(default_factory=Soundness)

    @property
    def session(self) -> str:
        return self.settings.plan.id

    def public_address(self, connection: HTTPConnection) -> str:
        """Where phones join: what the settings say, else the address that this page itself was asked for by."""
        url = (
            connection.base_url
        )  # by the Host that was sent, which may be anything; only its sender is answered with it
        scheme = {"ws": "http", "wss": "https"}.get(url.scheme, url.scheme)
        return self.settings.public_address or f"{scheme}://{url.netloc[:LONGEST_HOST]}"


def _context(connection: HTTPConnection) -> Context:
    context: Context = connection.app.state.context
    return context


Floor = Annotated[Context, Depends(_context)]
