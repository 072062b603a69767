"""Behind nginx, by the very configuration of docs/deploying.md: TLS, websockets, and whose word is believed."""

import os
import re
import shutil
import signal
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from app.client.joining import tls
from tests.plain_socket import plain_socket
from tests.serving import CHAIR_KEY, REPOSITORY, ServerProcess, free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OPENSSL = shutil.which("openssl")
AROUND = """\
pid nginx.pid;
error_log error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    {site}
}}
"""
LINK = f"/chair?key={CHAIR_KEY}"


def site_of_the_documentation() -> str:
    [site] = re.findall(r"```nginx\n(.*?)```", (REPOSITORY / "docs" / "deploying.md").read_text("utf-8"), re.DOTALL)
    return str(site)


def put_in(site: str, instead: Mapping[str, str]) -> str:
    """The site with what differs on this machine: each must stand in it once."""
    for written, here in instead.items():
        assert site.count(written) == 1, written
        site = site.replace(written, here)
    return site


class Proxy:
    """nginx in a folder of its own, before one server."""

    def __init__(self, folder: Path, server: ServerProcess) -> None:
        folder.mkdir()
        self._folder = folder
        self.port = free_port()
        self.address = f"https://127.0.0.1:{self.port}"
        self._certify()
        instead = {
            "443 ssl": f"127.0.0.1:{self.port} ssl",
            "127.0.0.1:8000": f"127.0.0.1:{server.port}",
            "/etc/ssl/floor.pem": str(folder / "floor.pem"),
            "/etc/ssl/floor.key": str(folder / "floor.key"),
        }
        site = put_in(site_of_the_documentation(), instead)
        (folder / "nginx.conf").write_text(AROUND.format(site=site), "utf-8")

    def _certify(self) -> None:
        assert OPENSSL is not None
        names = "subjectAltName=IP:127.0.0.1"
        made = [
            "-keyout",
            "floor.key",
            "-out",
            "floor.pem",
            "-days",
            "2",
            "-subj",
            "/CN=floor.example.org",
            "-addext",
            names,
        ]
        command = [
            OPENSSL,
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            *made,
        ]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True)
        self.trust = ssl.create_default_context(cafile=self._folder / "floor.pem")

    def start(self) -> None:
        """Returns once it listens: nginx goes to the background then."""
        assert NGINX is not None
        command = [NGINX, "-p", str(self._folder), "-c", "nginx.conf", "-e", "error.log"]
        subprocess.run(command, check=True, capture_output=True, timeout=30)

    def end(self) -> None:
        os.kill(int((self._folder / "nginx.pid").read_text()), signal.SIGTERM)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Proxy, ServerProcess]]:
    if NGINX is None or OPENSSL is None:
        pytest.skip("nginx and openssl are not both installed (apt-get install nginx-light): no proxy was tested")
    folder = tmp_path_factory.mktemp("proxied")
    server = ServerProcess(folder / "server")
    proxy = Proxy(folder / "nginx", server)
    try:
        server.start("--public-address", proxy.address, OPEN_FLOOR_TRUSTED_PROXIES="127.0.0.1")
        proxy.start()
        yield proxy, server
        proxy.end()
    finally:
        server.end()
    assert server.faults == [], server.log


@pytest.fixture
async def https(site: tuple[Proxy, ServerProcess]) -> AsyncIterator[httpx.AsyncClient]:
    """A browser out there."""
    proxy, _ = site
    async with httpx.AsyncClient(base_url=proxy.address, verify=proxy.trust) as client:
        yield client


def is_secure(response: httpx.Response) -> bool:
    return all("; secure" in cookie.lower() for cookie in response.headers.get_list("set-cookie"))


async def test_the_page_comes_over_https_and_knows_its_address(
    site: tuple[Proxy, ServerProcess], https: httpx.AsyncClient
) -> None:
    proxy, _ = site

    page = await https.get("/")

    assert page.status_code == 200
    assert proxy.address in page.text
    assert page.headers["strict-transport-security"].startswith("max-age=")
    assert page.headers.get_list("content-security-policy") == [page.headers["content-security-policy"]]


async def test_its_cookies_go_over_https_alone(https: httpx.AsyncClient) -> None:
    chair = await https.get(LINK)
    joined = await https.post("/api/join", json={"name": "Ana", "organisation": "Forum", "group": "academia"})

    assert (chair.status_code, chair.headers["location"]) == (303, "/chair")
    assert is_secure(chair)
    assert joined.status_code == 200
    assert is_secure(joined)


async def test_a_websocket_goes_through_and_so_do_commands(
    site: tuple[Proxy, ServerProcess], https: httpx.AsyncClient
) -> None:
    proxy, _ = site
    cookies = dict((await https.get(LINK)).cookies)

    async with plain_socket(
        proxy.address, as_="chair", cookies=cookies, origin=proxy.address, trust=proxy.trust
    ) as console:
        assert (await console.next())["type"] == "snapshot"
        assert (await console.ask("announce", "through-the-proxy", text="Heard"))["type"] == "accepted"


@pytest.mark.parametrize("origin", ["https://elsewhere.example.org", "http://127.0.0.1", "null"])
async def test_a_page_of_another_origin_gets_no_socket_through_it(
    site: tuple[Proxy, ServerProcess], origin: str
) -> None:
    proxy, _ = site

    with pytest.raises(InvalidStatus) as refused:
        async with plain_socket(proxy.address, origin=origin, trust=proxy.trust):
            pass

    assert refused.value.response.status_code == 403
    assert "content-security-policy" in refused.value.response.headers


async def test_the_same_messages_go_through_by_plain_http(https: httpx.AsyncClient) -> None:
    link = "/api/live/" + (await https.post("/api/live")).json()["link"]

    assert (await https.get(link)).json()[0]["type"] == "snapshot"


async def test_what_a_visitor_says_of_themself_is_not_passed_on(https: httpx.AsyncClient) -> None:
    """nginx sits on this machine and so does its visitor: were the header passed on, they would not."""
    told = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "http"}

    assert (await https.get("/metrics", headers=told)).status_code == 200
    assert is_secure(await https.get(LINK, headers=told))


async def test_whoever_goes_around_the_proxy_is_not_believed(site: tuple[Proxy, ServerProcess]) -> None:
    _, server = site
    from_elsewhere = httpx.AsyncHTTPTransport(local_address="127.0.0.2")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}

    async with httpx.AsyncClient(base_url=server.address, transport=from_elsewhere) as http:
        response = await http.get(LINK, headers=told)
        metrics = await http.get("/metrics", headers=told)

    assert not is_secure(response)
    assert "strict-transport-security" not in response.headers
    assert metrics.status_code == 200, "127.0.0.2 is this machine, whatever it says"


async def test_a_proxy_that_is_not_trusted_is_not_believed(own_server: ServerProcess, tmp_path: Path) -> None:
    if NGINX is None or OPENSSL is None:
        pytest.skip("nginx and openssl are not both installed (apt-get install nginx-light): no proxy was tested")
    own_server.start(OPEN_FLOOR_TRUSTED_PROXIES="203.0.113.1")
    proxy = Proxy(tmp_path / "nginx", own_server)
    proxy.start()
    try:
        async with httpx.AsyncClient(base_url=proxy.address, verify=proxy.trust) as https:
            assert not is_secure(await https.get(LINK))
    finally:
        proxy.end()
    async with httpx.AsyncClient(base_url=own_server.address, verify=tls()) as http:
        assert (await http.get("/healthz")).status_code == 200
