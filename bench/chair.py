"""How long the chair waits for an answer while the hall is still being told of the command before.

    python -m bench.chair --sockets 10000

Each round the chair opens a topic and, as soon as that is accepted and the fan-out begins, sends another command. The
baseline is the same command when nothing else goes on. The chair is a thread of its own: it must not wait until the
crowd's thread has read what came for thousands.
"""

import asyncio
import json
import statistics
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.crowd import Crowd, Listener
from bench.fanout import open_topic, prepare
from bench.process import alone, free_port, running

ROUNDS = 15
QUIET_S = 1.0
ANSWER_WITHIN_S = 30
SWITCH_S = 0.0005


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds from a command to its `accepted`."""

    quiet: list[float]
    busy: list[float]


def announce() -> bytes:
    text = f"Lunch at {uuid.uuid4().hex[:4]}"
    return json.dumps({"type": "command", "id": str(uuid.uuid4()), "do": "announce", "with": {"text": text}}).encode()


def answered_ms(crowd: Crowd, chair: Listener, command: bytes) -> float:
    """Sends it and waits for `accepted`."""
    sent, chair.frames = time.perf_counter(), []
    chair.send(command)
    while time.perf_counter() - sent < ANSWER_WITHIN_S:
        crowd.idle(0.0002)
        for at, frame in chair.frames:
            if b'"accepted"' in frame[:40]:
                return (at - sent) * 1000
            if b'"refused"' in frame[:40]:
                raise SystemExit(f"the server refused: {frame!r}")
    raise SystemExit(f"no answer within {ANSWER_WITHIN_S} s")


def chair_waits(port: int, cookie: str, topics: list[str]) -> Waits:
    crowd, waits = Crowd(port), Waits([], [])
    chair = crowd.connect("/ws?as=chair", cookie=cookie, keep=True)
    crowd.wait_for_all([chair], timeout_s=10)
    for number in range(ROUNDS):
        crowd.idle(QUIET_S)
        waits.quiet.append(answered_ms(crowd, chair, announce()))
        crowd.idle(QUIET_S)
        answered_ms(crowd, chair, open_topic(topics[number % len(topics)]))
        waits.busy.append(answered_ms(crowd, chair, announce()))
    crowd.close()
    return waits


def measure(sockets: int, folder: Path) -> Waits:
    sys.setswitchinterval(SWITCH_S)
    port = free_port()
    arguments = ["-m", "app.cli", "serve", "--port", str(port), "--database", str(folder / "chair.db")]
    with running(arguments, port, folder / "chair.log"):
        cookie, topics = asyncio.run(prepare(f"http://127.0.0.1:{port}", 20))
        crowd = Crowd(port)
        crowd.gather(sockets, "/ws", deflate=True)
        found: list[Waits] = []
        thread = threading.Thread(target=lambda: found.append(chair_waits(port, cookie, topics)))
        thread.start()
        while thread.is_alive():
            crowd.idle(0.05)
        crowd.close()
    return found[0]


def report(count: int, folder: Path) -> Iterator[str]:
    found = measure(count, folder)
    yield f"| the chair's next command, {count:,} sockets | median | worst |"
    yield "| --- | --- | --- |"
    yield f"| nothing else goes on | {statistics.median(found.quiet):.1f} ms | {max(found.quiet):.1f} ms |"
    yield f"| while they hear of the one before | {statistics.median(found.busy):.1f} ms | {max(found.busy):.1f} ms |"


if __name__ == "__main__":
    alone(__doc__, 10_000, report)
