"""One screen's conversation with the room, whatever carries it: each message in turn is done and answered."""

import logging
from typing import Any

from starlette.requests import HTTPConnection

from app import i18n
from app.answers import Accepted, RefusedFor
from app.floor.errors import Malformed, Refused, TooFast
from app.floor.people import CONSOLES, Actor
from app.hub import Socket, Transport
from app.web.access import origin_is_ours
from app.web.context import Context
from app.web.language import chosen, language_of
from app.web.pace import Pace
from app.wire import CommandMessage, PingMessage, command_id_of, parse_command, parse_message

log = logging.getLogger(__name__)


def actor_of(connection: HTTPConnection, floor: Context) -> Actor | None:
    """Who a page that wants to be live acts as: the cookies say who it may be, `?as=` which role it wants.

    None where that is not to be had, or where the page is not one of ours.
    """
    turned_away = floor.room.measures.turned_away
    if not origin_is_ours(connection.headers, floor.public_address(connection)):
        turned_away.labels("origin").inc()
        return None
    actor: Actor | None = None
    match connection.query_params.get("as", "attendee"):
        case "chair":
            actor = floor.access.console(connection.cookies)
        case "room":
            actor = Actor("room")
        case "attendee":
            actor = floor.access.attendee(connection.cookies, floor.room.state)
    if actor is None:
        turned_away.labels("role").inc()
    return actor


class Screen:
    """Begins with a snapshot; takes messages until it ends."""

    def __init__(self, floor: Context, transport: Transport, actor: Actor, connection: HTTPConnection) -> None:
        is_console = actor.role in CONSOLES
        self._floor = floor
        self._actor = actor
        self._socket = Socket(
            transport,
            "chair" if is_console else "room" if actor.role == "room" else "audience",
            actor,
            floor.access.console_key(connection.cookies) if is_console else "",
        )
        languages = floor.settings.plan.languages
        self._chosen = chosen(connection, languages)
        self._language = language_of(connection, languages)
        limits = floor.settings.limits.consoles if is_console else floor.settings.limits.attendees
        self._most_bytes = limits.message_bytes
        self._pace = Pace(limits.messages_per_second, limits.messages_at_once)
        self._you: dict[str, Any] = {"role": actor.role}
        if is_console:
            self._you["who"] = actor.id
        if self._socket.participant:
            self._you["participant"] = actor.id

    def begin(self) -> None:
        self._floor.publisher.welcome(self._socket, self._you)
        self._log_console("a console has connected")

    def end(self) -> None:
        self._floor.publisher.farewell(self._socket)
        if self._socket.lagged:
            self._floor.room.measures.lagging.labels(self._socket.channel).inc()
            log.warning("a socket was dropped: it did not take what it was sent", extra={"role": self._actor.role})
        self._log_console("a console has gone")

    def _log_console(self, what: str) -> None:
        """By the name of its key: who they are is the organiser's to know."""
        if self._socket.channel == "chair":
            log.info(what, extra={"console": self._actor.id, "role": self._actor.role})

    async def take(self, text: str | bytes) -> None:
        try:
            _check_pace(self._pace.wait_s(self._floor.now_ms()))
            self._check_size(text)
            match parse_message(text):
                case CommandMessage() as message:
                    await self._do(message)
                case PingMessage(sent=sent):
                    self._socket.send({"type": "pong", "sent": sent, "now": self._floor.now_ms()})
                case _:
                    self._floor.publisher.send_snapshot(self._socket, self._you)
        except Refused as refused:  # before it came to the room, which counts what it answers itself
            self._floor.room.measures.refused.labels(refused.code).inc()
            self._refuse(command_id_of(text), refused.code, refused.values_by_name)

    def _check_size(self, text: str | bytes) -> None:
        """Refused, and not closed: whoever comes back to say the same would be closed again, for ever."""
        size = len(text.encode() if isinstance(text, str) else text)
        if size > self._most_bytes:
            raise Malformed(detail=f"message: expected at most {self._most_bytes} bytes, got {size}")

    async def _do(self, message: CommandMessage) -> None:
        command = parse_command(message.do, message.with_)
        if participant := self._socket.participant:
            _check_pace(self._floor.allowance.commands.wait_s(participant, self._floor.now_ms()))
        match await self._floor.room.handle(command, self._actor, message.id):
            case Accepted(seq):
                self._socket.send({"type": "accepted", "id": message.id, "seq": seq})
            case RefusedFor(reason, values):
                self._refuse(message.id, reason, values)

    def _refuse(self, command_id: str, reason: str, values: dict[str, str | int]) -> None:
        participant = self._floor.room.state.participants.get(self._actor.id)
        known = participant.language if participant and self._actor.role == "attendee" else ""
        language = self._chosen or known or self._language
        text = i18n.text(language, f"refused.{reason}", **values)
        self._socket.send({"type": "refused", "id": command_id, "reason": reason, "message": text})


def _check_pace(wait_s: int) -> None:
    if wait_s:
        raise TooFast(seconds=wait_s)
