"""How long the chair waits for an answer while the hall is still being told of the command before.

    python -m bench.chair --sockets 10000

Each round the chair opens a topic and, as soon as that is accepted and the fan-out begins, sends another command. The
baseline is the same command when nothing else goes on. The chair is a thread of its own: it must not wait until the
crowd's thread has read what came for thousands.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from bench.crowd import Crowd, Listener
from bench.fanout import open_topic, prepare
from bench.process import free_port, pin, raise_file_limit, running

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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--sockets", type=int, default=10_000)
    given = parser.parse_args()
    raise_file_limit(given.sockets + 200)
    pin(os.getpid(), 1)
    sys.setswitchinterval(SWITCH_S)
    with tempfile.TemporaryDirectory(prefix="open-floor-bench-") as name:
        waits = measure(given.sockets, Path(name))
    print(f"the chair's answer with {given.sockets} sockets, {ROUNDS} rounds")
    for label, times in (("quiet", waits.quiet), ("while they are told", waits.busy)):
        print(f"{label.ljust(20)} median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms")


if __name__ == "__main__":
    main()
