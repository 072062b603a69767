"""The configuration: what it gives, which layer wins, and that every mistake is named with its place."""

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.config import ConfigMistakes, Settings, load_settings
from app.config_limits import Limits
from app.floor.plan import PlannedTopic

SHIPPED = Path(__file__).parent.parent / "session_config.yaml"
SMALL = """\
id: small
title:
  en: A small session
date: 2023-10-10
starts: 15:15
time_zone: Asia/Tokyo
duration_minutes: 40
opening:
  minutes: 5
  title: {en: Opening}
topics:
  - id: vision
    minutes: 15
    title: {en: The vision}
    question: {en: 'How far?'}
  - id: cooperation
    minutes: 15
    title: {en: Cooperation}
    question: {en: 'Which measures?'}
closing:
  minutes: 5
  title: {en: Closing}
speaking_time_seconds: 120
groups:
  academia: {en: Academia}
  government: {en: Government}
"""
FILE = Path("session_config.yaml")
A_TEXT = "a text of 1 to 200 characters"
TEXTS = "a text for each language, English at least, such as `en: …` on a line of its own"
AN_ID = "1 to 40 small letters, digits, - or _, beginning with a letter or digit"
MINUTES = "a whole number from 1 to 180"
A_DATE = "a day of the calendar as year-month-day, such as 2023-10-10"
A_TIME = "hours and minutes on the 24-hour clock, such as 15:15"
A_ZONE = "the IANA name of a time zone, such as Asia/Tokyo or UTC"
A_DATABASE = "sqlite:///FILE (three slashes, as in sqlite:///open-floor.db) or postgresql://USER@HOST/NAME"
AN_ADDRESS = "http:// or https:// with a host and nothing after it, such as https://floor.example.org"
TOPIC_KEYS = "id, title, question, minutes"
FILE_KEYS = (
    "id, title, place, date, starts, time_zone, opening, topics, closing, duration_minutes, speaking_time_seconds, "
    "shortest_speaking_time_seconds, groups, languages, speaking_order, contact, ask_for, keep_personal_data_days, "
    "limits, public_address, database_url, host, port, log_format"
)


@pytest.fixture(autouse=True)
def an_empty_folder_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("OPEN_FLOOR_") or name in ("DATABASE_URL", "FORWARDED_ALLOW_IPS"):
            monkeypatch.delenv(name)


def load(text: str = SMALL, **overrides: str | int | None) -> Settings:
    FILE.write_text(text, "utf-8")
    return load_settings(FILE, **overrides)


def mistakes(text: str = SMALL, **overrides: str | int | None) -> list[str]:
    with pytest.raises(ConfigMistakes) as caught:
        load(text, **overrides)
    assert all(line.isprintable() for line in caught.value.lines)
    return caught.value.lines


def small(written: str, instead: str) -> str:
    assert SMALL.count(written) == 1, written
    return SMALL.replace(written, instead)


# The shipped session


def test_the_shipped_session_is_kyoto_and_its_minutes_add_up_to_ninety() -> None:
    plan = load_settings(SHIPPED).plan

    assert (plan.id, plan.duration_ms, plan.speaking_time_ms) == ("wsis-at-20", 90 * 60_000, 120_000)
    assert sum(topic.planned_ms for topic in plan.topics) == plan.duration_ms
    assert [topic.id for topic in plan.topics] == ["opening", "vision", "technologies", "cooperation", "closing"]
    assert [topic.kind for topic in plan.topics] == ["opening", "topic", "topic", "topic", "closing"]
    assert list(plan.groups) == [
        "government",
        "civil_society",
        "private_sector",
        "academia",
        "technical_community",
        "intergovernmental",
    ]
    assert plan.starts_ms == 1_696_918_500_000  # 06:15 UTC on 10 October 2023
    assert (plan.time_zone, plan.contact, plan.languages) == (
        "Asia/Tokyo",
        "cstd-wsis20@unctad.org",
        ("en", "fr", "es", "ar", "ru", "zh", "ja"),
    )


