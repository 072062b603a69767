"""All figures of docs/performance.md, with their baselines from the same run, as Markdown.

make bench                     about ten minutes; the machine should have nothing else to do
make bench ARGS="--quick"      a tenth of the sockets: whether all of it still runs
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the sockets")
    share = 10 if parser.parse_args().quick else 1
    raise_file_limit(max(FAN_OUTS) // share + 200)
    pin(os.getpid(), 1)
    print(f"{machine()}; server on one core, clients on another, all on loopback.\n")
    with tempfile.TemporaryDirectory(prefix="open-floor-bench-") as name:
        folder = Path(name)
        counts = tuple(count // share for count in FAN_OUTS)
        sections = (
            ("Fan-out to clients that unpack, as browsers do", fan_out(counts, folder, deflate=True)),
            ("Fan-out to clients that do not", fan_out(counts, folder, deflate=False)),
            ("The chair's next command", chair.report(HALL // share, folder)),
            ("Rush", rush.report(PHONES // share, folder)),
            ("Reconnect storm", storm.report(HALL // share, folder)),
        )
        for title, lines in sections:
            print(f"### {title}\n")
            for line in lines:
                print(line, flush=True)
            print()


if __name__ == "__main__":
    main()
