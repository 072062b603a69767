"""The record's pictures: drawn to scale, with all that was said in them, and never beyond their frame."""

import re
from dataclasses import replace
from itertools import pairwise
from random import Random
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.floor.record import Record, Share
from app.floor.record_making import record_of
from app.pictures import bars, marks, timeline
from app.pictures.scale import Scale
from app.pictures.svg import fitted, width_of
from app.record_words import words_of
from tests.random_sessions import RandomSession
from tests.recorded import RECORD

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("en", "ar")
MEASURES: tuple[bars.Measure, ...] = ("time", "count")


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def pictures(record: Record, language: str) -> list[str]:
    words = words_of(record, language)
    found = [timeline.timeline_of_session(record, words)]
    found += [timeline.timeline_of_topic(record, words, topic.plan.id) for topic in record.topics]
    found += [draw(record, words, measure) for draw in (bars.bars_by_group, bars.bars_by_topic) for measure in MEASURES]
    return [svg for svg in found if svg]


def titled(picture: ET.Element) -> dict[str, list[ET.Element]]:
    """What each part says where a pointer rests on it -> its rectangles."""
    return {
        str(group.findtext(f"{SVG}title")): group.findall(f"{SVG}rect")
        for group in picture.iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
    }


def width(rects: list[ET.Element]) -> float:
    return sum(float(rect.get("width", "")) for rect in rects)


def said_in(svg: str) -> dict[int, list[ET.Element]]:
    found = ((re.match(r"(\d+)\. ", told), rects) for told, rects in titled(drawn(svg)).items())
    return {int(number[1]): rects for number, rects in found if number}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_timeline_a_width_is_a_length_and_nothing_that_was_said_is_missing(language: str) -> None:
    words = words_of(RECORD, language)
    said = said_in(timeline.timeline_of_session(RECORD, words))

    assert sorted(said) == [one.number for one in RECORD.spoken]
    by_length = {one.number: one.spent_ms for one in RECORD.spoken}
    unit = width(said[1]) / by_length[1]
    for number, rects in said.items():
        assert width(rects) == pytest.approx(by_length[number] * unit, abs=0.05)
    assert len(said[1]) == 2, "Ana was interrupted by a point of order"
    assert len(said[3]) == 2, "Bo by a pause"


def test_an_intervention_stands_where_it_began_from_the_left_or_from_the_right() -> None:
    left = said_in(timeline.timeline_of_session(RECORD, words_of(RECORD, "en")))
    right = said_in(timeline.timeline_of_session(RECORD, words_of(RECORD, "ar")))
    scale = Scale(0, 3_900_000, timeline.WIDTH)  # as long as was planned

    for one in RECORD.spoken:
        first = left[one.number][0]
        assert float(first.get("x", "")) == pytest.approx(scale.x(one.began_ms), abs=0.01)
        mirrored = right[one.number][0]
        end = float(mirrored.get("x", "")) + float(mirrored.get("width", ""))
        assert end == pytest.approx(timeline.WIDTH - scale.x(one.began_ms), abs=0.02)


def test_a_pause_is_hatched_and_what_was_planned_stands_above_what_took_place() -> None:
    picture = drawn(timeline.timeline_of_session(RECORD, words_of(RECORD, "en")))
    parts = titled(picture)
    pause = next(rects for told, rects in parts.items() if told.startswith("Paused"))

    assert [rect.get("fill") for rect in pause] == ["url(#timeline-pause)"]
    assert picture.find(f".//{SVG}pattern[@id='timeline-pause']") is not None
    planned, actual = (
        next(rects for told, rects in parts.items() if told.startswith(name))
        for name in ("The WSIS vision, 00:05", "The WSIS vision, 00:01")
    )
    assert width(planned) / timeline.WIDTH == pytest.approx(1_500_000 / 3_900_000, abs=0.001)
    assert width(actual) / timeline.WIDTH == pytest.approx(400_000 / 3_900_000, abs=0.001)
    assert float(planned[0].get("y", "")) < float(actual[0].get("y", ""))


def test_a_session_that_began_late_shows_so_against_its_plan() -> None:
    late = replace(RECORD, plan=replace(RECORD.plan, starts_ms=-300_000))

    parts = titled(drawn(timeline.timeline_of_session(late, words_of(late, "en"))))

    planned, actual = (rects for told, rects in parts.items() if told.startswith("Opening"))
    assert float(planned[0].get("x", "")) == 0
    assert float(actual[0].get("x", "")) == pytest.approx(timeline.WIDTH * 300_000 / 3_900_000, abs=0.05)


def test_a_plan_for_another_day_is_laid_beside_the_session_and_does_not_flatten_it() -> None:
    another = replace(RECORD, plan=replace(RECORD.plan, starts_ms=90 * 86_400_000))

    said = said_in(timeline.timeline_of_session(another, words_of(another, "en")))

    assert width(said[1]) == pytest.approx(timeline.WIDTH * 160_000 / 3_900_000, abs=0.05)


def bars_in(svg: str) -> dict[str, dict[str, float]]:
    """Each bar by how far down it stands -> the width of each of its parts by colour."""
    found: dict[str, dict[str, float]] = {}
    for rect in drawn(svg).iter(f"{SVG}rect"):
        if rect.get("height") == f"{bars.BAR:.0f}":
            found.setdefault(str(rect.get("y")), {})[str(rect.get("fill"))] = float(rect.get("width", ""))
    return found


