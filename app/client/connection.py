"""What a client knows and asks: the state kept up to date, commands answered, whatever the connection does."""

import asyncio
import contextlib
import time
import uuid
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Literal, Self

from app.client.errors import ClientError, SessionChanged, Unreachable
from app.client.link import Link, backoff_s
from app.client.merging import apply_patch
from app.client.outbox import Accepted, Outbox

PATCH_WITHIN_S = 0.3  # the server may hold patches back for a tenth of a second to combine them

Role = Literal["attendee", "chair", "room"]


class Client:
    """Use it as `async with Client(…) as client`; entering waits for the first snapshot.

    `as_` chooses the view and the role, `cookies` prove it. `patience_s` bounds how long it goes on without a
    connection (`None`: for ever); after that, and after `NotAdmitted`, every method raises what happened.
    """

    def __init__(
        self,
        address: str,
        *,
        as_: Role = "attendee",
        cookies: Mapping[str, str] | None = None,
        patience_s: float | None = 60,
    ) -> None:
        self.state: dict[str, Any] = {}
        """What this view may know, as of `seq`. A change replaces it; nothing in it changes in place."""
        self.seq = -1
        self.you: dict[str, Any] = {}
        self.live = False
        """Whether `state` is being kept up to date at this moment."""
        self._snapshots = 0
        self._link = Link(address, as_, cookies or {})
        self._patience_s = patience_s
        self._outbox = Outbox()
        self._waiting: dict[asyncio.Future[None], Callable[[Client], bool]] = {}
        self._task: asyncio.Task[None] | None = None
        self._failure: BaseException | None = ClientError("not connected: use `async with Client(…) as client`")

    async def __aenter__(self) -> Self:
        self._failure = None
        self._task = asyncio.create_task(self._stay_connected())
        self._task.add_done_callback(self._stopped)
        try:
            await self.until(lambda c: c.live, timeout_s=None)
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Leaves. Whoever still waits gets a `ClientError`."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def drop(self) -> None:
        """Cuts the connection as a bad network does: no goodbye. The client then comes back by itself."""
        self._link.drop()

    def now_ms(self) -> float:
        """Milliseconds since the Unix epoch on the server's clock."""
        return self._link.clock.now_ms()

    async def command(
        self, do: str, /, *, command_id: str | None = None, timeout_s: float | None = 30, **details: Any
    ) -> Accepted:
        """Asks for one thing, and returns when it is durable.

        `details` are what protocol.md has under "with"; leave out what is to be absent. Raises `Refused`;
        after `timeout_s` seconds `TimeoutError`: it may or may not have been done. Ask again with the same
        `command_id` to learn which.
        """
        self._raise_failure()
        command_id = command_id or str(uuid.uuid4())
        asked = self._outbox.put(command_id, do, details)
        try:
            async with asyncio.timeout(timeout_s):
                if self.live:
                    await self._link.send(asked.frame)
                return await asked.answer
        except TimeoutError:
            raise TimeoutError(f"{do}: no answer within {timeout_s} s (live: {self.live})") from None
        finally:
            self._outbox.forget(command_id, asked)

    async def until(self, holds: Callable[["Client"], bool], *, timeout_s: float | None = 10) -> None:
        """Returns once `holds(client)` is true: at once, or after a message from the server.

        Raises `TimeoutError` after `timeout_s` seconds (`None`: waits for ever).
        """
        self._raise_failure()
        if holds(self):
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[woken] = holds
        try:
            async with asyncio.timeout(timeout_s):
                await woken
        except TimeoutError:
            raise TimeoutError(f"waited {timeout_s} s in vain, at seq {self.seq} (live: {self.live})") from None
        finally:
            del self._waiting[woken]

    async def at(self, seq: int, *, timeout_s: float | None = 10) -> None:
        """Returns once `state` is that of `seq` or later.

        No patch comes where a command changed nothing in this view: then a snapshot is asked for, which has the
        newest state there is, under the seq of the last patch.
        """
        with contextlib.suppress(TimeoutError):
            await self.until(lambda c: c.seq >= seq, timeout_s=PATCH_WITHIN_S)
            return
        snapshots = self._snapshots
        await self.resync()
        await self.until(lambda c: c.seq >= seq or c._snapshots > snapshots, timeout_s=timeout_s)

    async def resync(self) -> None:
        """Asks for a snapshot; it arrives as any other change."""
        await self._link.send('{"type":"resync"}')

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _stopped(self, task: asyncio.Task[None]) -> None:
        self.live = False
        self._failure = (None if task.cancelled() else task.exception()) or ClientError("the client has left")
        self._outbox.fail(self._failure)
        for woken in self._waiting:
            if not woken.done():
                woken.set_exception(self._failure)

    def _changed(self) -> None:
        for woken, holds in self._waiting.items():
            if woken.done():
                continue
            try:
                if holds(self):
                    woken.set_result(None)
            except Exception as error:
                woken.set_exception(error)  # it is the waiter's mistake, not the connection's

    async def _stay_connected(self) -> None:
        alone_since, delays = time.monotonic(), backoff_s()
        while True:
            problem = await self._link.run(self._receive)
            if self.live:  # it had worked: patience and backoff begin anew
                self.live = False
                alone_since, delays = time.monotonic(), backoff_s()
                self._changed()
            alone_s = time.monotonic() - alone_since
            if self._patience_s is not None and alone_s > self._patience_s:
                raise Unreachable(f"{self._link.url}: none for {alone_s:.0f} s: {problem!r}") from problem
            await asyncio.sleep(next(delays))

    async def _receive(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "snapshot":
                await self._start_afresh(message)
            case "patch" if message["from"] != self.seq:
                await self.resync()
            case "patch":
                self.state, self.seq = apply_patch(self.state, message["patch"]), message["seq"]
            case "you":
                self.you = message["you"]
            case "accepted" | "refused":
                self._outbox.answered(message)
            case _:
                return  # a newer server may say more than we know
        self._changed()

    async def _start_afresh(self, message: dict[str, Any]) -> None:
        self._snapshots += 1
        before = self.state.get("session", {}).get("id")
        self.state, self.seq, self.you = message["state"], message["seq"], message["you"]
        self._link.clock.rough(message["now"])
        if before is not None and before != self.state["session"]["id"]:
            self._outbox.fail(SessionChanged(f"session {before} is over: the server runs another one"))
        if not self.live:
            self.live = True
            for frame in self._outbox.frames():
                await self._link.send(frame)
