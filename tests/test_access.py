"""Who is this: keys, signed cookies, and where a socket's page comes from."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from websockets.exceptions import InvalidStatus

from app.client import chair_cookies
from app.client.joining import tls
from app.floor.people import Actor
from app.store import Store
from app.web.access import CONSOLE_COOKIE, PARTICIPANT_COOKIE, Access, origin_is_ours
from tests.plain_socket import plain_socket
from tests.scenes import JOINED
from tests.serving import CHAIR_KEY, ServerProcess

SECRET = "signs the cookies of the tests"  # noqa: S105
OTHER_SITE = "https://elsewhere.example.org"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(f"sqlite:///{tmp_path / 'floor.db'}", "small")) as opened:
        yield opened


def cookies_of(response: Response) -> dict[str, str]:
    name, _, rest = response.headers["set-cookie"].partition("=")
    return {name: rest.partition(";")[0]}


def remembered(access: Access, cookie: str, id_: str, scheme: str = "http") -> Response:
    response = Response()
    connection = HTTPConnection(
        {"type": "http", "scheme": scheme, "server": ("127.0.0.1", 80), "path": "/", "headers": []}
    )
    access.remember(response, cookie, id_, connection)
    return response


# The chair's key


def test_a_key_is_made_at_first_start_and_shown_that_once(store: Store) -> None:
    key = Access(store, SECRET).chair_key(None)

    assert key is not None
    assert len(key) >= 32
    assert Access(store, SECRET).chair_key(None) is None
    assert Access(store, SECRET).opens_console(key) is not None


def test_only_the_hash_of_a_key_is_kept(store: Store, tmp_path: Path) -> None:
    key = Access(store, SECRET).chair_key(None)
    store.close()

    assert key is not None
    assert key.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_key_from_the_environment_is_the_key_and_stays_it(store: Store) -> None:
    assert Access(store, SECRET).chair_key("given in the environment") == "given in the environment"

    again = Access(store, SECRET)
    assert again.chair_key("given in the environment") == "given in the environment"
    assert again.opens_console("given in the environment")
    assert again.opens_console("given in the environmenT") is None
    assert again.opens_console("") is None


@pytest.mark.parametrize("given", [None, "another key from the environment"])
def test_a_new_key_shuts_out_the_one_before_and_its_cookies(store: Store, given: str | None) -> None:
    before = Access(store, SECRET)
    old_key = before.chair_key(None)
    assert old_key is not None
    old_cookie = cookies_of(remembered(before, CONSOLE_COOKIE, before.opens_console(old_key) or ""))
    assert before.console(old_cookie)

    after = Access(store, SECRET)
    new_key = after.chair_key(given, renew=True)

    assert new_key not in {None, old_key}
    assert after.opens_console(old_key) is None
    assert after.console(old_cookie) is None


# Cookies


def test_a_cookie_is_signed_and_kept_from_scripts_and_from_other_sites(store: Store) -> None:
    header = remembered(Access(store, SECRET), PARTICIPANT_COOKIE, "ana").headers["set-cookie"].lower()

    assert "httponly" in header
    assert "samesite=lax" in header
    assert "path=/" in header
    assert "secure" not in header, "a laptop in the hall has no certificate"


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_under_https_a_cookie_goes_over_https_alone(store: Store, scheme: str) -> None:
    assert "; secure" in remembered(Access(store, SECRET), CONSOLE_COOKIE, "k", scheme).headers["set-cookie"].lower()


def test_a_phone_is_known_by_its_cookie_after_a_restart(store: Store) -> None:
    cookies = cookies_of(remembered(Access(store, None), PARTICIPANT_COOKIE, "ana"))

    assert Access(store, None).attendee(cookies, JOINED) == Actor("attendee", "ana")


def test_a_cookie_that_is_not_ours_is_worth_nothing(store: Store) -> None:
    access = Access(store, SECRET)
    key_id = access.opens_console(access.chair_key(None) or "") or ""
    good = cookies_of(remembered(access, PARTICIPANT_COOKIE, "ana"))[PARTICIPANT_COOKIE]
    forged = cookies_of(remembered(Access(store, "another secret"), PARTICIPANT_COOKIE, "ana"))[PARTICIPANT_COOKIE]
    as_chair = cookies_of(remembered(access, PARTICIPANT_COOKIE, key_id))[PARTICIPANT_COOKIE]
    stranger = cookies_of(remembered(access, PARTICIPANT_COOKIE, "nobody we know"))[PARTICIPANT_COOKIE]
    nobody = Actor("attendee", "")

    for value in ("", "ana", forged, good[:-1], good + "x", "ey" + good, stranger, "[]." + good.split(".")[-1]):
        assert access.attendee({PARTICIPANT_COOKIE: value}, JOINED) == nobody
    assert access.attendee({}, JOINED) == nobody
    assert access.console({CONSOLE_COOKIE: as_chair}) is None, "a participant's cookie under the chair's name"
    assert access.console({CONSOLE_COOKIE: good}) is None


def test_a_cookie_of_another_session_is_worth_nothing(store: Store, tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'floor.db'}", "next-week")) as next_week:
        other = Access(next_week, SECRET)
        cookies = cookies_of(remembered(other, PARTICIPANT_COOKIE, "ana"))
        chair = cookies_of(
            remembered(other, CONSOLE_COOKIE, other.opens_console(other.chair_key("the same key!") or "") or "")
        )

    access = Access(store, SECRET)
    access.chair_key("the same key!")
    assert access.attendee(cookies, JOINED) == Actor("attendee", "")
    assert access.console(chair) is None


# Where a socket's page comes from


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}, ""),
        ({"host": "Floor.example.org", "origin": "https://floor.EXAMPLE.org"}, ""),
        ({"host": "10.0.0.7:8000", "origin": "https://floor.example.org"}, "https://floor.example.org"),
        ({"host": "127.0.0.1:8000"}, ""),
    ],
)
def test_a_page_of_ours_may_open_a_socket_and_so_may_what_is_no_browser(
    headers: Mapping[str, str], address: str
) -> None:
    assert origin_is_ours(Headers(headers), address)


@pytest.mark.parametrize(
    "origin",
    [
        OTHER_SITE,
        "null",
        "",
        "https://floor.example.org.elsewhere.example.org",
        "https://floor.example.org:8443",
        "http://127.0.0.1:8001",
        "https://floor.example.org@elsewhere.example.org",
    ],
)
def test_a_page_of_another_site_may_not_and_the_log_says_what_was_compared(
    origin: str, caplog: pytest.LogCaptureFixture
) -> None:
    headers = Headers({"host": "127.0.0.1:8000", "origin": origin})

    with caplog.at_level(logging.WARNING):
        assert not origin_is_ours(headers, "https://floor.example.org")

    (said,) = caplog.records
    assert vars(said).items() >= {"origin": origin, "hosts": ["127.0.0.1:8000", "floor.example.org"]}.items()


async def refused_status(server: ServerProcess, as_: str, **details: object) -> int:
    with pytest.raises(InvalidStatus) as caught:
        async with plain_socket(server.address, as_=as_, **details):  # type: ignore[arg-type]
            pass
    return caught.value.response.status_code


async def test_only_the_chair_s_cookie_opens_the_chair_s_view(server: ServerProcess) -> None:
    ana = await server.joined("Ana Lima")
    pretended = {CONSOLE_COOKIE: ana.cookies[PARTICIPANT_COOKIE]}

    assert await refused_status(server, "chair") == 403
    assert await refused_status(server, "chair", cookies=ana.cookies) == 403
    assert await refused_status(server, "chair", cookies=pretended) == 403
    async with plain_socket(server.address, as_="chair", cookies=await chair_cookies(server.chair_link)) as console:
        assert (await console.next())["you"] == {"role": "chair", "who": "chair"}


async def test_a_view_that_is_not_there_is_not_to_be_had(server: ServerProcess) -> None:
    assert await refused_status(server, "server") == 403
    assert await refused_status(server, "") == 403


async def test_a_socket_of_another_site_s_page_is_refused_whoever_s_cookies_it_has(server: ServerProcess) -> None:
    cookies = await chair_cookies(server.chair_link)

    for as_ in ("chair", "attendee", "room"):
        assert await refused_status(server, as_, cookies=cookies, origin=OTHER_SITE) == 403
        async with plain_socket(server.address, as_=as_, cookies=cookies, origin=server.address) as ours:
            assert (await ours.next())["type"] == "snapshot"

    assert f"socket refused: its page is of another origin  origin='{OTHER_SITE}'" in server.log
    assert f"hosts=['127.0.0.1:{server.port}']" in server.log


async def test_a_page_of_another_site_makes_nobody_a_participant(server: ServerProcess) -> None:
    person = {"name": "Ana", "organisation": "Forum", "group": "academia"}
    async with httpx.AsyncClient(base_url=server.address, verify=tls()) as http:
        for path, content in (("/api/join", person), ("/api/rejoin", {"code": "AAAA-AAAA"})):
            refused = await http.post(path, json=content, headers={"Origin": OTHER_SITE})
            assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
        by_form = {"Content-Type": "text/plain"}
        assert (await http.post("/api/join", content=json.dumps(person), headers=by_form)).status_code == 422
        ours = await http.post("/api/join", json=person, headers={"Origin": server.address})
        assert ours.status_code == 200


async def test_behind_a_proxy_the_public_address_and_the_forwarded_scheme_count(own_server: ServerProcess) -> None:
    own_server.start("--public-address", "https://floor.example.org")
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}

    async with plain_socket(own_server.address, origin="https://floor.example.org", headers=proxied) as phone:
        assert (await phone.next())["type"] == "snapshot"
    assert await refused_status(own_server, "attendee", origin=OTHER_SITE, headers=proxied) == 403
    assert "['127.0.0.1:" in own_server.log
    assert "'floor.example.org']" in own_server.log
    async with httpx.AsyncClient(verify=tls()) as http:
        link = f"/chair?key={CHAIR_KEY}"
        secure = await http.get(own_server.address + link, headers=proxied)
        assert "; secure" in secure.headers["set-cookie"].lower()
        assert secure.headers["location"] == "/chair"
    assert f"https://floor.example.org{link}" in own_server.printed


async def test_forwarded_headers_of_anyone_but_a_trusted_proxy_are_not_believed(own_server: ServerProcess) -> None:
    own_server.start(OPEN_FLOOR_TRUSTED_PROXIES="203.0.113.1")

    async with httpx.AsyncClient(verify=tls()) as http:
        response = await http.get(own_server.chair_link, headers={"X-Forwarded-Proto": "https"})

    assert "secure" not in response.headers["set-cookie"].lower()
