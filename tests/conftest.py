"""Fixtures that several test modules share."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests import postgresql
from tests.serving import ServerProcess

numbers = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all tests that leave the session as it is: it has not begun. People may join it."""
    yield from served(tmp_path_factory.mktemp("server"))


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server that is this test's alone, for it to start, stop and kill."""
    yield from served(tmp_path / "own", started=False)


@pytest.fixture
def hasty_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that come back as soon as the server is there."""
    monkeypatch.setattr("app.client.link.LONGEST_BACKOFF_S", 0.1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    programs = postgresql.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (no initdb): only SQLite was tested")
    with postgresql.running(programs) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """An empty database."""
    name = f"test{next(numbers)}"
    engine = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)


def served(folder: Path, *, started: bool = True) -> Iterator[ServerProcess]:
    process = ServerProcess(folder)
    try:
        yield process.start() if started else process
    finally:
        process.end()
    assert process.faults == [], process.log