def figure(share: Share, measure: bars.Measure) -> int:
    return share.spent_ms if measure == "time" else share.count


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_a_bar_as_long_as_its_figure(measure: bars.Measure, language: str) -> None:
    words = words_of(RECORD, language)
    svg = bars.bars_by_group(RECORD, words, measure)
    figures = {group: figure(share, measure) for group, share in RECORD.shares.items()}
    most = max(figures.values())
    lengths = {fill: width for parts in bars_in(svg).values() for fill, width in parts.items()}
    longest = max(lengths.values())

    for group, mark in marks.marks(RECORD.plan.groups).items():
        assert lengths[mark.fill] == pytest.approx(longest * figures[group] / most, abs=0.02)
        assert words.group(group) in drawn(svg).itertext()


@pytest.mark.parametrize("measure", MEASURES)
def test_a_topic_s_bar_has_a_part_for_each_group_that_spoke_on_it(measure: bars.Measure) -> None:
    known = marks.marks(RECORD.plan.groups)
    drawn_bars = list(bars_in(bars.bars_by_topic(RECORD, words_of(RECORD, "en"), measure)).values())
    spoken_on = [topic for topic in RECORD.topics if any(share.count for share in topic.shares.values())]
    unit = max(sum(parts.values()) for parts in drawn_bars) / max(
        sum(figure(share, measure) for share in topic.shares.values()) for topic in spoken_on
    )

    for topic, parts in zip(spoken_on, drawn_bars, strict=True):
        expected = {known[group].fill: figure(share, measure) for group, share in topic.shares.items() if share.count}
        assert parts == pytest.approx({fill: value * unit for fill, value in expected.items()}, abs=0.02)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_says_what_it_is_and_holds_nobody_s_markup(language: str) -> None:
    for svg in pictures(RECORD, language):
        picture = drawn(svg)
        names = picture.get("aria-labelledby", "").split()
        assert picture.get("role") == "img"
        assert [element.get("id") for element in picture[:2]] == names
        assert all(picture[place].text for place in (0, 1))
        assert "<script" not in svg
        assert "style=" not in svg
    whole = timeline.timeline_of_session(RECORD, words_of(RECORD, language))
    assert '</title><script>alert("x")</script>' in "".join(drawn(whole).itertext())


def test_who_was_hidden_is_not_named_in_a_picture() -> None:
    for svg in pictures(RECORD, "en"):
        assert "Cy Chen" not in svg


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(seed=st.integers(0, 2**32 - 1), language=st.sampled_from(LANGUAGES))
def test_nothing_of_any_session_leaves_its_frame(seed: int, language: str) -> None:
    session = RandomSession(begun=True, order="as_requested")
    session.take_steps(Random(seed), 120)
    record = record_of(session.log, session.now_ms)

    for svg in pictures(record, language):
        picture = drawn(svg)
        left, top, wide, high = (float(value) for value in picture.get("viewBox", "").split())
        most_x, most_y = left + wide, top + high
        for rect in picture.iter(f"{SVG}rect"):
            x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
            assert x >= -0.01
            assert x + w <= most_x + 0.02
            assert y >= 0
            assert y + h <= most_y
        for text in picture.iter(f"{SVG}text"):
            assert 0 <= float(text.get("x", "")) <= most_x
            assert 0 <= float(text.get("y", "")) <= most_y
    whole = timeline.timeline_of_session(record, words_of(record, language))
    assert (whole == "") == (not record.timeline), "there is nothing to draw before the session has begun"
    said = said_in(whole) if whole else {}
    assert set(said) == {one.number for one in record.spoken if one.spent_ms}


def test_letters_are_read_on_every_colour_and_no_two_groups_have_the_same_mark() -> None:
    known = marks.marks(f"g{number}" for number in range(60))

    assert len({mark.letter for mark in known.values()}) == 60
    assert len({mark.fill for mark in list(known.values())[:8]}) == 8
    assert min(marks.contrast(mark.fill, mark.ink) for mark in known.values()) >= 4.5


def test_a_group_keeps_its_mark_however_academia_is_counted() -> None:
    known = marks.marks(RECORD.plan.groups)

    for draw in (bars.bars_by_group, bars.bars_by_topic):
        counted = replace(RECORD, groups={"government": ("government", "academia")})
        assert known["government"].fill in draw(counted, words_of(counted, "en"), "time")


def test_a_text_that_is_too_wide_is_cut_with_a_sign_of_it() -> None:
    assert fitted("Ana Alm", 100) == "Ana Alm"
    cut = fitted("Jean-Baptiste Emmanuel Rakotomalala", 80)
    assert cut.startswith("Jean")
    assert cut.endswith("…")
    assert width_of(cut) <= 80
    assert fitted("Jean-Baptiste", 10) == ""


@pytest.mark.parametrize(("minutes", "step"), [(5, 1), (40, 5), (90, 10), (600, 60)])
def test_the_clock_below_is_marked_at_whole_minutes_that_can_be_read(minutes: int, step: int) -> None:
    ticks = list(Scale(1_000, 1_000 + minutes * 60_000, 760).ticks())

    assert all(at_ms % (step * 60_000) == 0 for at_ms in ticks)
    assert {later - at_ms for at_ms, later in pairwise(ticks)} == {step * 60_000}
