"""The shipped server as a process of its own: a free loopback port, a database and a session file in one folder."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Self

from app import cli
from app.client import Client, Joined, chair_cookies, join

PROCESSES = multiprocessing.get_context("forkserver")
"""Each server is a process of its own; what it imports is loaded once for all, which takes longer than all the rest."""
PROCESSES.set_forkserver_preload(["tests.serving"])

CHAIR_KEY = "the-key-of-the-chair"
REPOSITORY = Path(__file__).parents[1]
READY = "  Secretariat  "
"""What the last of the printed links begins with."""
START_WITHIN_S = 60
END_WITHIN_S = 20

SESSION = """\
id: small
title: {en: A small session}
date: 2023-10-10
starts: "15:15"
time_zone: Asia/Tokyo
duration_minutes: 40
opening: {minutes: 5, title: {en: Opening}}
topics:
  - {id: vision, minutes: 15, title: {en: The vision}, question: {en: 'How far?'}}
  - {id: cooperation, minutes: 15, title: {en: Cooperation}, question: {en: 'Which measures?'}}
closing: {minutes: 5, title: {en: Closing}}
speaking_time_seconds: 120
groups:
  government: {en: Government}
  civil_society: {en: Civil society}
  academia: {en: Academia}
"""
"""Topics `opening`, `vision`, `cooperation`, `closing`; id `small`."""


def nothing() -> None:
    """What most processes need before they run."""


class ServerProcess:
    """`open-floor serve` in `folder`. Started again, it keeps its port and its database."""

    def __init__(self, folder: Path, session: str = SESSION, *, database: str | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "session.yaml"
        self.config.write_text(session, "utf-8")
        self.database = database or str(folder / "floor.db")
        self.port = free_port()
        self.printed = ""
        """What the last start wrote to the terminal."""
        self.prepare: Callable[[], None] = nothing
        """Called in the new process before the command is: what the machine does to it."""
        self._log = folder / "server.log"
        self._process: ForkServerProcess | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def chair_link(self) -> str:
        return f"{self.address}/chair?key={CHAIR_KEY}"

    @property
    def log(self) -> str:
        """All that it has logged so far, over all its starts."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    def start(self, *arguments: str, **environment: str) -> Self:
        """Returns once it has printed its links. Raises with what it logged where it ends instead."""
        listen = ("--host", "127.0.0.1", "--port", str(self.port))
        command = ("serve", *listen, "--database", self.database, "--config", str(self.config), *arguments)
        variables = clean_environment() | {"OPEN_FLOOR_CHAIR_KEY": CHAIR_KEY} | environment
        reader, terminal = PROCESSES.Pipe(duplex=False)
        self._process = PROCESSES.Process(target=_run, args=(command, variables, terminal, self._log, self.prepare))
        self._process.start()
        terminal.close()
        patience = threading.Timer(START_WITHIN_S, self._process.kill)
        patience.start()
        with open(reader.fileno(), closefd=False) as lines:
            self.printed = _printed_until_ready(lines)
        patience.cancel()
        self._terminal = reader
        if READY not in self.printed:
            self._process.join(END_WITHIN_S)
            status = self.end()
            raise AssertionError(f"the server ended with status {status}:\n{self.log}")
        return self

    @property
    def pid(self) -> int:
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ends it by this signal; the exit status (minus the signal's number, where that ended it)."""
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.exitcode is None:
            assert process.pid is not None
            os.kill(process.pid, by)
            process.join(END_WITHIN_S)
        status = process.exitcode
        process.kill()
        process.join()
        process.close()
        self._terminal.close()
        assert status is not None, f"signal {by} did not end it within {END_WITHIN_S} s"
        return status

    @property
    def faults(self) -> list[str]:
        """The lines of the log that tell of a mistake in the server itself."""
        signs = ("Exception in", "exception was never", "commands failed")
        return [line for line in self.log.splitlines() if any(sign in line for sign in signs)]

    async def chair(self) -> Client:
        """A console, yet to be entered: `async with await server.chair() as chair`."""
        return Client(self.address, as_="chair", cookies=await chair_cookies(self.chair_link))

    async def phone(self, name: str, **details: Any) -> Client:
        """The phone of someone who has joined."""
        return Client(self.address, cookies=(await self.joined(name, **details)).cookies)

    async def joined(self, name: str, **details: Any) -> Joined:
        return await join(self.address, **{"name": name, "organisation": "Kyoto Forum", "group": "academia", **details})

    def room(self) -> Client:
        return Client(self.address, as_="room")


def _run(
    command: Sequence[str], variables: Mapping[str, str], terminal: Connection, log: Path, prepare: Callable[[], None]
) -> None:
    """In the new process: what the shell does before it runs `open-floor`."""
    os.environ.clear()
    os.environ.update(variables)
    os.dup2(terminal.fileno(), 1)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    sys.argv = ["open-floor", *command]
    warnings.simplefilter("error", UserWarning)  # a text that is missing is one
    prepare()
    cli.main()


def _printed_until_ready(lines: Iterable[str]) -> str:
    printed = ""
    for line in lines:
        printed += line
        if READY in line:
            break
    return printed


def free_port() -> int:
    with socket.socket() as chooser:
        chooser.bind(("127.0.0.1", 0))
        port: int = chooser.getsockname()[1]
        return port


def clean_environment() -> dict[str, str]:
    """Ours, without what would configure the server, and with bytecode kept: it would be compiled at each start."""
    settings = ("OPEN_FLOOR_", "DATABASE_URL", "FORWARDED_ALLOW_IPS", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(settings)}