def test_the_file_becomes_the_plan() -> None:
    plan = load().plan

    assert plan.topics[:2] == (
        PlannedTopic("opening", 300_000, {"en": "Opening"}, {}, "opening"),
        PlannedTopic("vision", 900_000, {"en": "The vision"}, {"en": "How far?"}, "topic"),
    )
    assert plan.groups == {"academia": {"en": "Academia"}, "government": {"en": "Government"}}
    assert plan.place == {}


def test_what_is_not_given_has_a_default() -> None:
    small_settings = load()

    assert small_settings.database_url == "sqlite:///open-floor.db"
    assert small_settings.public_address is None
    assert (small_settings.host, small_settings.port) == ("0.0.0.0", 8000)  # noqa: S104
    assert small_settings.log_format == "text"
    assert small_settings.chair_key is None
    assert small_settings.secret is None
    assert small_settings.forwarded_allow_ips == "127.0.0.1"
    assert small_settings.plan.shortest_speaking_time_ms == 45_000


def test_a_session_may_do_without_opening_and_closing() -> None:
    text = small("opening:\n  minutes: 5\n  title: {en: Opening}\n", "")
    text = text.replace("closing:\n  minutes: 5\n  title: {en: Closing}\n", "").replace(" 40", " 30")

    assert [topic.id for topic in load(text).plan.topics] == ["vision", "cooperation"]


# What people naturally write


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("15:15", '"15:15"'),
        ("2023-10-10", '"2023-10-10"'),
        ("minutes: 40", 'minutes: "40"'),
        ("time_zone: Asia/Tokyo", "time_zone:   'Asia/Tokyo'   # where Kyoto is"),
        ("speaking_time_seconds: 120", "speaking_time_seconds: 120\nlanguages:\n- en"),
        ("groups:", "public_address:\ngroups:"),
    ],
)
def test_quotes_and_comments_and_spaces_change_nothing(written: str, instead: str) -> None:
    assert load(small(written, instead)) == load()


@pytest.mark.parametrize(
    ("written", "text"), [("No", "No"), ("2023", "2023"), ("2023-10-10", "2023-10-10"), ("12:30", "12:30")]
)
def test_a_text_stays_as_written_though_yaml_would_read_something_else(written: str, text: str) -> None:
    assert load(small("A small session", written)).plan.title == {"en": text}


def test_line_breaks_of_the_file_are_not_part_of_a_text() -> None:
    assert load(small("A small session", ">\n    A small\n    session\n")).plan.title == {"en": "A small session"}


def test_a_file_from_windows_reads_the_same() -> None:
    expected = load()
    FILE.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())

    assert load_settings(FILE) == expected


def test_a_slash_at_the_end_of_the_public_address_is_not_part_of_it() -> None:
    assert load(SMALL + "public_address: https://floor.example.org:8443/").public_address == (
        "https://floor.example.org:8443"
    )


# One mistake, one line


