"""The servers under measurement: started, pinned, looked at, and ended by the benchmark that started them."""

import argparse
import contextlib
import http.client
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHAIR_KEY = "a-chair-key-for-benchmarks-only"


def raise_file_limit(needed: int) -> None:
    """A socket is a file. Raises `SystemExit` where the system does not allow as many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise SystemExit(f"{needed} open files are needed, the system allows {hard}: see `ulimit -Hn`")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, needed), hard))


def pin(pid: int, which: int) -> str:
    """Keeps a process to one core, where the system can; says which."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned"
    cores = sorted(os.sched_getaffinity(0))
    core = cores[which % len(cores)]
    os.sched_setaffinity(pid, {core})
    return f"core {core}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident_kb(pid: int) -> int:
    """Memory of a process that is in RAM, in kB; 0 where there is no /proc."""
    return _status_kb(pid, "VmRSS:")


def peak_kb(pid: int) -> int:
    """The most that it ever was."""
    return _status_kb(pid, "VmHWM:")


def _status_kb(pid: int, key: str) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(key):
                return int(line.split()[1])
    return 0


def cpu_ms(pid: int) -> float:
    """The processor time that a process's main thread has had, in milliseconds; 0 where there is no /proc."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
    return 0.0


def alone(description: str | None, most: int, report: Callable[[int, Path], Iterable[str]]) -> None:
    """The command line of one benchmark by itself: of so many clients unless it is told otherwise."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n\n")[0])
    parser.add_argument("--sockets", type=int, default=most)
    sockets = parser.parse_args().sockets
    raise_file_limit(sockets + 200)
    pin(os.getpid(), 1)
    with tempfile.TemporaryDirectory(prefix="open-floor-bench-") as name:
        for line in report(sockets, Path(name)):
            print(line)


@contextlib.contextmanager
def running(arguments: Sequence[str], port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process on the first core that listens on `port`; ended when the block ends."""
    environment = {**os.environ, "OPEN_FLOOR_CHAIR_KEY": CHAIR_KEY}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, stdout=output, stderr=output, env=environment
        )
        try:
            pin(process.pid, 0)
            _wait_until_listening(process, port, log)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                print(f"{arguments}: did not stop within 10 s of SIGTERM; killed", file=sys.stderr)
                process.kill()
                process.wait()


def _wait_until_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError, http.client.HTTPException):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    raise SystemExit(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
