"""A PostgreSQL server of the tests' own, in a temporary folder, reached by a unix socket alone."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian puts it: a folder for each version."""


def programs() -> Path | None:
    """The folder with `initdb` in it; None where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(INSTALLED.glob("*/bin/initdb"))
    return found[-1].resolve().parent if found else None


@contextlib.contextmanager
def running(folder_of_programs: Path) -> Iterator[str]:
    """The URL of its empty database, for as long as it runs."""
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())  # it refuses to run as root
    home = Path(tempfile.mkdtemp(prefix="open-floor-postgresql-"))
    os.chown(home, owner.pw_uid, owner.pw_gid)
    data = home / "data"

    def run(program: str, *arguments: str) -> None:
        command = [str(folder_of_programs / program), *arguments]
        subprocess.run(command, check=True, user=owner.pw_uid, group=owner.pw_gid, cwd=home, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "-D", str(data), "--auth=trust", "--username=floor", "--no-sync", "--encoding=UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        run("pg_ctl", "start", "--wait", "-D", str(data), "-o", options, "-l", str(home / "log"))
        try:
            yield f"postgresql+psycopg://floor@/postgres?host={home}"
        finally:
            run("pg_ctl", "stop", "--wait", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(home)