@pytest.mark.parametrize(
    ("written", "instead", "mistake"),
    [
        ("id: small", "id: WSIS@20", f'1: id: found "WSIS@20" (text), allowed: {AN_ID}'),
        ("id: small\n", "", f"1: id: found nothing, allowed: {AN_ID}"),
        ("\n  en: A small session", " A small session", f'2: title: found "A small session" (text), allowed: {TEXTS}'),
        ("en: A small session", "en:", f"3: title.en: found nothing, allowed: {A_TEXT}"),
        ("A small session", "x" * 201, f'3: title.en: found "{"x" * 79}…" (text), allowed: {A_TEXT}'),
        ("2023-10-10", "2023-02-30", f'4: date: found "2023-02-30" (text), allowed: {A_DATE}'),
        ("2023-10-10", "10 October 2023", f'4: date: found "10 October 2023" (text), allowed: {A_DATE}'),
        ("15:15", "15:75", f'5: starts: found "15:75" (text), allowed: {A_TIME}'),
        ("15:15", "3.15 pm", f'5: starts: found "3.15 pm" (text), allowed: {A_TIME}'),
        ("15:15", "1515", f"5: starts: found 1515, allowed: {A_TIME}"),
        (
            "Asia/Tokyo",
            "Tokyo",
            f'6: time_zone: found "Tokyo" (text), allowed: {A_ZONE} (did you mean Asia/Tokyo?)',
        ),
        ("Asia/Tokyo", "UTC+9:30", f'6: time_zone: found "UTC+9:30" (text), allowed: {A_ZONE}'),
        ("Asia/Tokyo", "Asia", f'6: time_zone: found "Asia" (text), allowed: {A_ZONE}'),
        ("Asia/Tokyo", "../etc/passwd", f'6: time_zone: found "../etc/passwd" (text), allowed: {A_ZONE}'),
        (
            "duration_minutes: 40",
            "duration_minutes: 45",
            "7: duration_minutes: found 45, but the minutes add up to 40 "
            "(vision 15 + cooperation 15 + opening 5 + closing 5), allowed: minutes that add up to duration_minutes",
        ),
        (
            "duration_minutes: 40",
            "duration_minutes: 0",
            "7: duration_minutes: found 0, allowed: a whole number from 1 to 600",
        ),
        (
            "opening:\n  minutes: 5\n  title: {en: Opening}",
            "opening: short",
            '8: opening: found "short" (text), allowed: these keys, one a line: title, minutes, question',
        ),
        ("opening:\n  minutes: 5", "opening:\n  minutes: 5.5", f"9: opening.minutes: found 5.5, allowed: {MINUTES}"),
        (
            "  title: {en: Opening}",
            "  titel: x\n  title: {en: Opening}",
            "10: opening.titel: found an unknown key (did you mean title?), allowed: title, minutes, question",
        ),
        (
            "    minutes: 15\n    title: {en: The",
            "    title: {en: The",
            f"12: topics[0].minutes: found nothing, allowed: {MINUTES}",
        ),
        (
            "minutes: 15\n    title: {en: Coop",
            "minutes: abc\n    title: {en: Coop",
            f'17: topics[1].minutes: found "abc" (text), allowed: {MINUTES}',
        ),
        (
            "minutes: 15\n    title: {en: Coop",
            "minutes: 181\n    title: {en: Coop",
            f"17: topics[1].minutes: found 181, allowed: {MINUTES}",
        ),
        (
            "id: cooperation",
            "id: vision",
            '16: topics[1].id: found "vision" (text), allowed: an id that no other topic has, '
            "and neither opening nor closing",
        ),
        (
            "id: cooperation",
            "id: closing",
            '16: topics[1].id: found "closing" (text), allowed: an id that no other topic has, '
            "and neither opening nor closing",
        ),
        (
            "{en: 'Which measures?'}",
            "{}",
            "19: topics[1].question.en: found nothing, allowed: a text of 1 to 600 characters",
        ),
        ("    question: {en: 'Which measures?'}\n", "", f"16: topics[1].question: found nothing, allowed: {TEXTS}"),
        (
            "question: {en: 'Which measures?'}",
            "question: {en: Which}\n    colour: red",
            f"20: topics[1].colour: found an unknown key, allowed: {TOPIC_KEYS}",
        ),
        (
            "  - id: vision",
            "  - none\n  - id: vision",
            f'12: topics[0]: found "none" (text), allowed: these keys, one a line: {TOPIC_KEYS}',
        ),
        (
            "speaking_time_seconds: 120",
            "speaking_time_seconds: two minutes",
            '23: speaking_time_seconds: found "two minutes" (text), allowed: a whole number from 10 to 1800',
        ),
        (
            "speaking_time_seconds: 120",
            "speaking_time_seconds: 120\nshortest_speaking_time_seconds: 180",
            "24: shortest_speaking_time_seconds: found 180, allowed: a whole number from 10 to 120, "
            "which is speaking_time_seconds",
        ),
        (
            "\n  academia: {en: Academia}\n  government: {en: Government}",
            " [academia, government]",
            "24: groups: found a list, allowed: 1 to 20 groups, each an id with its name below it, "
            "such as `academia:` and `en: Academia`",
        ),
        ("  academia:", "  Academia!:", f'25: groups.Academia!: found "Academia!" (text), allowed: {AN_ID}'),
        ("{en: Government}", "Government", f'26: groups.government: found "Government" (text), allowed: {TEXTS}'),
        (
            "{en: Government}",
            "{fr: Gouvernement, en: Government}",
            '26: groups.government.fr: found "fr" (text), allowed: a language of `languages`: en',
        ),
    ],
)
def test_a_mistake_is_one_line_with_its_place_and_what_was_found_and_what_is_allowed(
    written: str, instead: str, mistake: str
) -> None:
    assert mistakes(small(written, instead)) == [f"session_config.yaml:{mistake}"]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("languages: [en, xx]", 'languages[1]: found "xx" (text), allowed: a language the screens speak: '),
        (
            "languages: en",
            'languages: found "en" (text), allowed: a list of languages, each once and English (en) among',
        ),
        (
            "languages: [en, en]",
            "languages: found a list, allowed: a list of languages, each once and English (en) among",
        ),
        ("speaking_order: fair", 'speaking_order: found "fair" (text), allowed: as_requested, new_voices or balanced'),
        (
            "contact: the chair",
            'contact: found "the chair" (text), allowed: an e-mail address, such as name@example.org',
        ),
        ("public_address: floor.org", f'public_address: found "floor.org" (text), allowed: {AN_ADDRESS}'),
        ("public_address: ftp://floor.org", f'public_address: found "ftp://floor.org" (text), allowed: {AN_ADDRESS}'),
        ("public_address: http://a.org/x", f'public_address: found "http://a.org/x" (text), allowed: {AN_ADDRESS}'),
        ("public_address: http://a.org?x", f'public_address: found "http://a.org?x" (text), allowed: {AN_ADDRESS}'),
        ("public_address: http://a.org:x", f'public_address: found "http://a.org:x" (text), allowed: {AN_ADDRESS}'),
        (
            "public_address: http://u:pw@a.org",
            f"public_address: found an address with a name or password, allowed: {AN_ADDRESS}",
        ),
        ("database_url: open-floor.db", f'database_url: found "open-floor.db" (text), allowed: {A_DATABASE}'),
        (
            "database_url: sqlite://open-floor.db",
            f'database_url: found "sqlite://open-floor.db" (text), allowed: {A_DATABASE}',
        ),
        ("database_url: sqlite://", f'database_url: found "sqlite://" (text), allowed: {A_DATABASE}'),
        (
            "database_url: mysql://me:pw@db/floor",
            f'database_url: found "mysql://me:***@db/floor" (text), allowed: {A_DATABASE}',
        ),
        ("port: 70000", "port: found 70000, allowed: a whole number from 0 to 65535"),
        ("colour: red", f"colour: found an unknown key, allowed: {FILE_KEYS}"),
        (
            "speaking-time: 3",
            f"speaking-time: found an unknown key (did you mean speaking_time_seconds?), allowed: {FILE_KEYS}",
        ),
        ("langauges: [en]", f"langauges: found an unknown key (did you mean languages?), allowed: {FILE_KEYS}"),
        ("ask_for: gender", 'ask_for: found "gender" (text), allowed: a list, each of them once: [gender, region]'),
        ("ask_for: [age]", 'ask_for[0]: found "age" (text), allowed: gender or region'),
        ("ask_for: [region, region]", "ask_for: found a list, allowed: a list, each of them once"),
        ("keep_personal_data_days: 0", "keep_personal_data_days: found 0, allowed: a whole number from 1 to 3650"),
        ("keep_personal_data_days: 3 months", 'keep_personal_data_days: found "3 months" (text), allowed: a whole'),
        ("log_format: xml", 'log_format: found "xml" (text), allowed: text or json'),
        ("id: again", "id: found twice (first on line 1), allowed: once"),
    ],
)
def test_a_mistaken_line_at_the_end_is_named_too(line: str, mistake: str) -> None:
    [named] = mistakes(SMALL + line)

    assert named.startswith(f"session_config.yaml:27: {mistake}")


