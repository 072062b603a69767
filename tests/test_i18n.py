"""The catalogues: falling back to English, plurals, direction, and the choice by Accept-Language."""

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n

REASONS = (
    "not_joined not_chair unknown_command malformed too_long too_fast not_running no_topic list_closed "
    "already_requested stale no_such_request no_request floor_taken floor_empty nothing_to_undo session_ended"
)
PLURAL_FORMS = {"zero", "one", "two", "few", "many", "other"}


@pytest.fixture
def small_catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    english = {
        "join.title": "Join",
        "join.welcome": "Welcome, {name}, to {place}",
        "list.waiting": {"one": "{count} person waits", "other": "{count} people wait"},
        "list.place": {"other": "number {count}"},
    }
    french = {"join.title": "Participer", "list.waiting": {"one": "{count} attend", "other": "{count} attendent"}}
    for language, catalogue in (("en", english), ("fr", french), ("ar", {})):
        (tmp_path / f"{language}.json").write_text(json.dumps(catalogue), "utf-8")
    monkeypatch.setattr(i18n, "FOLDER", tmp_path)
    i18n.catalogues.cache_clear()
    yield
    i18n.catalogues.cache_clear()


pytestmark = pytest.mark.usefixtures("small_catalogues")


def test_a_text_is_given_in_the_language_asked_for() -> None:
    assert i18n.text("en", "join.title") == "Join"
    assert i18n.text("fr", "join.title") == "Participer"


def test_a_regional_language_falls_back_to_its_language_and_that_to_english() -> None:
    assert i18n.text("fr-CA", "join.title") == "Participer"
    assert i18n.text("ar", "join.title") == "Join"
    assert i18n.text("xx", "join.title") == "Join"


def test_placeholders_are_filled_in_and_nothing_else_is_touched() -> None:
    assert i18n.text("en", "join.welcome", name="{place}", place="Kyoto", unused=1) == "Welcome, {place}, to Kyoto"


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 people wait"), (1, "1 person waits"), (2, "2 people wait"), (21, "21 people wait")]
)
def test_the_plural_is_chosen_by_count(count: int, expected: str) -> None:
    assert i18n.text("en", "list.waiting", count=count) == expected


def test_a_plural_without_the_form_wanted_uses_the_general_one() -> None:
    assert i18n.text("en", "list.place", count=1) == "number 1"


def test_a_missing_text_is_an_error_in_tests_and_shows_its_key_in_production() -> None:
    with pytest.raises(i18n.MissingText, match=r"no text for 'join\.titel', neither in 'fr' nor in English"):
        i18n.text("fr", "join.titel")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert i18n.text("fr", "join.titel") == "join.titel"


def test_a_missing_value_is_an_error_in_tests_and_shows_its_placeholder_in_production() -> None:
    with pytest.raises(i18n.MissingText, match=r"the text 'join\.welcome' wants a value for 'place'"):
        i18n.text("en", "join.welcome", name="Ana")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert i18n.text("en", "join.welcome", name="Ana") == "Welcome, Ana, to {place}"


def test_the_languages_are_those_with_a_catalogue_english_first() -> None:
    assert i18n.languages() == ("en", "ar", "fr")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "ltr"),
        ("fr", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("arn", "ltr"),
    ],
)
def test_the_direction_is_that_of_the_language_s_script(language: str, expected: str) -> None:
    assert i18n.direction(language) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("fr", "fr"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("en;q=0.3, ar;q=0.7", "ar"),
        ("de, ar;q=0.5", "ar"),
        ("AR-eg", "ar"),
        ("zh", "zh-Hans"),
        ("zh-Hant-TW", "zh-Hans"),
        ("fr;q=0, ar;q=0.1", "ar"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("fr;q=1.5, ar;q=x, ;;,", "en"),
        (" ar ; q = 0.5 ", "ar"),
    ],
)
def test_the_language_preferred_is_the_best_of_those_there_are(header: str, expected: str) -> None:
    assert i18n.preferred(header, ("en", "ar", "fr", "zh-Hans")) == expected


def test_where_nothing_fits_english_is_preferred_or_else_the_first() -> None:
    assert i18n.preferred("de", ("fr", "ar")) == "fr"
    assert i18n.preferred("de", ()) == "en"


@given(st.text() | st.from_regex(r"([a-z]{1,3}(-[a-z]{2})?(;q=\d\.\d)?,){1,5}"))
def test_whatever_the_header_one_of_the_languages_is_preferred(header: str) -> None:
    assert i18n.preferred(header, ("ar", "fr")) in ("ar", "fr")


class TestShippedCatalogues:
    """What stands in app/static/i18n/."""

    @pytest.fixture(autouse=True)
    def shipped(self, small_catalogues: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(i18n, "FOLDER", Path(i18n.__file__).parent / "static" / "i18n")
        i18n.catalogues.cache_clear()

    def test_every_reason_for_refusal_has_its_sentence(self) -> None:
        for reason in REASONS.split():
            assert f"refused.{reason}" in i18n.catalogues()["en"]

    def test_every_text_is_a_text_or_its_plural_forms(self) -> None:
        for language, catalogue in i18n.catalogues().items():
            for key, message in catalogue.items():
                forms = message if isinstance(message, dict) else {"other": message}
                assert "other" in forms, (language, key)
                assert forms.keys() <= PLURAL_FORMS, (language, key)
                assert all(isinstance(form, str) and form for form in forms.values()), (language, key)

    def test_a_translation_has_the_keys_of_english_only_and_its_placeholders(self) -> None:
        english = i18n.catalogues()["en"]
        for language, catalogue in i18n.catalogues().items():
            for key, message in catalogue.items():
                assert key in english, (language, key)
                assert placeholders(message) == placeholders(english[key]), (language, key)

    def test_no_catalogue_says_a_key_twice(self) -> None:
        for path in i18n.FOLDER.glob("*.json"):
            json.loads(path.read_text("utf-8"), object_pairs_hook=without_repeats)


def placeholders(message: i18n.Message) -> set[str]:
    """Those of all plural forms together: `one` may do without the number."""
    forms = message.values() if isinstance(message, dict) else [message]
    return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}


def without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), {key for key in keys if keys.count(key) > 1}
    return dict(pairs)
