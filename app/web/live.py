"""WS /ws: live state out, commands in."""

import logging
from typing import Any

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from app import i18n
from app.answers import Accepted, RefusedFor
from app.floor.errors import Refused, TooFast
from app.floor.people import Actor
from app.frames import EXTENSION
from app.hub import Socket
from app.web.access import origin_is_ours
from app.web.context import Context, Floor
from app.web.pace import Pace
from app.wire import CommandMessage, PingMessage, command_id_of, parse_command, parse_message

log = logging.getLogger(__name__)
router = APIRouter()

PACE = {"attendee": (5.0, 20), "room": (5.0, 20), "chair": (20.0, 60)}
"""Messages a second in the long run, and at once, by role."""


@router.websocket("/ws")
async def live(websocket: WebSocket, floor: Floor) -> None:
    """One screen. The cookies say who it may be, `?as=` which view it wants and which role it acts in."""
    actor = _actor(websocket, floor)
    if actor is None or not origin_is_ours(websocket.headers, floor.public_address(websocket)):
        await websocket.close()  # before it was accepted: HTTP 403
        return
    await websocket.accept()
    socket = Socket(
        websocket.scope["extensions"][EXTENSION],
        "chair" if actor.role == "chair" else "audience",
        actor.id if actor.role == "attendee" else "",
    )
    screen = _Screen(
        floor, socket, actor, i18n.preferred(websocket.headers.get("accept-language", ""), _offered(floor))
    )
    floor.publisher.welcome(socket, screen.you)
    try:
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            await screen.take(message.get("text") or message.get("bytes") or b"")
    except WebSocketDisconnect:
        return
    finally:
        floor.publisher.farewell(socket)


def _actor(websocket: WebSocket, floor: Context) -> Actor | None:
    """None where the role that is asked for is not to be had."""
    match websocket.query_params.get("as", "attendee"):
        case "chair":
            return floor.access.chair(websocket.cookies)
        case "room":
            return Actor("room")
        case "attendee":
            return floor.access.attendee(websocket.cookies, floor.room.state)
    return None


def _offered(floor: Context) -> tuple[str, ...]:
    return floor.settings.plan.languages


class _Screen:
    """One connection's conversation: each message in turn is done and answered."""

    def __init__(self, floor: Context, socket: Socket, actor: Actor, language: str) -> None:
        self._floor = floor
        self._socket = socket
        self._actor = actor
        self._language = language
        self._pace = Pace(*PACE[actor.role])
        self.you: dict[str, Any] = {"role": actor.role}
        if socket.participant:
            self.you["participant"] = socket.participant

    async def take(self, text: str | bytes) -> None:
        wait_s = self._pace.wait_s(self._floor.now_ms())
        try:
            if wait_s:
                raise TooFast(seconds=wait_s)
            message = parse_message(text)
            match message:
                case CommandMessage():
                    await self._do(message)
                case PingMessage(sent=sent):
                    self._socket.send({"type": "pong", "sent": sent, "now": self._floor.now_ms()})
                case _:
                    self._floor.publisher.send_snapshot(self._socket, self.you)
        except Refused as refused:
            self._refuse(command_id_of(text), refused.code, refused.values_by_name)

    async def _do(self, message: CommandMessage) -> None:
        command = parse_command(message.do, message.with_)
        match await self._floor.room.handle(command, self._actor, message.id):
            case Accepted(seq):
                self._socket.send({"type": "accepted", "id": message.id, "seq": seq})
            case RefusedFor(reason, values):
                self._refuse(message.id, reason, values)

    def _refuse(self, command_id: str, reason: str, values: dict[str, str | int]) -> None:
        participant = self._floor.room.state.participants.get(self._actor.id)
        language = participant.language if participant and self._actor.role == "attendee" else self._language
        text = i18n.text(language, f"refused.{reason}", **values)
        self._socket.send({"type": "refused", "id": command_id, "reason": reason, "message": text})