@pytest.mark.parametrize(
    ("line", "variable"),
    [
        ("chair_key: hunter2-hunter2", "OPEN_FLOOR_CHAIR_KEY"),
        ("OPEN_FLOOR_CHAIR_KEY: hunter2-hunter2", "OPEN_FLOOR_CHAIR_KEY"),
        ("chairkey: hunter2-hunter2", "OPEN_FLOOR_CHAIR_KEY"),
        ("secret: hunter2-hunter2", "OPEN_FLOOR_SECRET"),
        ("database_url: postgresql://me:hunter2@db/floor", "DATABASE_URL"),
        ("database_url: postgresql://db/floor?user=me&password=hunter2", "DATABASE_URL"),
    ],
)
def test_a_secret_in_the_file_is_a_mistake_that_says_where_it_belongs_and_does_not_show_it(
    line: str, variable: str
) -> None:
    [named] = mistakes(SMALL + line)

    assert named.startswith(f"session_config.yaml:27: {line.partition(':')[0]}: found ")
    assert f"set the environment variable {variable}" in named
    assert "hunter2" not in named


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "1: found an empty file, allowed: keys with values"),
        ("# nothing yet\n", "1: found an empty file, allowed: keys with values"),
        ("- id: small", "1: found a list, allowed: keys with values"),
        ("id small", '1: found "id small" (text), allowed: keys with values'),
        ("id: a\ntitle: en: x", "2: found something that is not YAML (mapping values are not allowed here)"),
        (
            "id: a\ntitle:\n\ten: x",
            "3: found something that is not YAML (found character '\\t' that cannot start any",
        ),
        ('id: a\ntitle: "x\n', "3: found something that is not YAML (found unexpected end of stream)"),
        ("id: &a small\ntitle: *a", "1: found a reference (& or *), allowed: the value itself"),
        ("id: small\ntitle: *a", "2: found a reference (& or *), allowed: the value itself"),
        ("id: !!python/name:os.system x", "1: found a tag (!), allowed: the value alone"),
        ("id: a\nb:\n" + "- " * 5000, "3: found more than 20 levels of keys"),
        ("id: a\n? [b]\n: c", "2: found a list as a key, allowed: a word as a key"),
        ('id: "\\ud800"', "1: found the character 0xd800, allowed: text"),
        ('id: "\\e[31m"', "1: found the character 0x001b, allowed: text"),
        ("id: a\nplace: \x00", "2: found the character 0x0000, allowed: text"),
        ("%YAML 1." + "9" * 5000 + "\n--- {}", "1: found something that is not YAML ("),
        ('id: "\\UFFFFFFFF"', "1: found something that is not YAML ("),
        ("id: a\n---\nid: b", "2: found something that is not YAML (but found another document)"),
    ],
)
def test_what_cannot_be_read_as_yaml_is_named_with_its_line(text: str, mistake: str) -> None:
    [named] = mistakes(text)

    assert named.startswith(f"session_config.yaml:{mistake}")


