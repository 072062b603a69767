"""The Word file, read by python-docx: its headings, captions, tables and fields, and that all is done by styles."""

import io
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor

from app import i18n
from app.exports.making import NotATemplate
from app.exports.report import Figure, Heading, Table
from app.exports.report_making import report_of
from app.exports.word import write_word
from app.exports.word_styles import PARAGRAPHS
from app.floor.record import Record
from app.record_words import words_of
from tests import kyoto
from tests.recorded import RECORD


def word(record: Record, language: str = "en", template: Path | None = None) -> Document:
    out = io.BytesIO()
    write_word(report_of(record, language), out, template)
    return docx.Document(out)


def seen(text: str) -> str:
    """Without what only gives a direction."""
    return re.sub("[\u200e\u200f\u2066-\u2069]", "", text)


def styled(document: Document, style: str) -> list[str]:
    return [seen(one.text) for one in document.paragraphs if one.style is not None and one.style.name == style]


def test_its_headings_are_headings_and_those_of_the_first_level_stand_in_the_contents() -> None:
    record = kyoto.record()
    document = word(record)
    headings = [block for block in report_of(record, "en").blocks if isinstance(block, Heading)]

    assert styled(document, "Title") == ["WSIS at 20: Successes, Failures, and Expectations"]
    for level in (1, 2, 3, 4):
        expected = [seen(one.text) for one in headings if one.level == level]
        assert styled(document, f"Heading {level}") == expected
    assert styled(document, "toc 1") == styled(document, "Heading 1")
    anchors = [one.get(qn("w:anchor")) for one in document.element.iter(qn("w:hyperlink"))]
    marks = [one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))]
    assert anchors == marks
    assert len(marks) == len(styled(document, "Heading 1"))


@pytest.mark.parametrize("language", i18n.languages())
def test_its_tables_have_what_the_report_s_have_cell_by_cell(language: str) -> None:
    record = kyoto.record()
    tables = [block for block in report_of(record, language).blocks if isinstance(block, Table)]

    document = word(record, language)

    assert len(document.tables) == len(tables)
    for made, table in zip(document.tables, tables, strict=True):
        rows = [tuple(seen(cell.text) for cell in row.cells) for row in made.rows]
        head = tuple(column.title for column in table.columns)
        assert rows == [head, *table.rows, *((table.total,) if table.total else ())]


def test_of_each_table_the_heading_row_comes_again_and_no_row_is_cut() -> None:
    for table in word(kyoto.record()).tables:
        assert table.style is not None
        assert table.style.name == "Table Grid"
        rows = [row._tr.trPr for row in table.rows]
        assert all(row is not None and row.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.find(qn("w:tblHeader")) is not None for row in rows if row is not None] == [
            True,
            *[False] * (len(rows) - 1),
        ]


def test_captions_are_counted_by_word_and_pictures_say_what_they_show() -> None:
    record = kyoto.record()
    document = word(record)
    blocks = report_of(record, "en").blocks
    captioned = [block for block in blocks if isinstance(block, Table | Figure)]

    assert styled(document, "Caption") == [
        seen(f"{one.caption.before}{one.caption.number}{one.caption.after}") for one in captioned
    ]
    fields = [one.text.strip() for one in document.element.iter(qn("w:instrText"))]
    assert fields.count(r"SEQ Table \* ARABIC") == len(document.tables)
    assert fields.count(r"SEQ Figure \* ARABIC") == len(document.inline_shapes)
    assert r'TOC \o "1-1" \h \z \u' in fields
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts == [block.alt for block in blocks if isinstance(block, Figure)]
    assert all(alts)


