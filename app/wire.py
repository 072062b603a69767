"""JSON text <-> commands and events: the one table of names.

A command's name on the wire is its class's in snake case (`GiveFloor` -> `give_floor`); an event is stored under its
class's own name. What comes from outside is checked strictly; what the log holds was ours, and older fields may lack.
"""

import re
import reprlib
from dataclasses import MISSING, fields
from typing import Any, Literal, get_args, get_type_hints

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from app.floor import events
from app.floor.commands import AttendeeCommand, ChairCommand, Command, SecretariatCommand
from app.floor.errors import Malformed, UnknownCommand
from app.floor.people import Actor, Role

SocketCommand = AttendeeCommand | SecretariatCommand | ChairCommand
"""What may come over a socket."""


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def command_name(command: Command) -> str:
    return _snake(type(command).__name__)


COMMANDS: dict[str, type[Any]] = {_snake(kind.__name__): kind for kind in get_args(SocketCommand)}
EVENTS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(events.Event)}

_STRICT = ConfigDict(strict=True, extra="forbid")


class CommandMessage(BaseModel):
    """`{"type": "command", "id", "do", "with"}`."""

    model_config = _STRICT
    type: Literal["command"]
    id: str = Field(pattern=r"^[!-~]{1,64}$")  # a UUID; kept in the database, which need not take every character
    do: str = Field(max_length=64)
    with_: dict[str, Any] = Field(alias="with", default_factory=dict)


class PingMessage(BaseModel):
    """`{"type": "ping", "sent"}`: `sent` is the client's own clock, given back as it came."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["ping"]
    sent: int | float


class ResyncMessage(BaseModel):
    model_config = _STRICT
    type: Literal["resync"]


Message = CommandMessage | PingMessage | ResyncMessage
_MESSAGES: dict[str, type[BaseModel]] = {
    "command": CommandMessage,
    "ping": PingMessage,
    "resync": ResyncMessage,
}


def parse_message(text: str | bytes) -> Message:
    """One message from a client. Raises Malformed, saying what was expected and what came."""
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Malformed(detail=f"expected JSON text: {error}") from None
    kind = content.get("type") if isinstance(content, dict) else None
    model = _MESSAGES.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise Malformed(detail=f"type: expected {', '.join(_MESSAGES)}, got {_shown(kind)}")
    return _validated(model, content)  # type: ignore[return-value]


def command_id_of(text: str | bytes) -> str:
    """The id of a message that could not be parsed, if it has one: so that its sender learns what was refused."""
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError:
        return ""
    found = content.get("id") if isinstance(content, dict) else None
    return found if isinstance(found, str) and len(found) <= 64 else ""


def parse_command(do: str, values: dict[str, Any]) -> SocketCommand:
    """The command that a message asks for. Raises UnknownCommand or Malformed."""
    kind = COMMANDS.get(do)
    if kind is None:
        raise UnknownCommand(name=do)
    checked = _validated(_MODELS[kind], values)
    return kind(**dict(checked))  # type: ignore[no-any-return]


def _strict_model(kind: type[Any]) -> type[BaseModel]:
    """A strict model with the fields of a command's dataclass."""
    hints = get_type_hints(kind)
    made: dict[str, Any] = {
        one.name: (hints[one.name], ... if one.default is MISSING else one.default) for one in fields(kind)
    }
    return create_model(kind.__name__, __config__=_STRICT, **made)


_MODELS = {kind: _strict_model(kind) for kind in COMMANDS.values()}
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in EVENTS.values()}


def _validated(model: type[BaseModel], values: dict[str, Any]) -> BaseModel:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "message"
        raise Malformed(detail=f"{where}: {first['msg']}, got {_shown(first['input'])}") from None


def _shown(value: object) -> str:
    text = reprlib.repr(value)  # which takes any depth
    return text if len(text) <= 60 else text[:59] + "…"


def event_name(event: events.Event) -> str:
    return type(event).__name__


def event_data(event: events.Event) -> dict[str, Any]:
    """An event's fields as JSON values."""
    data: dict[str, Any] = _ADAPTERS[type(event)].dump_python(event, mode="json")
    return data


def parse_event(name: str, data: dict[str, Any]) -> events.Event:
    """An event of the log. Raises KeyError or ValidationError on what this version never wrote."""
    event: events.Event = _ADAPTERS[EVENTS[name]].validate_python(data)
    return event


def actor_text(actor: Actor) -> str:
    """`role:id`, or `role` where there is no id."""
    return f"{actor.role}:{actor.id}" if actor.id else actor.role


def parse_actor(text: str) -> Actor:
    role, _, id_ = text.partition(":")
    return Actor(known_role(role), id_)


def known_role(text: str) -> Role:
    """Raises StopIteration on what is no role."""
    roles: tuple[Role, ...] = get_args(Role)
    return next(one for one in roles if one == text)
