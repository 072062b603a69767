"""The texts in all languages: none missing, none unused, with the English placeholders and the plural forms of CLDR."""

import json
import re
from collections.abc import Iterator
from functools import cache

import httpx
import pytest
import yaml
from babel import Locale

from app import i18n
from app.web.catalogues import ELSEWHERE
from app.web.language import LANGUAGE_COOKIE
from tests.serving import REPOSITORY, ServerProcess

APP = REPOSITORY / "app"
LANGUAGES = ("fr", "es", "ar", "ru", "zh", "ja")
SCREENS = {
    "phone": ("phone.js", "phone/*.js", "language.js", "connection.js", "people.js"),
    "room": ("room.js", "room/*.js", "connection.js", "people.js"),
    "replay": ("replay.js", "replay/*.js", "room/*.js", "language.js", "people.js"),
    "chair": ("chair.js", "chair/*.js", "console/*.js", "language.js", "connection.js", "people.js"),
    "secretariat": ("secretariat.js", "secretariat/*.js", "console/*.js", "language.js", "connection.js", "people.js"),
}


def catalogue(language: str) -> dict[str, i18n.Message]:
    return dict(json.loads((i18n.FOLDER / f"{language}.json").read_text("utf-8")))


def placeholders(message: i18n.Message) -> set[str]:
    forms = message.values() if isinstance(message, dict) else [message]
    return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}


@cache
def written(*patterns: str) -> frozenset[str]:
    """What a program says as a key, or as a pattern of keys: `kind.${kind}` becomes `kind\\.\\w+`."""
    found: set[str] = set()
    for pattern in patterns:
        for file in APP.glob(pattern):
            text = file.read_text("utf-8")
            found |= {re.escape(key) for key in re.findall(r"""["'`]([a-z_]+\.[a-z_0-9]+)["'`]""", text)}
            for template in re.findall(r"""`([a-z_]+\.[^`\s]*\$\{[^`]*)`""", text):
                found.add(r"\w+".join(map(re.escape, re.split(r"\$\{[^}]*\}", template))))
            for prefix in re.findall(r"""f["']([a-z_]+\.)\{""", text):
                found.add(re.escape(prefix) + r"\w+")
    return frozenset(found)


def is_written(key: str, *patterns: str) -> bool:
    return any(re.fullmatch(one, key) for one in written(*patterns))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_english_key_and_no_other(language: str) -> None:
    english, translated = catalogue("en"), catalogue(language)
    assert sorted(english.keys() - translated.keys()) == [], "missing"
    assert sorted(translated.keys() - english.keys()) == [], "not in English"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_the_english_text(language: str) -> None:
    english, translated = catalogue("en"), catalogue(language)
    differing = {
        key: (placeholders(english[key]), placeholders(text))
        for key, text in translated.items()
        if key in english and placeholders(text) != placeholders(english[key])
    }
    # A singular or a dual may say the number in words, so what counts is what all forms say together.
    assert differing == {}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_plural_has_the_forms_of_its_language(language: str) -> None:
    locale = Locale.parse(language)
    cardinal = {"other", *locale.plural_form.rules}
    ordinal = {"other", *locale.ordinal_form.rules}
    for key, message in catalogue(language).items():
        if isinstance(message, dict):
            wanted = ordinal if "ordinal" in placeholders(message) else cardinal
            assert set(message) == wanted, (language, key)


def test_no_text_is_unused() -> None:
    everywhere = ("**/*.js", "templates/*.html", "**/*.py")
    assert [key for key in catalogue("en") if not is_written(key, *everywhere)] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_sent_all_that_it_may_say(screen: str) -> None:
    patterns = tuple(f"static/{pattern}" for pattern in SCREENS[screen])
    unsent = [key for key in catalogue("en") if key.startswith(ELSEWHERE[screen])]
    assert [key for key in unsent if is_written(key, *patterns)] == []


def test_the_kyoto_session_is_written_in_all_languages() -> None:
    session = yaml.safe_load((REPOSITORY / "session_config.yaml").read_text("utf-8"))

    def texts(node: object) -> Iterator[dict[str, str]]:
        if isinstance(node, dict) and "en" in node:
            yield node
        elif isinstance(node, dict | list):
            for one in node.values() if isinstance(node, dict) else node:
                yield from texts(one)

    assert session["languages"] == ["en", "fr", "es", "ar", "ru", "zh", "ja"]
    assert all(list(text) == session["languages"] for text in texts(session))


