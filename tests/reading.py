"""What somebody reads on an HTML page: tables by caption, lists of terms, anchors; and whether it is whole."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"meta", "link", "br", "img", "input", "hr"}
"""Elements without an end."""


@dataclass
class Table:
    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)


class Page(HTMLParser):
    """Read as strictly as XML: each element is closed in its place, or listed in `mistakes`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.terms: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.mistakes: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self._cell = ""
        self.feed(html)
        self.close()
        self.mistakes += [f"<{tag}> is never closed" for tag in self._open]

    def table(self, caption: str) -> Table:
        """The one table whose caption ends so."""
        (found,) = [table for table in self.tables if table.caption.endswith(caption)]
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.ids += [told["id"]] if told.get("id") else []
        self.links += [told["href"]] if tag == "a" and told.get("href") else []
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not told.get("src")):
            self.inline.append(tag)
        if tag not in EMPTY:
            self._open.append(tag)
        if tag == "table":
            self.tables.append(Table())
        if tag == "tr":
            self.tables[-1].rows.append([])
        if tag in {"td", "th", "caption", "dt", "dd"}:
            self._cell = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self._cell += data

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.mistakes.append(f"</{tag}> in {self._open[-3:]} at line {self.getpos()[0]}")
            return
        self._open.pop()
        words = " ".join(self._cell.split())
        if tag in {"td", "th"}:
            self.tables[-1].rows[-1].append(words)
        elif tag == "caption":
            self.tables[-1].caption = words
        elif tag == "dt":
            self.terms.append((words, ""))
        elif tag == "dd":
            self.terms[-1] = (self.terms[-1][0], f"{self.terms[-1][1]} {words}".strip())
