"""The server restarts, and everybody comes back at once: N phones and the chair, as soon as the port answers again.

    python -m bench.storm --sockets 10000

The server is killed (SIGKILL) and started again by this program. All phones knock within one second, closer together
than they would by themselves, and the chair's console in the midst of them. What they are sent is compared: the state
must be the one from before.
"""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.crowd import Crowd, Listener
from bench.fanout import prepare
from bench.process import alone, cpu_ms, free_port, peak_kb, resident_kb, running

WAITING = 20
BACK_WITHIN_S = 120
SPREAD_S = 1.0


@dataclass(frozen=True, slots=True)
class Storm:
    """Seconds from when the new server listened."""

    chair_s: float
    half_s: float
    all_s: float
    states: Counter[bytes]
    before_mb: float
    after_mb: float
    peak_mb: float
    cpu_s: float


def state_of(frame: bytes) -> bytes:
    """The state in a snapshot: what comes before it (the time, who you are) differs."""
    return frame[frame.index(b'"state":') :]


def storm(sockets: int, folder: Path) -> Storm:
    port = free_port()
    arguments = ["-m", "app.cli", "serve", "--port", str(port), "--database", str(folder / "storm.db")]
    with running(arguments, port, folder / "before.log") as process:
        cookie, _ = asyncio.run(prepare(f"http://127.0.0.1:{port}", WAITING))
        crowd = Crowd(port)
        crowd.gather(sockets, "/ws", deflate=True)
        witness = crowd.connect("/ws", keep=True)
        crowd.wait_for_all([witness], timeout_s=10)
        wanted = state_of((witness.frames or [])[0][1])
        before_mb = resident_kb(process.pid) / 1024
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        crowd.close()
    with running(arguments, port, folder / "after.log") as process:
        began, cpu = time.perf_counter(), cpu_ms(process.pid)
        crowd, chair = Crowd(port), None
        phones: list[Listener] = []
        while len(phones) < sockets:
            knocks = min(sockets, int((time.perf_counter() - began) / SPREAD_S * sockets) + 1)
            phones += [crowd.connect("/ws", keep=True, wait=False) for _ in range(knocks - len(phones))]
            if chair is None and len(phones) >= sockets // 2:
                asked = time.perf_counter()
                chair = crowd.connect("/ws?as=chair", cookie=cookie, keep=True, wait=False)
            crowd.idle(0.001)
        assert chair is not None
        crowd.wait_for_all([chair, *phones], timeout_s=BACK_WITHIN_S)
        firsts = sorted((phone.frames or [])[0][0] - began for phone in phones)
        states = Counter(state_of((phone.frames or [])[0][1]) for phone in phones)
        result = Storm(
            (chair.frames or [])[0][0] - asked,
            firsts[len(firsts) // 2],
            firsts[-1],
            Counter({b"right" if state == wanted else b"wrong": count for state, count in states.items()}),
            before_mb,
            resident_kb(process.pid) / 1024,
            peak_kb(process.pid) / 1024,
            (cpu_ms(process.pid) - cpu) / 1000,
        )
        crowd.close()
    return result


def report(count: int, folder: Path) -> Iterator[str]:
    found = storm(count, folder)
    right = found.states[b"right"]
    yield f"| {count:,} phones come back after `kill -9` | |"
    yield "| --- | --- |"
    yield f"| on the right state | {right:,} of {count:,} |"
    yield f"| half of them back; all of them back | {found.half_s:.1f} s; {found.all_s:.1f} s |"
    yield f"| the chair, who asks in their midst, is back after | {found.chair_s * 1000:.0f} ms |"
    yield f"| memory before; after; at most | {found.before_mb:.0f}; {found.after_mb:.0f}; {found.peak_mb:.0f} MB |"
    yield f"| processor time a phone | {found.cpu_s / count * 1e6:.0f} µs |"


if __name__ == "__main__":
    alone(__doc__, 10_000, report)