@pytest.mark.parametrize(
    ("language", "count", "form"),
    [("ar", 0, "zero"), ("ar", 2, "two"), ("ar", 3, "few"), ("ar", 11, "many"), ("ru", 21, "one"), ("ru", 5, "many")],
)
def test_the_server_chooses_plurals_by_the_rules_of_the_language(language: str, count: int, form: str) -> None:
    forms = catalogue(language)["room.waiting"]
    assert isinstance(forms, dict)
    assert i18n.text(language, "room.waiting", count=count) == forms[form].replace("{count}", str(count))


def test_an_ordinal_has_forms_of_its_own() -> None:
    assert [i18n.text("en", "phone.place", ordinal=number) for number in (1, 2, 3, 4, 11, 22)] == [
        "1st", "2nd", "3rd", "4th", "11th", "22nd",
    ]  # fmt: skip


def test_the_pseudo_language_puts_every_text_in_brackets() -> None:
    assert i18n.text(i18n.PSEUDO, "join.title") == "⟦Join the session⟧"
    assert i18n.text(i18n.PSEUDO, "phone.before", count=1) == "⟦1 person before you⟧"
    assert i18n.PSEUDO not in i18n.languages()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    session = (REPOSITORY / "session_config.yaml").read_text("utf-8")
    server = ServerProcess(tmp_path_factory.mktemp("languages"), session).start()
    yield server.address
    server.end()


@pytest.mark.parametrize(
    ("path", "cookie", "accepted", "expected"),
    [
        ("/", "", "fr-CH,fr;q=0.9", "fr"),
        ("/", "ar", "fr", "ar"),
        ("/", "tlh", "ru", "ru"),
        ("/?lang=es", "ar", "fr", "es"),
        ("/room?lang=ja,en", "ar", "fr", "ja"),
        ("/?lang=tlh", "", "zh", "zh"),
        ("/?lang=x-pseudo", "", "zh", "x-pseudo"),
    ],
)
def test_the_address_counts_before_the_cookie_and_that_before_the_browser(
    address: str, path: str, cookie: str, accepted: str, expected: str
) -> None:
    cookies = {LANGUAGE_COOKIE: cookie} if cookie else {}
    page = httpx.get(address + path, headers={"Accept-Language": accepted}, cookies=cookies).text
    assert f'<html lang="{expected}" dir="{"rtl" if expected == "ar" else "ltr"}">' in page


def test_a_screen_s_catalogue_is_sent_once(address: str) -> None:
    first = httpx.get(f"{address}/i18n/phone/ar.json")
    again = httpx.get(f"{address}/i18n/phone/ar.json", headers={"If-None-Match": first.headers["etag"]})
    assert first.json()["phone.request"] == "طلب الكلمة"
    assert not any(key.startswith("chair.") for key in first.json())
    assert (again.status_code, again.content) == (304, b"")
    assert httpx.get(f"{address}/i18n/phone/tlh.json").status_code == 404
    assert httpx.get(f"{address}/i18n/kitchen/en.json").status_code == 404


def test_a_refusal_is_in_the_language_that_was_chosen(address: str) -> None:
    answer = httpx.post(
        f"{address}/api/rejoin",
        json={"code": "AAAA-AAAA"},
        headers={"Accept-Language": "fr"},
        cookies={LANGUAGE_COOKIE: "ja"},
    )
    assert answer.json()["message"] == "このコードに該当する方がいません。もう一方の電話で確認してください。"


def test_the_manifest_and_the_service_worker_are_served_as_such(address: str) -> None:
    manifest = httpx.get(f"{address}/manifest.webmanifest", cookies={LANGUAGE_COOKIE: "ar"})
    assert manifest.headers["content-type"] == "application/manifest+json"
    assert (manifest.json()["lang"], manifest.json()["dir"]) == ("ar", "rtl")
    worker = httpx.get(f"{address}/sw.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["service-worker-allowed"] == "/"
    assert "default-src 'none'" in worker.headers["content-security-policy"]
    assert "connect-src 'self'" in worker.headers["content-security-policy"]