def test_bytes_that_are_not_utf_8_are_named_with_their_line() -> None:
    FILE.write_bytes(b"id: small\ntitle:\n  en: S\xe9ance\n")

    with pytest.raises(ConfigMistakes, match=r"^session_config.yaml:3: found bytes that are not UTF-8"):
        load_settings(FILE)


def test_a_missing_file_and_a_folder_are_mistakes() -> None:
    with pytest.raises(ConfigMistakes, match=r"^nowhere.yaml: found no such file, allowed: "):
        load_settings(Path("nowhere.yaml"))
    with pytest.raises(ConfigMistakes, match=r"^\.: found a file that cannot be read \("):
        load_settings(Path())


def test_a_computer_without_time_zone_data_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.config_values.known_time_zones", list)

    [named] = mistakes(small("Asia/Tokyo", "A/Zone"))

    assert "no time zone data: `pip install tzdata` brings it" in named


# Several mistakes


def test_several_mistakes_are_all_named_at_once_in_the_order_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN_FLOOR_CHAIR_KEY", "hunter2")
    monkeypatch.setenv("OPEN_FLOOR_SPEAKING_TIME_SECONDS", "2 min")
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "localhost")
    text = small("  en: A small session", "  fr: ''").replace(
        "minutes: 15\n    title: {en: The", "minutes: x\n    title: {en: The"
    )

    assert mistakes(text + "id: b\nporte: 1", port="http") == [
        f"session_config.yaml:2: title.en: found nothing, allowed: {A_TEXT}",
        'session_config.yaml:3: title.fr: found "fr" (text), allowed: a language of `languages`: en',
        f'session_config.yaml:3: title.fr: found "" (text), allowed: {A_TEXT}',
        f'session_config.yaml:13: topics[0].minutes: found "x" (text), allowed: {MINUTES}',
        "session_config.yaml:27: id: found twice (first on line 1), allowed: once",
        f"session_config.yaml:28: porte: found an unknown key (did you mean port?), allowed: {FILE_KEYS}",
        "environment variable OPEN_FLOOR_SPEAKING_TIME_SECONDS: "
        'found "2 min" (text), allowed: a whole number from 10 to 1800',
        '--port: found "http" (text), allowed: a whole number from 0 to 65535',
        "environment variable OPEN_FLOOR_CHAIR_KEY: found a value that is not shown, "
        "allowed: at least 12 letters, digits and signs of ASCII, without spaces",
        'environment variable FORWARDED_ALLOW_IPS: found "localhost" (text), '
        "allowed: IP addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8, or *",
    ]