def test_each_page_has_its_number_and_a_draft_its_mark() -> None:
    draft, published = word(RECORD), word(replace(RECORD, published_ms=1_000_000))

    fields = [one.text.strip() for one in draft.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert draft.sections[0].header.paragraphs[0].text == "WSIS at 20 · Draft"
    assert published.sections[0].header.paragraphs[0].text == "WSIS at 20"
    assert "Draft" not in "".join(one.text for one in published.paragraphs)


def test_it_says_what_it_is_and_who_answers_for_it() -> None:
    record = kyoto.record()
    properties = word(record, "fr").core_properties

    assert properties.title == "Les 20 ans du SMSI : réussites, échecs et attentes: " + i18n.text("fr", "record.title")
    assert properties.author == "cstd-wsis20@unctad.org"
    assert properties.language == "fr"
    assert properties.comments == ""


def test_nothing_is_formatted_but_by_a_style() -> None:
    """Which direction a text has, and which list an item is in, is no formatting."""
    body = word(kyoto.record(), "ar").element.body
    of_runs = {child.tag for run in body.iter(qn("w:rPr")) for child in run}
    of_paragraphs = {child.tag for paragraph in body.iter(qn("w:pPr")) for child in paragraph}

    assert of_runs == {qn("w:rtl"), qn("w:rStyle")}
    assert of_paragraphs == {qn("w:pStyle"), qn("w:bidi")}


def test_arabic_runs_from_right_to_left_and_other_texts_in_it_do_not() -> None:
    document = word(kyoto.record(), "ar")

    assert document.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            marked = run._r.rPr is not None and run._r.rPr.find(qn("w:rtl")) is not None
            if re.search("[\u0620-\u064a]", run.text):
                assert marked
            if re.search("[A-Za-zА-я一-龥]", run.text):
                assert not marked
    (point,) = {one._p for one in document.paragraphs if one.text.startswith("The chair welcomed")}
    assert point.pPr is not None
    assert point.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"


@pytest.mark.parametrize("language", ["ja", "zh", "ru"])
def test_its_letters_and_spelling_are_those_of_its_language(language: str) -> None:
    styles = word(RECORD, language).styles.element
    tongue = next(styles.iter(qn("w:lang")))
    fonts = next(styles.iter(qn("w:rFonts")))

    assert language in f"{tongue.get(qn('w:val'))} {tongue.get(qn('w:eastAsia'))}"
    assert fonts.get(qn("w:eastAsia")) == {"zh": "Microsoft YaHei"}.get(language, "Yu Gothic")


@pytest.mark.parametrize(
    "text",
    [
        "</w:t></w:r><w:r><w:t>x",
        "&amp; &#x41; <![CDATA[x]]>",
        "{ HYPERLINK http://example.org }",
        "a\x00b\x0bc\x1f\ufffe",
    ],
)
def test_what_somebody_typed_is_never_more_than_text(text: str) -> None:
    first, *others = RECORD.topics[1].interventions
    said = replace(first, summary=text, tags=(text,), person=replace(first.person, name=text, organisation=text))
    topic = replace(RECORD.topics[1], interventions=(said, *others), tags={text: (1,)})

    document = word(replace(RECORD, topics=(RECORD.topics[0], topic, *RECORD.topics[2:])))

    shown = re.sub("[\x00-\x1f\ufffe]", "", text)
    assert f"About: {shown}" in [one.text for one in document.paragraphs]
    assert shown in {cell.text for table in document.tables for row in table.rows for cell in row.cells}


def test_a_template_gives_its_styles_its_page_and_its_letterhead_and_what_it_lacks_is_added(tmp_path: Path) -> None:
    template, path = docx.Document(), tmp_path / "house.docx"
    template.add_paragraph("The text of the template")
    template.styles["Heading 1"].font.color.rgb = RGBColor(1, 2, 3)
    template.styles["List Bullet"].delete()
    template.styles["Caption"].delete()
    template.sections[0].header.paragraphs[0].text = "The house's letterhead"
    template.save(str(path))

    document = word(kyoto.record(), template=path)

    assert document.styles["Heading 1"].font.color.rgb == RGBColor(1, 2, 3)
    assert document.sections[0].header.paragraphs[0].text == "The house's letterhead"
    assert "The text of the template" not in [one.text for one in document.paragraphs]
    assert {one.style.name for one in document.paragraphs if one.style} >= {"Heading 1", "List Bullet", "Caption"}
    number = document.styles["List Bullet"].element.pPr.numPr.numId.val
    assert number in {one.numId for one in document.part.numbering_part.element.num_lst}
    known = {style.name.lower() for style in document.styles if style.name}
    assert {name.lower() for name in PARAGRAPHS} <= known


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_what_is_no_word_file_is_no_template(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "house.docx"
    if content is None:
        with ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "text")
    else:
        path.write_bytes(content)

    with pytest.raises(NotATemplate, match=r"house\.docx"):
        word(RECORD, template=path)


def test_a_template_of_hostile_xml_reads_no_file(tmp_path: Path) -> None:
    secret, whole, path = tmp_path / "secret.txt", tmp_path / "whole.docx", tmp_path / "house.docx"
    secret.write_text("the secret")
    docx.Document().save(str(whole))
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    with ZipFile(whole) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name == "docProps/core.xml":
                content = content.replace("?>", f"?>{entity}", 1).replace("</dc:title>", "&x;</dc:title>")
                content = content.replace("<dc:title/>", "<dc:title>&x;</dc:title>")
                assert "&x;" in content
            new.writestr(name, content.encode("utf-8", "surrogateescape"))

    out = io.BytesIO()
    write_word(report_of(RECORD, "en"), out, path)

    with ZipFile(out) as made:
        assert not any(b"the secret" in made.read(name) for name in made.namelist())


def test_who_was_hidden_is_nobody_but_one_of_their_group() -> None:
    cells = {cell.text for table in word(RECORD).tables for row in table.rows for cell in row.cells}

    assert words_of(RECORD, "en").t("record.unnamed", group="Academia") in cells
    assert not any("Cy Cole" in cell for cell in cells)
