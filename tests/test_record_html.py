"""The record's page: every figure on it is the record's, nobody is named who may not be, and the HTML is whole."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.floor.record import Record, Share, Spoken, TopicRecord
from app.floor.record_making import record_of
from app.record_html import record_html, tag_index
from app.record_words import words_of
from tests.reading import Page
from tests.recorded import RECORD, played

PUBLISHED = replace(RECORD, published_ms=800_000, edition=1)
WORDS = words_of(PUBLISHED, "en")
COUNTS = {
    "gender": {"woman": Share(2, 60_000, 1), "man": Share(1, 30_000, 1), "other": Share(), "": Share(1, 30_000, 1)},
    "region": {"african": Share(1, 40_000, 1), "": Share(3, 80_000, 2)},
}


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(record_html(PUBLISHED, "en"))


def topic(name: str) -> TopicRecord:
    return next(one for one in RECORD.topics if one.plan.id == name)


def row(one: Spoken) -> list[str]:
    person = one.person
    who = f"{person.name} {person.organisation}" if person.name else WORDS.who(person)
    kinds = {"intervention": "", "right_of_reply": " Kind Right of reply", "point_of_order": " Kind Point of order"}
    over = f"+{WORDS.length(one.over_ms)}" if one.over_ms else ""
    start, length = WORDS.clock(one.began_ms), WORDS.length(one.spent_ms)
    return [str(one.number), start, who + kinds[one.kind], WORDS.group(person.group), WORDS.where(person), length, over]


def test_what_happened_in_the_session_is_what_the_literal_figures_say(page: Page) -> None:
    """By hand, from `recorded.py`: nothing here goes through the record."""
    assert dict(page.terms[4:16]) == {
        "Interventions": "5", "Rights of reply": "1", "Points of order": "1", "People heard": "5", "Took part": "5",
        "Groups heard": "4 of 4", "Asked and not heard": "3", "Requests withdrawn": "1",
        "Elapsed": "11:40", "Spoken": "6:25", "Paused": "1:00", "Silent": "4:15",
    }  # fmt: skip


def test_each_intervention_has_its_row_with_its_figures_and_points_of_order_and_replies_stand_apart(page: Page) -> None:
    for one in RECORD.topics[1:3]:
        name = one.plan.title["en"]
        rows = [cells for cells in page.table(f"Interventions: {name}").rows[1:] if len(cells) == 7]
        assert rows == [row(said) for said in one.interventions]
    apart = page.table("Points of order and rights of reply: The WSIS vision").rows[1:]
    assert apart == [row(said) for said in topic("vision").spoken if said.kind != "intervention"]
    assert [said.over_ms for said in topic("vision").interventions] == [40_000, 0, 0]


def test_notes_stand_by_kind_below_what_they_are_on_and_those_on_the_chair_by_themselves(page: Page) -> None:
    at = page.terms.index(("About", "On access"))

    assert page.terms[at : at + 5] == [
        ("About", "On access"),
        ("Key points", "Access for all by 2030"),
        ("Quotes", "“Nobody offline”"),
        ("References", "A/RES/70/125"),
        ("Tags", "access"),
    ]
    assert ("Notes", "The chair opened") in page.terms[:at]


def test_who_asked_and_was_not_heard_is_there_with_how_long_they_waited_and_why(page: Page) -> None:
    assert page.table("Asked and not heard: The WSIS vision").rows[1:] == [
        ["A participant (Academia)", "Academia", "in the room", "00:01:03", "9:07", "Taken off the list"],
    ]
    hostile = '</title><script>alert("x")</script> R&D <b>'
    assert page.table("Asked and not heard: Emerging technologies").rows[1:] == [
        ["Ana Alm Sweden", "Government", "in the room", "00:07:42", "1:23", "Called and not there"],
        [hostile, "Private sector", "online", "00:07:45", "3:55", "The list was cut off by time"],
    ]
    assert "1 request was withdrawn." in page.text
    assert page.text.count("request was withdrawn") == 1, "and nobody is named with it"


def test_the_table_of_groups_has_the_record_s_shares_and_their_sums(page: Page) -> None:
    rows = page.table(". Groups").rows
    counted_ms = sum(share.spent_ms for share in RECORD.shares.values())

    assert rows[1:-1] == [
        [
            *(WORDS.group(group), str(share.count), str(share.people), WORDS.length(share.spent_ms)),
            *(WORDS.percent(share.spent_ms, counted_ms), str(RECORD.joined[group])),
        ]
        for group, share in RECORD.shares.items()
    ]
    count = sum(share.count for share in RECORD.shares.values())
    assert rows[-1] == ["Total", str(count), str(RECORD.people_heard), WORDS.length(counted_ms), "100%", "5"]


def test_the_tables_of_topics_have_the_record_s_times_and_their_sums(page: Page) -> None:
    rows = page.table("Topics and time").rows
    parts = ("elapsed_ms", "spoken_ms", "paused_ms", "silent_ms")

    assert [cells[1:] for cells in rows[1:-1]] == [
        [WORDS.length(ms) for ms in (one.plan.planned_ms, one.added_ms, *(getattr(one, part) for part in parts))]
        + [str(len(one.not_heard))]
        for one in RECORD.topics
    ]
    assert rows[-1][3:7] == [WORDS.length(getattr(RECORD, part)) for part in parts]


@pytest.mark.parametrize("title", ["Speaking time", "Interventions and replies"])
def test_the_tables_of_topics_and_groups_have_each_topic_s_shares(page: Page, title: str) -> None:
    def cells(shares: Mapping[str, Share]) -> list[str]:
        return [
            WORDS.length(share.spent_ms) if title == "Speaking time" else str(share.count) for share in shares.values()
        ]

    rows = page.table(f"{title} by topic and group").rows

    assert [row[1:-1] for row in rows[1:-1]] == [cells(one.shares) for one in RECORD.topics]
    assert rows[-1][1:-1] == cells(RECORD.shares)


def test_balance_is_counted_where_the_session_asks_and_who_did_not_say_is_counted_too() -> None:
    asked = Page(record_html(replace(PUBLISHED, balance=COUNTS), "en"))  # type: ignore[arg-type]

    assert asked.table("Gender").rows[1:] == [
        ["Women", "2", "1"],
        ["Men", "1", "1"],
        ["Other", "0", "0"],
        ["Not stated", "1", "1"],
    ]
    assert asked.table("UN regional group").rows[1:] == [
        ["African States", "1", "1"],
        ["Not stated", "3", "2"],
    ]
    assert "Not stated" not in Page(record_html(PUBLISHED, "en")).text


def test_the_index_of_tags_leads_to_what_has_them(page: Page) -> None:
    assert tag_index(RECORD) == [("access", "vision", (1,))]
    assert page.table("Index of tags").rows[1:] == [["access", "1. The WSIS vision", "1"]]
    assert "#said-1" in page.links


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "ru", "zh", "ja", "x-pseudo"])
@pytest.mark.parametrize("record", [RECORD, PUBLISHED], ids=["draft", "published"])
def test_the_html_is_whole_and_needs_nothing_that_the_policy_forbids(record: Record, language: str) -> None:
    html = record_html(record, language)
    page = Page(html)

    assert html.lstrip().startswith("<!doctype html>")
    assert page.mistakes == []
    assert page.inline == []
    assert sorted(page.ids) == sorted(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert '<script>alert("x")' not in html
    assert '</title><script>alert("x")</script>' in page.text, "said as it was typed"


def test_each_intervention_can_be_linked_to_and_leads_to_the_replay_where_it_begins(page: Page) -> None:
    for one in RECORD.spoken:
        assert f"said-{one.number}" in page.ids
        assert f"/replay?at={one.began_ms}" in page.links


@pytest.mark.parametrize("language", ["en", "ar"])
def test_who_was_hidden_is_not_named_anywhere(language: str) -> None:
    html = record_html(RECORD, language)

    assert "Cy Chen" not in html
    assert "Kyoto University" not in html
    assert html.count(words_of(RECORD, language).t("record.unnamed", group="Academia")) >= 2


def test_a_draft_says_so_and_as_of_when_and_what_is_published_says_which_edition() -> None:
    draft, published = record_html(RECORD, "en", drawn_up_ms=750_000), record_html(PUBLISHED, "en", drawn_up_ms=1)

    assert "Draft as of 00:12:30" in draft
    assert "/secretariat" in draft
    assert "Edition 1, published on 1 January 1970 at 00:13" in published
    assert "Draft" not in published
    assert published == record_html(PUBLISHED, "en", drawn_up_ms=2), "it does not matter when it was made"


def test_downloads_and_languages_keep_to_how_academia_is_counted() -> None:
    groups = {**RECORD.plan.groups, "technical_community": {"en": "Technical community"}}
    plan = replace(RECORD.plan, languages=("en", "ja"), groups=groups)
    links = Page(record_html(replace(PUBLISHED, plan=plan), "en", as_igf=True)).links

    assert {f"/record.{kind}?lang=en&groups=igf" for kind in ("docx", "pdf", "csv", "json")} <= set(links)
    assert {"/record?lang=ja&groups=igf", "/record?lang=en"} <= set(links)


def test_the_event_log_which_is_for_consoles_alone_is_offered_with_the_draft_that_they_alone_see() -> None:
    draft, published = (Page(record_html(one, "en")).links for one in (RECORD, PUBLISHED))

    assert "/record.jsonl?lang=en" in draft
    assert "/record.jsonl?lang=en" not in published


def test_before_the_session_there_is_a_page_that_says_so() -> None:
    empty = record_of(played()[:6], 0)
    page = Page(record_html(empty, "en"))

    assert page.mistakes == []
    assert ("Actual", "Not begun") in page.terms