def test_mistakes_elsewhere_are_named_beside_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN_FLOOR_PORT", "tcp://10.0.0.1:80")

    assert [line.split(": found")[0] for line in mistakes("{")] == [
        "session_config.yaml:1",
        "environment variable OPEN_FLOOR_PORT",
    ]


# Which layer wins


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    text = SMALL + "port: 8001\ndatabase_url: sqlite:///file.db\npublic_address: http://file.example.org\n"
    assert load(text).port == 8001

    monkeypatch.setenv("OPEN_FLOOR_PORT", "8002")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:pw@db/floor")
    monkeypatch.setenv("OPEN_FLOOR_PUBLIC_ADDRESS", "https://environment.example.org")
    from_environment = load(text)
    assert from_environment.port == 8002
    assert from_environment.database_url == "postgresql://me:pw@db/floor"
    assert from_environment.public_address == "https://environment.example.org"

    from_command_line = load(text, port=8003, database_url="sqlite:///line.db", public_address="http://10.0.0.5:8003")
    assert from_command_line.port == 8003
    assert from_command_line.database_url == "sqlite:///line.db"
    assert from_command_line.public_address == "http://10.0.0.5:8003"


def test_an_option_that_is_not_given_and_an_empty_variable_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = load()
    for name in ("OPEN_FLOOR_PORT", "OPEN_FLOOR_CHAIR_KEY", "DATABASE_URL", "OPEN_FLOOR_SPEAKING_TIME_SECONDS"):
        monkeypatch.setenv(name, "")

    assert load(host=None, port=None, database_url=None) == expected


def test_the_environment_sets_simple_values_of_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN_FLOOR_SPEAKING_TIME_SECONDS", "90")
    monkeypatch.setenv("OPEN_FLOOR_SPEAKING_ORDER", "balanced")
    monkeypatch.setenv("OPEN_FLOOR_DATE", "2023-10-11")
    monkeypatch.setenv("OPEN_FLOOR_HOST", "::1")

    changed = load()

    assert changed.plan.speaking_time_ms == 90_000
    assert changed.plan.order == "balanced"
    assert changed.plan.starts_ms == load(small("2023-10-10", "2023-10-11")).plan.starts_ms
    assert changed.host == "::1"


def test_a_mistake_that_another_layer_covers_does_not_matter() -> None:
    assert load(SMALL + "port: web", port=9000).port == 9000


def test_a_speaking_time_below_the_usual_shortest_is_its_own_shortest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN_FLOOR_SPEAKING_TIME_SECONDS", "30")

    assert load().plan.shortest_speaking_time_ms == 30_000


