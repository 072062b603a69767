"""All figures of docs/performance.md, with their baselines from the same run, as Markdown.

make bench                     about ten minutes; the machine should have nothing else to do
make bench ARGS="--quick"      a tenth of the sockets: whether all of it still runs
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from app.room import MOST_IN_BATCH
from bench import chair, fanout, rush, storm
from bench.process import pin, raise_file_limit

FAN_OUTS = (1_000, 5_000, 10_000, 15_000)
HALL, PHONES = 10_000, 5_000
ROUNDS, WAITING = 21, 20


def machine() -> str:
    model = ""
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = (line for line in info.read_text().splitlines() if line.startswith("model name"))
        model = next(found, "").partition(":")[2].strip()
    versions = (f"{name} {version(name)}" for name in ("uvloop", "uvicorn", "websockets"))
    parts = (f"{os.cpu_count()} cores", model, platform.system(), f"Python {platform.python_version()}", *versions)
    return ", ".join(filter(None, parts))


def fan_out(counts: tuple[int, ...], folder: Path, *, deflate: bool) -> Iterator[str]:
    yield "| sockets | to the last socket | bare uvloop | ratio | `accepted` | µs a socket | kB a socket |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    each = []
    frame = 0
    for count in counts:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            ours = fanout.open_floor(count, ROUNDS, WAITING, Path(name), deflate=deflate)
            bare = fanout.bare(count, ROUNDS, ours.frame, Path(name))
        last, baseline = ours.median("last"), bare.median("last")
        each.append(last / count * 1000)
        frame = len(ours.frame)
        yield (
            f"| {count:,} | {last:.0f} ms | {baseline:.0f} ms | **{last / baseline:.2f}** | "
            f"{ours.median('accepted'):.1f} ms | {each[-1]:.1f} ({baseline / count * 1000:.1f}) | "
            f"{ours.kb_per_socket:.1f} ({bare.kb_per_socket:.1f}) |"
        )
    yield ""
    yield f"Medians of {ROUNDS} rounds, the bare server's in brackets; {frame:,} bytes on the wire to each socket."
    yield f"The time a socket with the most of them is {each[-1] / each[0]:.2f} times that with the fewest."


def waits(count: int, folder: Path) -> Iterator[str]:
    found = chair.measure(count, folder)
    yield f"| the chair's next command, {count:,} sockets | median | worst |"
    yield "| --- | --- | --- |"
    yield f"| nothing else goes on | {statistics.median(found.quiet):.1f} ms | {max(found.quiet):.1f} ms |"
    yield f"| while they hear of the one before | {statistics.median(found.busy):.1f} ms | {max(found.busy):.1f} ms |"


def rushed(count: int, folder: Path) -> Iterator[str]:
    found = rush.rush(count, folder)
    one_row = rush.commits_per_s(folder / "rush.db", count, 1)
    batched = rush.commits_per_s(folder / "rush.db", count, MOST_IN_BATCH)
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
    yield f"| largest frame; the server grew by | {found.largest_frame:,} bytes; {found.grown_mb:.1f} MB |"


def stormed(count: int, folder: Path) -> Iterator[str]:
    found = storm.storm(count, folder)
    right = found.states[b"right"]
    yield f"| {count:,} phones come back after `kill -9` | |"
    yield "| --- | --- |"
    yield f"| on the right state | {right:,} of {count:,} |"
    yield f"| half of them back; all of them back | {found.half_s:.1f} s; {found.all_s:.1f} s |"
    yield f"| the chair, who asks in their midst, is back after | {found.chair_s * 1000:.0f} ms |"
    yield f"| memory before; after; at most | {found.before_mb:.0f}; {found.after_mb:.0f}; {found.peak_mb:.0f} MB |"
    yield f"| processor time a phone | {found.cpu_s / count * 1e6:.0f} µs |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the sockets")
    share = 10 if parser.parse_args().quick else 1
    raise_file_limit(max(FAN_OUTS) // share + 200)
    pin(os.getpid(), 1)
    sys.setswitchinterval(chair.SWITCH_S)
    print(f"{machine()}; server on one core, clients on another, all on loopback.\n")
    with tempfile.TemporaryDirectory(prefix="open-floor-bench-") as name:
        folder = Path(name)
        counts = tuple(count // share for count in FAN_OUTS)
        sections = (
            ("Fan-out to clients that unpack, as browsers do", fan_out(counts, folder, deflate=True)),
            ("Fan-out to clients that do not", fan_out(counts, folder, deflate=False)),
            ("The chair's next command", waits(HALL // share, folder)),
            ("Rush", rushed(PHONES // share, folder)),
            ("Reconnect storm", stormed(HALL // share, folder)),
        )
        for title, lines in sections:
            print(f"### {title}\n")
            for line in lines:
                print(line, flush=True)
            print()


if __name__ == "__main__":
    main()
