"""The PDF, read by another program: its text in all scripts, its pages, and nothing that was typed taken for markup."""

import io
import re
import unicodedata
from dataclasses import replace

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app import i18n
from app.exports.pdf import write_pdf
from app.exports.report_making import report_of
from app.floor.record import Record
from app.record_words import words_of
from tests import kyoto
from tests.recorded import RECORD

A4 = (595, 842)
UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def pdf(record: Record, language: str = "en") -> PdfReader:
    out = io.BytesIO()
    write_pdf(report_of(record, language), out)
    return PdfReader(out)


def letters(text: str) -> str:
    """Without spaces, hyphens and what is not seen: where lines break is not for a test to say."""
    return re.sub(r"[\s\u00ad‐-]", "", unicodedata.normalize("NFKC", UNSEEN.sub("", text)))


def pages(reader: PdfReader) -> list[str]:
    return [letters(page.extract_text()) for page in reader.pages]


def test_every_name_is_found_in_it_in_whatever_script() -> None:
    said = "".join(pages(pdf(kyoto.record())))

    for name in ("Ana Lúcia Fernández de Córdoba", "山田 花子", "Нурлан Ержанов", "李 明", "O’Brien, Siobhán"):
        assert letters(name) in said
    for name in ("أميرة", "يوسف", "الخطيب"):
        assert name in said or name[::-1] in said
    assert letters("Meaningful connectivity is more than coverage") in said
    assert letters("人工智能治理应当有发展中国家的平等参与。") in said


@pytest.mark.parametrize("language", i18n.languages())
def test_it_is_a4_with_its_title_and_language_tagged_and_each_page_numbered(language: str) -> None:
    record = kyoto.record()
    reader = pdf(record, language)
    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)

    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {A4}
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith(words_of(record, language).of(record.plan.title))
    assert str(root["/Lang"]).startswith(language)
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]
    count = len(reader.pages)
    assert count > 8
    for number, page in enumerate(pages(reader), start=1):
        assert f"{number}/{count}" in page


def test_no_row_is_cut_and_a_table_that_goes_on_has_its_heading_row_again() -> None:
    first, *_ = RECORD.topics[1].interventions
    organisation = " ".join(f"part{number}" for number in range(30))
    person = replace(first.person, name="=A", organisation=organisation)
    rows = [replace(first, notes=(), summary="", tags=(), person=person)] * 40
    topic = replace(RECORD.topics[1], interventions=(*RECORD.topics[1].interventions, *rows))

    found = pages(pdf(replace(RECORD, topics=(RECORD.topics[0], topic, *RECORD.topics[2:]))))

    with_rows = [page for page in found if "=A" in page]
    assert len(with_rows) > 3
    for page in with_rows:
        assert page.count("part0") == page.count("part29"), "each row is on one page"
        assert "No.StartName" in page


def test_a_draft_says_so_on_each_page_and_an_edition_does_not() -> None:
    draft, published = pages(pdf(RECORD)), pages(pdf(replace(RECORD, published_ms=1_000_000)))

    assert all("Draft" in page for page in draft)
    assert not any("Draft" in page for page in published)
    assert all("Edition1" in page for page in published)


HOSTILE = (
    '#panic("x")',
    "#read(\"/etc/passwd\") $ x^2 $ *bold* _it_ `raw` = heading \\ @ref <label> // comment /* */ [x] ~ --- 'q'",
    "<script>alert(1)</script> &amp; ]]> {{ 7*7 }} {% raw %}",
    "\\input{/etc/passwd} %s %(x)s ${x} evil",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_typed_is_never_markup(text: str) -> None:
    first, *others = RECORD.topics[1].interventions
    said = replace(first, summary=text, tags=(text,), person=replace(first.person, name=text, organisation=text))
    topic = replace(RECORD.topics[1], interventions=(said, *others), tags={text: (1,)})

    found = "".join(pages(pdf(replace(RECORD, topics=(RECORD.topics[0], topic, *RECORD.topics[2:])))))

    assert found.count(letters(text)) >= 4


def test_a_character_that_no_font_has_is_no_obstacle() -> None:
    first, *others = RECORD.topics[1].interventions
    said = replace(first, person=replace(first.person, name="Ana \U0001fadf \U00016aff \ue000 \x07"))
    topic = replace(RECORD.topics[1], interventions=(said, *others))

    reader = pdf(replace(RECORD, topics=(RECORD.topics[0], topic, *RECORD.topics[2:])))

    assert "Ana" in "".join(pages(reader))
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # type: ignore[operator]
