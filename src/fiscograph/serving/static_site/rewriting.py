"""A page of the server as a page of the site: links lead to files, what needs a server goes."""

from __future__ import annotations

from collections.abc import Callable
from html import escape as escaped
from html.parser import HTMLParser

_LINKS = frozenset({"href", "src", "action", "poster"})
_DATA = "data-"
# Elements without an end tag (HTML, section 13.1.2).
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_DROPPED_WITH_ITS_TARGET = frozenset({"form", "link", "script"})
Attributes = list[tuple[str, str | None]]


def links_of(page: str) -> list[str]:
    """What a page leads to or loads, in its order."""
    reader = _Links()
    reader.feed(page)
    reader.close()
    return reader.found


def rewritten(page: str, lead: Callable[[str], str | None]) -> str:
    """The page with every link changed.

    Args:
        page: the server's HTML.
        lead: what stands in place of a link; None where nothing is there: a form, a script or an
            alternate then goes as a whole, other elements lose the link and keep their words.
    """
    writer = _Rewriter(lead)
    writer.feed(page)
    writer.close()
    return "".join(writer.out)


def _is_link(name: str, value: str | None) -> bool:
    if value is None:
        return False
    return name in _LINKS or (name.startswith(_DATA) and value.startswith("/"))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        del tag
        self.found += [
            value for name, value in attrs if value is not None and _is_link(name, value)
        ]


class _Rewriter(HTMLParser):
    """Copies a page as it stands, but for the tags that have links."""

    def __init__(self, lead: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._lead = lead
        # The open element that is left out, and how deep within it we are.
        self._dropped: str | None = None
        self._depth = 0
        # For each open <a>: whether it has become a <span>.
        self._anchors: list[bool] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._dropped is not None:
            self._depth += tag == self._dropped
            return
        led = [
            (name, self._lead(value) if _is_link(name, value) and value is not None else value)
            for name, value in attrs
        ]
        lost = any(
            new is None and old is not None for (_, new), (_, old) in zip(led, attrs, strict=True)
        )
        if lost and tag in _DROPPED_WITH_ITS_TARGET:
            if tag not in _VOID:
                self._dropped, self._depth = tag, 1
            return
        if tag == "a":
            self._anchors.append(lost)
        if led == attrs:
            self.out.append(self.get_starttag_text() or "")
            return
        kept = [
            one
            for one, (_, old) in zip(led, attrs, strict=True)
            if one[1] is not None or old is None
        ]
        self.out.append(_tag("span" if tag == "a" and lost else tag, kept))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        # Shapes of a picture may be closed in themselves; nothing of them is a link.
        if self._dropped is None:
            self.out.append(self.get_starttag_text() or _tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._dropped is not None:
            self._depth -= tag == self._dropped
            if self._depth == 0:
                self._dropped = None
            return
        if tag == "a" and self._anchors and self._anchors.pop():
            tag = "span"
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._copy(data)

    def handle_entityref(self, name: str) -> None:
        self._copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._copy(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._copy(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._copy(f"<!{decl}>")

    def _copy(self, text: str) -> None:
        if self._dropped is None:
            self.out.append(text)


def _tag(name: str, attributes: Attributes) -> str:
    said = "".join(
        f" {key}" if value is None else f' {key}="{escaped(value)}"' for key, value in attributes
    )
    return f"<{name}{said}>"
