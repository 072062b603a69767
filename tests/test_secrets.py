"""What everybody is told with every answer, and what nobody is told: headers and secrets."""

import ast
import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from app.client import NotAdmitted, chair_cookies
from app.client.joining import tls
from app.config import load_settings
from app.main import create_app, open_session
from app.web.access import CONSOLE_COOKIE
from app.web.headers import CONTENT_SECURITY_POLICY, HEADERS
from tests.plain_socket import closed_with, plain_socket
from tests.serving import CHAIR_KEY, REPOSITORY, SESSION, ServerProcess, clean_environment

APP = REPOSITORY / "app"


@pytest.fixture
def http(server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, verify=tls()) as client:
        yield client


# With every answer


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("GET", "/", b"", 200),
        ("GET", "/chair?key=wrong", b"", 403),
        ("GET", f"/chair?key={CHAIR_KEY}", b"", 303),
        ("GET", "/nowhere", b"", 404),
        ("POST", "/room", b"", 405),
        ("GET", "/api/live/gone", b"", 410),
        ("POST", "/api/join", b"x" * 40_000, 413),
        ("POST", "/api/join", b"{}", 422),
        ("POST", "/api/join", b"\xff", 400),
        ("GET", "/api/participants", b"", 403),
        ("GET", "/ws", b"", 404),
        ("OPTIONS", "/api/join", b"", 405),
    ],
)
def test_every_answer_carries_the_security_headers_once(
    http: httpx.Client, method: str, path: str, content: bytes, status: int
) -> None:
    answer = http.request(method, path, content=content, headers={"Content-Type": "application/json"})

    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value]
    assert "server" not in answer.headers
    assert answer.headers["cache-control"] in {"no-cache", "no-store"}


@pytest.mark.parametrize("path", ["/api/code", "/api/participants", "/api/replay", "/api/state", "/api/live/gone"])
def test_what_is_somebody_s_own_is_not_stored_on_the_way(http: httpx.Client, path: str) -> None:
    assert http.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/static/style.css", "/static/nothing.css", "/static/..%2fmain.py", "/i18n/x/y.json"])
def test_what_is_part_of_a_page_may_do_nothing_by_itself_found_or_not(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers

    assert headers["content-security-policy"] == "default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"


async def test_the_answer_to_a_fault_carries_them_and_says_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "session.yaml").write_text(SESSION, "utf-8")
    opened = open_session(load_settings(tmp_path / "session.yaml", database_url=f"sqlite:///{tmp_path / 'floor.db'}"))
    nameless = replace(opened.settings, plan=replace(opened.settings.plan, title={}))  # which no file can be: a fault
    asked = httpx.ASGITransport(create_app(replace(opened, settings=nameless)), raise_app_exceptions=False)

    async with httpx.AsyncClient(transport=asked, base_url="http://hall") as http:
        fault = await http.get("/manifest.webmanifest")

    opened.room.close()
    opened.store.close()
    assert (fault.status_code, fault.text) == (500, "Internal Server Error")
    assert fault.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


# To nobody


def keys(server: ServerProcess, *arguments: str) -> str:
    where = ("--database", server.database, "--config", str(server.config))
    command = [sys.executable, "-m", "app.cli", "keys", *arguments, *where]
    ran = subprocess.run(command, cwd=REPOSITORY, env=clean_environment(), check=True, capture_output=True, text=True)
    return ran.stdout.strip()


async def test_a_key_is_rotated_from_the_command_line_while_the_server_runs(own_server: ServerProcess) -> None:
    own_server.start()
    new = ("new", "co_moderator", "--name", "Mika", "--public-address", own_server.address)
    old_link = await asyncio.to_thread(keys, own_server, *new)
    old = await chair_cookies(old_link)
    async with plain_socket(own_server.address, as_="chair", cookies=old) as console:
        new_link = await asyncio.to_thread(keys, own_server, *new)
        assert await closed_with(console.connection) == 1008

    with pytest.raises(NotAdmitted):
        await chair_cookies(old_link)
    with pytest.raises(InvalidStatus):
        async with plain_socket(own_server.address, as_="chair", cookies=old):
            pass
    async with plain_socket(own_server.address, as_="chair", cookies=await chair_cookies(new_link)) as console:
        await asyncio.to_thread(keys, own_server, "revoke", "Mika")
        assert await closed_with(console.connection) == 1008
    assert "Mika" not in await asyncio.to_thread(keys, own_server, "list")


