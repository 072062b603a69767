"""session_config.yaml + environment + command line -> frozen `Settings`; all mistakes are named at once.

The later layer wins: default, file, environment, command line. Secrets come from the environment alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.config_file import KeyPath, Mistake, key_text, read, shown
from app.config_limits import Attendees, Limits
from app.config_model import OpeningOrClosing, Reading, SessionFile, Topic
from app.config_values import Disallowed, Proxies, described, secret_of
from app.floor.plan import Plan
from app.i18n import ENGLISH
from app.logs import LogFormat

SECRETS = {"chair_key": "OPEN_FLOOR_CHAIR_KEY", "secret": "OPEN_FLOOR_SECRET"}
"""What somebody might write into the file -> the environment variable where it belongs."""


class ConfigMistakes(Exception):  # noqa: N818 – the word people read
    """Everything that is wrong with the configuration, one line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the server is told before it starts. Printing it shows no secret."""

    plan: Plan
    public_address: str | None
    database_url: str = field(repr=False)  # it may hold a password
    host: str
    port: int
    log_format: LogFormat
    chair_key: SecretStr | None
    secret: SecretStr | None
    forwarded_allow_ips: str
    limits: Limits
    keep_personal_data_days: int | None
    """After the session's end; None: until it is erased by hand."""


class Variables(BaseSettings):
    """The simple values of the file that the environment may replace; the same rules check them."""

    model_config = SettingsConfigDict(env_prefix="OPEN_FLOOR_", env_ignore_empty=True, extra="ignore", frozen=True)

    date: Any = None
    starts: Any = None
    time_zone: Any = None
    speaking_time_seconds: Any = None
    shortest_speaking_time_seconds: Any = None
    speaking_order: Any = None
    contact: Any = None
    public_address: Any = None
    database_url: Any = Field(None, validation_alias="DATABASE_URL")
    host: Any = None
    port: Any = None
    log_format: Any = None
    keep_personal_data_days: Any = None


class ServerVariables(BaseSettings):
    """What only the environment may say."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    chair_key: Annotated[SecretStr | None, BeforeValidator(secret_of(12))] = Field(
        None, validation_alias=SECRETS["chair_key"]
    )
    secret: Annotated[SecretStr | None, BeforeValidator(secret_of(16))] = Field(
        None, validation_alias=SECRETS["secret"]
    )
    trusted_proxies: Proxies | None = Field(None, validation_alias="OPEN_FLOOR_TRUSTED_PROXIES")
    forwarded_allow_ips: Proxies = Field("127.0.0.1", validation_alias="FORWARDED_ALLOW_IPS")


def load_settings(path: Path, **overrides: str | int | None) -> Settings:
    """The settings of this file, under the environment, under the overrides (None: not given).

    An override is named as in the file and comes from the command line. Raises `ConfigMistakes`.
    """
    given = {name: str(value) for name, value in overrides.items() if value is not None}
    if strange := given.keys() - SessionFile.model_fields.keys():
        raise TypeError(f"no such setting: {', '.join(sorted(strange))}")
    session, session_mistakes = _session(path, given)
    server, server_mistakes = _server()
    if session is None or server is None or session_mistakes:
        raise ConfigMistakes(session_mistakes + server_mistakes)
    return Settings(
        plan=session.plan(),
        public_address=session.public_address,
        database_url=session.database_url,
        host=session.host,
        port=session.port,
        log_format=session.log_format,
        chair_key=server.chair_key,
        secret=server.secret,
        forwarded_allow_ips=server.trusted_proxies or server.forwarded_allow_ips,
        limits=session.limits,
        keep_personal_data_days=session.keep_personal_data_days,
    )


def _session(path: Path, given: Mapping[str, str]) -> tuple[SessionFile | None, list[str]]:
    """The three layers laid over each other and checked as one; each mistake is named where its value came from."""
    document = read(path)
    variables = Variables().model_dump(exclude_none=True)
    in_file = document.keys or {}
    reading = Reading(
        languages=_languages_of(in_file),
        database_in_file="database_url" not in {*variables, *given},
    )
    session = None
    elsewhere = []
    try:
        session = SessionFile.model_validate({**in_file, **variables, **given}, context=reading)
    except ValidationError as error:
        for found in error.errors():
            key = _key_path(found)
            name = str(key[0])
            if name in given:
                elsewhere.append(f"{_option(name)}: {_sentence(found)}")
            elif name in variables:
                elsewhere.append(f"environment variable {_variable(name)}: {_sentence(found)}")
            elif document.keys is not None:
                text = f"{key_text(key)}: {_sentence(found)}"
                document.mistakes.append(Mistake(document.line_of(key), text))
    by_line = sorted(document.mistakes, key=lambda mistake: mistake.line)
    return session, [_in_file(path, mistake) for mistake in by_line] + elsewhere


def _server() -> tuple[ServerVariables | None, list[str]]:
    try:
        return ServerVariables(), []
    except ValidationError as error:
        return None, [f"environment variable {found['loc'][0]}: {_sentence(found)}" for found in error.errors()]


def _languages_of(in_file: Mapping[str, Any]) -> frozenset[str] | None:
    """What `languages` says, where it says anything sensible: texts are checked against it."""
    languages = in_file.get("languages", [ENGLISH])
    if isinstance(languages, list) and all(isinstance(language, str) for language in languages):
        return frozenset(languages) | {ENGLISH}
    return None


def _in_file(path: Path, mistake: Mistake) -> str:
    line = f":{mistake.line}" if mistake.line else ""
    return f"{shown(str(path), 500)}{line}: {mistake.text}"


def _option(name: str) -> str:
    return "--database" if name == "database_url" else f"--{name.replace('_', '-')}"


def _variable(name: str) -> str:
    alias = Variables.model_fields[name].validation_alias
    return str(alias or f"OPEN_FLOOR_{name.upper()}")


def _key_path(error: ErrorDetails) -> KeyPath:
    """Where the value stands. Pydantic marks a mistaken key by one more step."""
    location = error["loc"]
    return location[:-1] if location and location[-1] == "[key]" else location


def _sentence(error: ErrorDetails) -> str:
    """What was found and what is allowed."""
    if error["type"] == "extra_forbidden":
        return _unknown_key(error["loc"])
    reason = error.get("ctx", {}).get("error")
    found = reason.found if isinstance(reason, Disallowed) and reason.found else described(error["input"])
    return f"found {found}, allowed: {reason or error['msg']}"


def _unknown_key(path: KeyPath) -> str:
    match path:
        case ("topics", _, key):
            section: type[BaseModel] = Topic
        case ("limits", "attendees" | "consoles", key):
            section = Attendees  # both have the same keys
        case ("limits", key):
            section = Limits
        case (_, key):
            section = OpeningOrClosing
        case _:
            section, key = SessionFile, path[-1]
    name = str(key).lower().replace("-", "_").replace(" ", "_").removeprefix("open_floor_")
    near = get_close_matches(name[:80], [*section.model_fields, *SECRETS], n=1, cutoff=0.7)
    if near and near[0] in SECRETS:
        return f"found a secret, allowed: none in this file; set the environment variable {SECRETS[near[0]]}"
    hint = f" (did you mean {near[0]}?)" if near else ""
    return f"found an unknown key{hint}, allowed: {', '.join(section.model_fields)}"
