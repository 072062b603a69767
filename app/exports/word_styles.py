"""The Word file's styles: built-in ones under their own names, so that a secretariat's template replaces them.

Nothing in the document is formatted but by a style. What a template lacks is added to it as it is here.
"""

from collections.abc import Mapping

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

_W = nsdecls("w")
LATIN, COMPLEX = "Calibri", "Arial"
EAST_ASIAN: Mapping[str, str] = {"ja": "Yu Gothic", "zh": "Microsoft YaHei"}
EAST_ASIAN_ELSEWHERE = "Yu Gothic"
LOCALES: Mapping[str, str] = {
    "en": "en-GB",
    "fr": "fr-FR",
    "es": "es-ES",
    "ar": "ar-SA",
    "ru": "ru-RU",
    "zh": "zh-CN",
} | {"ja": "ja-JP"}
GREY = '<w:color w:val="595959"/>'
BOLD = "<w:b/><w:bCs/>"
KEPT = "<w:keepNext/><w:keepLines/>"
LINE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="3" w:color="auto"/></w:pBdr>'
BOX = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right")
)


def _space(before: float, after: float) -> str:
    """In points."""
    return f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


PARAGRAPHS: Mapping[str, tuple[str, str]] = {
    "Normal": ('<w:spacing w:before="80" w:after="80" w:line="264" w:lineRule="auto"/>', _size(10.5)),
    "Title": (KEPT + _space(0, 4), BOLD + _size(24)),
    "Subtitle": (_space(0, 10), GREY + _size(14)),
    "heading 1": (KEPT + LINE + _space(26, 8) + '<w:outlineLvl w:val="0"/>', BOLD + _size(16)),
    "heading 2": (KEPT + _space(16, 6) + '<w:outlineLvl w:val="1"/>', BOLD + _size(13)),
    "heading 3": (KEPT + _space(14, 2) + '<w:outlineLvl w:val="2"/>', BOLD + _size(11)),
    "heading 4": (KEPT + _space(6, 2) + '<w:outlineLvl w:val="3"/>', BOLD + GREY + _size(9)),
    "caption": (KEPT + _space(14, 4), BOLD + _size(9.5)),
    "Quote": (_space(0, 6) + '<w:ind w:left="567" w:right="567"/>', ""),
    "header": ("", GREY + _size(8.5)),
    "footer": ('<w:tabs><w:tab w:val="right" w:pos="9355"/></w:tabs>', GREY + _size(8.5)),
    "TOC Heading": (KEPT + _space(18, 6), BOLD + _size(13)),
    "toc 1": (_space(0, 3), ""),
    "Record Status": (f"<w:pBdr>{BOX}</w:pBdr>" + _space(4, 14), BOLD),
    "Record Fact": (
        '<w:tabs><w:tab w:val="left" w:pos="4252"/></w:tabs>'
        + _space(0, 2)
        + '<w:ind w:left="4252" w:hanging="4252"/>',
        "",
    ),
    "Record Question": (KEPT + _space(0, 8), _size(11.5)),
    "Record Details": (_space(0, 6), GREY + _size(9)),
    "Record Figure": (_space(0, 12), ""),
    "Table Text": (_space(2, 2), _size(8.5)),
    "Table Number": (_space(2, 2) + '<w:jc w:val="right"/>', _size(8.5)),
    "Table Heading": (_space(2, 2), BOLD + _size(8.5)),
    "Table Heading Number": (_space(2, 2) + '<w:jc w:val="right"/>', BOLD + _size(8.5)),
}
"""Each style's name in the file, with what it says of the paragraph and of its letters."""
BUILT_IN = frozenset(
    {"Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "caption", "Quote"}
    | {"header", "footer", "TOC Heading", "toc 1"}
)
STRONG = f'<w:style {_W} w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr>{BOLD}</w:rPr></w:style>'
TABLE = (
    f'<w:style {_W} w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
BULLET = (
    f'<w:style {_W} w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr><w:spacing w:before="0" w:after="60"/>'
    '<w:ind w:left="360" w:hanging="360"/></w:pPr></w:style>'
)
BULLETS = (
    f'<w:abstractNum {_W} w:abstractNumId="{{number}}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/></w:lvl>'
    "</w:abstractNum>"
)


def dress(document: Document, language: str, *, rtl: bool) -> None:
    """A document of our own: all styles as they are here, and the language and direction of its text."""
    for name in PARAGRAPHS:
        _replace(document, name, _paragraph(name, rtl=rtl))
    for name, style in (("Strong", STRONG), ("Table Grid", TABLE)):
        _replace(document, name, style)
    _replace(document, "List Bullet", BULLET.format(number=_bullets(document)))
    styles = document.styles.element
    styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).replace(
        styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")), parse_xml(_letters(language))
    )


def complete(document: Document, *, rtl: bool) -> None:
    """A template's document: what it has stays, what it lacks is added."""
    has = {name.get(qn("w:val")).lower() for name in document.styles.element.iter(qn("w:name"))}
    for name in PARAGRAPHS:
        if name.lower() not in has:
            _replace(document, name, _paragraph(name, rtl=rtl))
    for name, style in (("strong", STRONG), ("table grid", TABLE)):
        if name not in has:
            _replace(document, name, style)
    if "list bullet" not in has:
        _replace(document, "List Bullet", BULLET.format(number=_bullets(document)))


def ids_of(document: Document) -> Mapping[str, str]:
    """Each style's id by its name in small letters: looked up once, and not for each of a thousand paragraphs."""
    return {_name(one).lower(): one.get(qn("w:styleId")) for one in document.styles.element.iter(qn("w:style"))}


def _letters(language: str) -> str:
    east_asian = EAST_ASIAN.get(language, EAST_ASIAN_ELSEWHERE)
    locale = LOCALES.get(language, "en-GB")
    latin = "en-GB" if language in {"ar", "ja", "zh"} else locale
    return (
        f'<w:rPr {_W}><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{east_asian}" w:cs="{COMPLEX}"/>'
        f'{_size(10.5)}<w:lang w:val="{latin}" w:eastAsia="{LOCALES.get(language if language == "zh" else "ja")}" '
        'w:bidi="ar-SA"/></w:rPr>'
    )


def _paragraph(name: str, *, rtl: bool) -> str:
    about, letters = PARAGRAPHS[name]
    is_normal = name == "Normal"
    based_on = "" if is_normal else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    if is_normal and rtl:
        about = "<w:bidi/>" + about
    default = ' w:default="1"' if is_normal else ""
    custom = "" if name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style {_W} w:type="paragraph" w:styleId="{_id(name)}"{default}{custom}><w:name w:val="{name}"/>{based_on}'
        f"<w:qFormat/><w:pPr>{about}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _id(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split()).replace("Toc", "TOC")


def _replace(document: Document, name: str, style: str) -> None:
    styles = document.styles.element
    for old in [one for one in styles.iter(qn("w:style")) if _name(one).lower() == name.lower()]:
        styles.remove(old)
    styles.append(parse_xml(style))


def _name(style: object) -> str:
    found = style.find(qn("w:name"))  # type: ignore[attr-defined]
    return "" if found is None else str(found.get(qn("w:val")))


def _bullets(document: Document) -> int:
    """The number of a list with bullets, made for `List Bullet`."""
    part = document.part
    try:
        numbering: XmlPart = part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)  # type: ignore[assignment]
    except KeyError:
        empty = parse_xml(f"<w:numbering {_W}/>")
        numbering = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package)
        part.relate_to(numbering, RELATIONSHIP_TYPE.NUMBERING)
    lists = numbering.element
    taken = [int(one.get(qn("w:abstractNumId"))) for one in lists.iter(qn("w:abstractNum"))]
    abstract = max(taken, default=0) + 1
    lists.insert(0, parse_xml(BULLETS.format(number=abstract)))
    number = max((int(one.get(qn("w:numId"))) for one in lists.iter(qn("w:num"))), default=0) + 1
    lists.append(parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
    return number