def test_a_console_s_key_is_in_no_address_after_the_first_visit(http: httpx.Client) -> None:
    first = http.get(f"/chair?key={CHAIR_KEY}")
    assert (first.status_code, first.headers["location"]) == (303, "/chair")
    assert CHAIR_KEY not in first.text + str(first.headers)

    console = http.get("/chair")
    loaded = [console, *(http.get(path) for path in re.findall(r'(?:src|href)="(/[^"]*)"', console.text))]

    for answer in loaded:
        assert CHAIR_KEY not in answer.text
        assert CHAIR_KEY not in str(answer.url)
    assert http.cookies[CONSOLE_COOKIE] not in console.text
    assert console.headers["referrer-policy"] == "no-referrer"


def test_no_script_writes_a_secret_into_an_address_or_reads_a_cookie_of_ours() -> None:
    for script in APP.glob("static/**/*.js"):
        text = script.read_text("utf-8")
        assert "?key=" not in text, script.name
        assert 'searchParams.set("key"' not in text, script.name
        assert "open_floor_console" not in text, script.name
        assert "open_floor_participant" not in text, script.name


def test_no_script_makes_markup_of_a_text() -> None:
    """Names and what people write become text nodes: there is nothing to escape, so nothing to forget."""
    makes_markup = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|srcdoc"
    )
    for script in APP.glob("static/**/*.js"):
        assert not makes_markup.search(script.read_text("utf-8")), script.name
    for template in APP.glob("templates/*.html"):
        assert "|safe" not in template.read_text("utf-8").replace(" ", ""), template.name


async def test_no_secret_is_ever_logged(own_server: ServerProcess) -> None:
    secret = "signs-the-cookies-of-this-test"  # noqa: S105
    own_server.start(OPEN_FLOOR_SECRET=secret)
    cookies = await chair_cookies(own_server.chair_link)
    joined = await own_server.joined("Ana Lima")
    async with httpx.AsyncClient(base_url=own_server.address, verify=tls(), cookies=dict(joined.cookies)) as http:
        code = (await http.get("/api/code")).json()["code"]
        await http.post("/api/rejoin", json={"code": code})
        for path in (f"/chair?key={CHAIR_KEY}&key=again", f"/nowhere?key={CHAIR_KEY}", f"/ws?key={CHAIR_KEY}"):
            await http.get(path)
    async with plain_socket(own_server.address, as_="chair", cookies=cookies) as console:
        await console.say("no message")
        await console.answer()
    reader, writer = await asyncio.open_connection("127.0.0.1", own_server.port)
    writer.write(
        f"GET /chair?key={CHAIR_KEY} \xff HTTP/9\r\nCookie: {cookies[CONSOLE_COOKIE]}\r\n\r\n".encode("latin-1")
    )
    await reader.read()
    writer.close()
    own_server.end()

    for what in (secret, CHAIR_KEY, code, *cookies.values(), *joined.cookies.values()):
        assert what not in own_server.log
    assert "Ana Lima" not in own_server.log


def test_the_settings_show_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN_FLOOR_SECRET", "signs-the-cookies-of-this-test")
    monkeypatch.setenv("OPEN_FLOOR_CHAIR_KEY", CHAIR_KEY)
    (tmp_path / "session.yaml").write_text(SESSION, "utf-8")

    shown = repr(load_settings(tmp_path / "session.yaml"))

    assert "signs-the-cookies" not in shown
    assert CHAIR_KEY not in shown


def test_secrets_are_compared_in_constant_time() -> None:
    """By design: `access.py` is the one place that compares them, and compares by `==` only which session it is.

    A console's cookie is looked up by a keyed hash that its signature has vouched for; signatures are itsdangerous's,
    which compares in constant time.
    """
    tree = ast.parse((APP / "web" / "access.py").read_text("utf-8"))
    compared = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
    ]
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}

    assert sorted(compared) == ["row.role == role", "session == self._session"]
    assert "hmac.compare_digest" in called
    for path in APP.rglob("*.py"):
        if path.name != "access.py":
            assert not re.search(r"(?:key|secret|code)\s*==\s*(?:row|given|self)", path.read_text("utf-8")), path
