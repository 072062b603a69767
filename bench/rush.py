"""Everybody asks at once: N requests for the floor within one second, each from a phone of its own.

    python -m bench.rush --sockets 5000

Beside it, in the same run and on the same disk: as many rows committed one by one (what durable costs), and in
batches as the server makes them (the limit). A screen is behind from the moment somebody has read `accepted` of a seq
until it has a patch of that seq or a later one.
"""

import asyncio
import http.client
import json
import sqlite3
import statistics
import time
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.room import MOST_IN_BATCH
from bench.crowd import Crowd, Listener
from bench.fanout import prepare
from bench.process import alone, free_port, resident_kb, running

WITHIN_S = 1.0
ANSWERED_WITHIN_S = 120
JOINING_AT_ONCE = 8
ROW_BYTES = 200
PACKED = 0x40


@dataclass(frozen=True, slots=True)
class Rush:
    answered_s: list[float]
    """From the request to its `accepted`, each."""
    took_s: float
    """From the first request to the last `accepted`."""
    behind_s: dict[str, float]
    """The longest that each kind of screen was behind."""
    patches_per_s: dict[str, float]
    largest_frame: int
    refused: list[bytes]
    grown_mb: float


def join(port: int, number: int) -> str:
    """Joins somebody over a connection of their own, as phones do (a connection joins only so often); the cookie."""
    person = {"name": f"Participant {number}", "organisation": "Open Data Forum", "group": "civil_society"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/api/join", json.dumps(person), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise SystemExit(f"joining was answered {answer.status}")
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


def joined(port: int, phones: int) -> list[str]:
    """The cookies of so many participants."""
    with ThreadPoolExecutor(JOINING_AT_ONCE) as pool:
        return list(pool.map(lambda number: join(port, number), range(phones)))


def rush(phones: int, folder: Path) -> Rush:
    port = free_port()
    arguments = ["-m", "app.cli", "serve", "--port", str(port), "--database", str(folder / "rush.db")]
    with running(arguments, port, folder / "rush.log") as process:
        chair_cookie, _ = asyncio.run(prepare(f"http://127.0.0.1:{port}", 0))
        crowd = Crowd(port)
        for cookie in joined(port, phones):
            crowd.listeners.append(crowd.connect("/ws", cookie=cookie))
            crowd.idle(0)
        screens = {
            "chair": crowd.connect("/ws?as=chair", cookie=chair_cookie),
            "room display": crowd.connect("/ws?as=room"),
            "a phone": crowd.listeners[phones // 2],
        }
        crowd.wait_for_all([*crowd.listeners, *screens.values()], timeout_s=60)
        crowd.idle(1)
        before_kb = resident_kb(process.pid)
        for listener in (*crowd.listeners, *screens.values()):
            listener.frames = []
        sent_at = ask(crowd)
        last = wait_for_answers(crowd, screens.values())
        grown_mb = (resident_kb(process.pid) - before_kb) / 1024
        result = told(crowd, screens, sent_at, last, grown_mb)
        crowd.close()
    return result


def ask(crowd: Crowd) -> list[float]:
    """Every phone sends its request, spread over a second; when each did."""
    began, sent_at = time.perf_counter(), []
    for place, phone in enumerate(crowd.listeners):
        command = {"type": "command", "id": f"rush-{place}", "do": "request_floor", "with": {"kind": "intervention"}}
        while (early_s := began + place * WITHIN_S / len(crowd.listeners) - time.perf_counter()) > 0:
            crowd.idle(early_s)
        sent_at.append(time.perf_counter())
        phone.send(json.dumps(command).encode())
        if place % 50 == 0:
            crowd.idle(0)
    return sent_at


def answer(phone: Listener) -> tuple[float, bytes] | None:
    return next(((at, f) for at, f in phone.frames or () if b'"accepted"' in f[:40] or b'"refused"' in f[:40]), None)


def wait_for_answers(crowd: Crowd, screens: Collection[Listener]) -> int:
    """Reads until every phone has its answer and every screen the newest state, whose seq it returns."""
    deadline = time.perf_counter() + ANSWERED_WITHIN_S
    waiting = set(crowd.listeners)
    while waiting:
        if time.perf_counter() > deadline:
            raise SystemExit(f"{len(waiting)} requests were not answered within {ANSWERED_WITHIN_S} s")
        crowd.idle(0.05)
        waiting = {phone for phone in waiting if answer(phone) is None}
    answers = [found for phone in crowd.listeners if (found := answer(phone))]
    newest: int = max(json.loads(payload(frame)).get("seq", 0) for _, frame in answers)
    while any(max(patches(screen), default=(0, 0))[0] < newest for screen in screens):
        if time.perf_counter() > deadline:
            raise SystemExit("a screen never came to the newest state")
        crowd.idle(0.05)
    return newest


def payload(frame: bytes) -> bytes:
    content = frame[{126: 4, 127: 10}.get(frame[1], 2) :]
    if frame[0] & PACKED:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(content + b"\x00\x00\xff\xff")  # RFC 7692, 7.2.2
    return content


def patches(screen: Listener) -> list[tuple[int, float]]:
    """The seq and the arrival of each patch."""
    found = []
    for at, frame in screen.frames or ():
        message = payload(frame)
        if message.startswith(b'{"type":"patch"'):
            found.append((int(json.loads(message)["seq"]), at))
    return found


def told(crowd: Crowd, screens: dict[str, Listener], sent_at: list[float], newest: int, grown_mb: float) -> Rush:
    answers = [found for phone in crowd.listeners if (found := answer(phone))]
    accepted = [(json.loads(payload(frame))["seq"], at) for at, frame in answers if b'"accepted"' in frame[:40]]
    took_s = max(at for at, _ in answers) - sent_at[0]
    behind_s, patches_per_s = {}, {}
    for name, screen in screens.items():
        came = [(seq, at) for seq, at in patches(screen) if seq <= newest]
        seqs = [seq for seq, _ in came]
        behind_s[name] = max(came[bisect_left(seqs, seq)][1] - at for seq, at in accepted)
        patches_per_s[name] = len(came) / took_s
    return Rush(
        [at - sent for (at, _), sent in zip(answers, sent_at, strict=True)],
        took_s,
        behind_s,
        patches_per_s,
        max(len(frame) for screen in screens.values() for _, frame in screen.frames or ()),
        [frame for _, frame in answers if b'"refused"' in frame[:40]],
        grown_mb,
    )


def commits_per_s(file: Path, rows: int, in_batch: int) -> float:
    """Rows a second, so many in a transaction, as durable as the server's."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE IF NOT EXISTS measured (number INTEGER PRIMARY KEY, text TEXT)")
        began = time.perf_counter()
        for first in range(0, rows, in_batch):
            database.execute("BEGIN IMMEDIATE")
            batch = [("x" * ROW_BYTES,)] * min(in_batch, rows - first)
            database.executemany("INSERT INTO measured (text) VALUES (?)", batch)
            database.execute("COMMIT")
        return rows / (time.perf_counter() - began)


def report(count: int, folder: Path) -> Iterator[str]:
    found = rush(count, folder)
    one_row = commits_per_s(folder / "rush.db", count, 1)
    batched = commits_per_s(folder / "rush.db", count, MOST_IN_BATCH)
    answered = statistics.quantiles(found.answered_s, n=100)
    rate = count / found.took_s
    yield f"| {count:,} requests within a second | |"
    yield "| --- | --- |"
    yield f"| answered, p50 and p99 | {answered[49] * 1000:.0f} ms, {answered[98] * 1000:.0f} ms |"
    yield f"| requests a second, all durable; refused | {rate:,.0f}; {len(found.refused)} |"
    yield f"| one-row commits a second on the same file; ratio | {one_row:,.0f}; {rate / one_row:.2f} |"
    yield f"| commits of {MOST_IN_BATCH} rows, rows a second; ratio | {batched:,.0f}; {rate / batched:.3f} |"
    for screen, behind_s in found.behind_s.items():
        often = found.patches_per_s[screen]
        yield f"| {screen}: behind at most; patches a second | {behind_s * 1000:.0f} ms; {often:.1f} |"
    for frame in found.refused[:3]:
        yield f"| refused | {payload(frame).decode()} |"
    yield f"| largest frame; the server grew by | {found.largest_frame:,} bytes; {found.grown_mb:.1f} MB |"


if __name__ == "__main__":
    alone(__doc__, 5_000, report)