@pytest.mark.parametrize(
    ("variables", "trusted"),
    [
        ({"FORWARDED_ALLOW_IPS": "10.0.0.1"}, "10.0.0.1"),
        ({"OPEN_FLOOR_TRUSTED_PROXIES": "10.0.0.0/8, ::1"}, "10.0.0.0/8,::1"),
        ({"OPEN_FLOOR_TRUSTED_PROXIES": "*", "FORWARDED_ALLOW_IPS": "10.0.0.1"}, "*"),
    ],
)
def test_trusted_proxies_come_from_the_environment(
    variables: dict[str, str], trusted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert load().forwarded_allow_ips == trusted


def test_a_mistake_on_the_command_line_names_its_option() -> None:
    assert [line.split(": found")[0] for line in mistakes(database_url="mysql://db/x", public_address="floor")] == [
        "--public-address",
        "--database",
    ]


def test_an_override_that_does_not_exist_is_the_caller_s_error() -> None:
    with pytest.raises(TypeError, match="no such setting: colour"):
        load(colour="red")


# Secrets


def test_secrets_come_from_the_environment_and_never_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN_FLOOR_CHAIR_KEY", "hunter2-hunter2")
    monkeypatch.setenv("OPEN_FLOOR_SECRET", "hunter2-hunter2-hunter2")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2@db/floor")

    with_secrets = load()

    assert with_secrets.chair_key is not None
    assert with_secrets.chair_key.get_secret_value() == "hunter2-hunter2"
    assert with_secrets.secret is not None
    assert with_secrets.secret.get_secret_value() == "hunter2-hunter2-hunter2"
    assert "hunter2" not in repr(with_secrets) + str(with_secrets)


@pytest.mark.parametrize(
    "address",
    ["mysql://me:hunter2@db/floor", "postgresql://me:hunter2@db:port/x", "x://d/f?password=hunter2", "hunter2@"],
)
def test_a_mistaken_database_address_is_named_without_its_password(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)

    [named] = mistakes()

    assert named.startswith("environment variable DATABASE_URL: found ")
    assert "hunter2" not in named


# Limits


def test_nobody_has_to_write_limits_and_each_may_be_given_alone() -> None:
    assert load().limits == Limits()
    assert load_settings(SHIPPED).limits == Limits()

    given_limits = load(SMALL + "limits: {attendees: {messages_per_second: 9}, joins_an_hour: 3}").limits

    assert given_limits == Limits.model_validate({"attendees": {"messages_per_second": "9"}, "joins_an_hour": "3"})
    assert given_limits.attendees.messages_at_once == 20


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("limits:", f"limits: found nothing, allowed: these keys, one a line: {', '.join(Limits.model_fields)}"),
        ("limits: {join_an_hour: 3}", "limits.join_an_hour: found an unknown key (did you mean joins_an_hour?)"),
        (
            "limits: {consoles: {burst: 3}}",
            "limits.consoles.burst: found an unknown key, allowed: message_bytes, messages_per_second",
        ),
        ("limits: {joins_an_hour: 0}", "limits.joins_an_hour: found 0, allowed: a whole number from 1 to 1000000"),
        (
            "limits: {attendees: {message_bytes: 1000}}",
            "limits.attendees.message_bytes: found 1000, allowed: a whole number from 4096 to 1048576",
        ),
    ],
)
def test_a_mistaken_limit_is_named_with_what_is_allowed(written: str, named: str) -> None:
    [mistake] = mistakes(SMALL + written)

    assert mistake.startswith(f"session_config.yaml:27: {named}")


# Whatever stands in the file

ODD = ["&a ", "*a ", "!!int ", "0x10", "1e999", ".inf", "2023-13-45", "9:99:99", "null", "é", "\\ud800", "<<: "]
BREAKS = ["\u2028", "\ufeff", "\x00", "---\n", "...\n", "%YAML 1.2\n", *"\n \t:-?#&*!|>%@`'\"[]{},~\\"]
PIECES = st.sampled_from([*SMALL.splitlines(keepends=True), *ODD, *BREAKS])


@pytest.fixture(scope="session")
def any_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("config") / "session_config.yaml"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_file_whatsoever_raises_anything_but_its_mistakes(content: bytes, any_file: Path) -> None:
    any_file.write_bytes(content)

    with pytest.raises(ConfigMistakes):
        load_settings(any_file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(pieces=st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_no_jumble_of_yaml_raises_anything_but_its_mistakes(pieces: str, any_file: Path) -> None:
    any_file.write_bytes(pieces.encode("utf-8", "surrogatepass"))

    with pytest.raises(ConfigMistakes) as caught:
        load_settings(any_file)

    assert all(line.isprintable() for line in caught.value.lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.integers(0, len(SMALL.splitlines()) - 1), PIECES | st.text(max_size=20), st.booleans())
def test_no_slip_in_a_good_file_raises_anything_but_its_mistakes(
    any_file: Path, number: int, slip: str, keep_key: bool
) -> None:
    lines = SMALL.splitlines()
    lines[number] = lines[number].rpartition(": ")[0] + ": " + slip if keep_key else slip
    any_file.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))

    with contextlib.suppress(ConfigMistakes):
        load_settings(any_file)
