"""From the chair's command to the last of N sockets, beside a bare server that writes the same bytes to as many.

    python -m bench.fanout --sockets 2000

The command is `open_topic`, to and fro between two topics on each of which 20 people wait: the list of speakers of
one topic leaves all screens, that of the other appears, a message of about 4 kB. The bare server (bench/bare.py) gets
that very frame, and writes it when told to. Server on one core; the clients, and the chair among them, on another.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from app.client import Client, chair_cookies
from bench.crowd import Crowd, Listener
from bench.process import CHAIR_KEY, cpu_ms, free_port, pin, raise_file_limit, resident_kb, running

WARM_UP_ROUNDS = 2
BETWEEN_ROUNDS_S = 0.15
FANOUT_WITHIN_S = 60


@dataclass(frozen=True, slots=True)
class Round:
    """Milliseconds from just before the command was sent."""

    accepted: float | None
    """The chair has read `accepted`: the command is durable."""
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Result:
    rounds: list[Round]
    kb_per_socket: float
    frame: bytes
    surplus: int
    """Messages beyond one a socket a round."""
    cpu_ms: float
    """Processor time of the server's main thread a round: what a busy neighbour does not change."""

    def median(self, name: str) -> float:
        return statistics.median(float(getattr(one, name)) for one in self.rounds)


async def prepare(address: str, waiting: int) -> tuple[str, list[str]]:
    """A running session with `waiting` people on each of its first two topics; the chair's cookie and those topics."""
    cookies = await chair_cookies(f"{address}/chair?key={CHAIR_KEY}")
    async with Client(address, as_="chair", cookies=cookies) as chair:
        await chair.command("start_session")
        planned = chair.state["topics"]
        topics = sorted((t for t in planned if planned[t]["kind"] == "topic"), key=lambda t: planned[t]["place"])[:2]
        for topic in topics:
            await chair.command("open_topic", topic=topic)
            for number in range(waiting):
                await chair.command(
                    "add_request",
                    name=f"Participant {number} {topic}",
                    organisation="Open Data Forum of the Region",
                    group="civil_society",
                    kind="intervention",
                )
        return "; ".join(f"{name}={value}" for name, value in cookies.items()), topics


def open_topic(topic: str) -> bytes:
    command = {"type": "command", "id": str(uuid.uuid4()), "do": "open_topic", "with": {"topic": topic}}
    return json.dumps(command).encode()


def one_round(crowd: Crowd, chair: Listener, text: bytes, *, acknowledged: bool) -> Round:
    crowd.forget_messages()
    chair.messages = 0
    chair.frames = []
    sent = time.perf_counter()
    chair.send(text)
    crowd.wait_for_all(crowd.listeners, timeout_s=FANOUT_WITHIN_S)
    arrived = [listener.arrived for listener in crowd.listeners]
    accepted = None
    while acknowledged and accepted is None:
        if time.perf_counter() - sent > FANOUT_WITHIN_S:
            raise SystemExit("all sockets have the patch, and the chair was not told that it is accepted")
        accepted = next((at for at, frame in chair.frames if b'"accepted"' in frame), None)
        if any(b'"refused"' in frame for _, frame in chair.frames):
            raise SystemExit(f"the server refused: {chair.frames}")
        crowd.idle(0.005)
    return Round(
        None if accepted is None else (accepted - sent) * 1000,
        (min(arrived) - sent) * 1000,
        (max(arrived) - sent) * 1000,
    )


def measure(
    crowd: Crowd, chair: Listener, texts: list[bytes], rounds: int, *, acknowledged: bool
) -> tuple[list[Round], int]:
    """The rounds without the first few, and how many messages came that should not have."""
    measured, surplus = [], 0
    for number in range(rounds + WARM_UP_ROUNDS):
        measured.append(one_round(crowd, chair, texts[number % len(texts)], acknowledged=acknowledged))
        crowd.idle(BETWEEN_ROUNDS_S)
        surplus += sum(listener.messages for listener in crowd.listeners) - len(crowd.listeners)
    return measured[WARM_UP_ROUNDS:], surplus


def gather(crowd: Crowd, pid: int, sockets: int, *, deflate: bool = True) -> float:
    """All sockets connected; how much the server grew by each, in kB."""
    before_kb = resident_kb(pid)
    crowd.gather(sockets, "/ws", deflate=deflate)
    crowd.idle(1)
    return (resident_kb(pid) - before_kb) / sockets


def open_floor(sockets: int, rounds: int, waiting: int, folder: Path, *, deflate: bool = True) -> Result:
    port = free_port()
    arguments = ["-m", "app.cli", "serve", "--port", str(port), "--database", str(folder / "bench.db")]
    with running(arguments, port, folder / "open-floor.log") as process:
        cookie, topics = asyncio.run(prepare(f"http://127.0.0.1:{port}", waiting))
        crowd = Crowd(port)
        kb = gather(crowd, process.pid, sockets - 1, deflate=deflate)
        witness = crowd.connect("/ws", keep=True, deflate=deflate)
        crowd.listeners.append(witness)
        chair = crowd.connect("/ws?as=chair", cookie=cookie, deflate=False, keep=True)
        crowd.wait_for_all([witness, chair], timeout_s=10)
        texts = [open_topic(topics[number % 2]) for number in range(rounds + WARM_UP_ROUNDS)]
        cpu = cpu_ms(process.pid)
        measured, surplus = measure(crowd, chair, texts, rounds, acknowledged=True)
        cpu = cpu_ms(process.pid) - cpu
        frame = (witness.frames or [(0.0, b"")])[-1][1]
        crowd.close()
    return Result(measured, kb, frame, surplus, cpu / (rounds + WARM_UP_ROUNDS))


def bare(sockets: int, rounds: int, frame: bytes, folder: Path) -> Result:
    port = free_port()
    with running(["-m", "bench.bare", str(port)], port, folder / "bare.log") as process:
        crowd = Crowd(port)
        kb = gather(crowd, process.pid, sockets)
        control = crowd.connect("/control", keep=True)
        crowd.wait_for_all([control], timeout_s=10)
        control.messages = 0
        control.send(frame)
        crowd.wait_for_all([control], timeout_s=10)
        cpu = cpu_ms(process.pid)
        measured, surplus = measure(crowd, control, [b""], rounds, acknowledged=False)
        cpu = cpu_ms(process.pid) - cpu
        crowd.close()
    return Result(measured, kb, frame, surplus, cpu / (rounds + WARM_UP_ROUNDS))


def table(ours: Result, baseline: Result) -> str:
    rows = [("", "accepted", "first", "last", "last, worst", "kB a socket")]
    for name, result in (("Open Floor", ours), ("bare uvloop", baseline)):
        accepted = f"{result.median('accepted'):.1f} ms" if result.rounds[0].accepted is not None else "–"
        worst = max(one.last for one in result.rounds)
        first, last = result.median("first"), result.median("last")
        rows.append(
            (name, accepted, f"{first:.1f} ms", f"{last:.1f} ms", f"{worst:.1f} ms", f"{result.kb_per_socket:.1f}")
        )
    lines = ["".join(cell.ljust(13) if n == 0 else cell.rjust(13) for n, cell in enumerate(row)) for row in rows]
    last = ours.median("last") / baseline.median("last")
    spread = statistics.median(r.last - r.first for r in ours.rounds)
    bare_spread = statistics.median(r.last - r.first for r in baseline.rounds)
    lines.append(f"\nratio, command to last socket:          {last:.2f}")
    lines.append(
        f"ratio, first to last (no commit in it):  {spread / bare_spread:.2f}  ({spread:.1f} / {bare_spread:.1f} ms)"
    )
    lines.append(f"processor time a round: {ours.cpu_ms:.1f} / {baseline.cpu_ms:.1f} ms")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--sockets", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument(
        "--waiting", type=int, default=20, help="people on each of the two lists; sets the frame's size"
    )
    parser.add_argument("--plain", action="store_true", help="clients that do not offer permessage-deflate")
    given = parser.parse_args()
    raise_file_limit(given.sockets + 200)
    where = pin(os.getpid(), 1)
    with tempfile.TemporaryDirectory(prefix="open-floor-bench-") as name:
        folder = Path(name)
        ours = open_floor(given.sockets, given.rounds, given.waiting, folder, deflate=not given.plain)
        baseline = bare(given.sockets, given.rounds, ours.frame, folder)
    packed = "compressed" if ours.frame[:1] and ours.frame[0] & 0x40 else "not compressed"
    print(f"{given.sockets} sockets, a frame of {len(ours.frame)} bytes ({packed}), medians of {given.rounds} rounds")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, clients: {where}\n")
    print(table(ours, baseline))
    for label, result in (("Open Floor", ours), ("bare uvloop", baseline)):
        if result.surplus:
            print(f"{label}: {result.surplus} messages more than one a socket a round")


if __name__ == "__main__":
    main()
