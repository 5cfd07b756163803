"""What the head of every page leads to: one line per entry."""

from __future__ import annotations

from dataclasses import dataclass

SEARCH = "/search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``path`` is where it leads; ``within`` are the beginnings of the addresses that belong to it."""

    path: str
    zh: str
    en: str
    within: tuple[str, ...] = ()

    def current(self, path: str) -> str | None:
        """The value of ``aria-current`` on the page at ``path``: ``page`` on its own page, ``true``
        on a page that belongs to it (WAI-ARIA 1.2).

        >>> Entry(path="/trace", zh="追踪", en="Trace", within=("/trace/",)).current("/trace/shares")
        'true'
        """
        if path in {self.path, f"{self.path}.html"}:
            return "page"
        return "true" if path.startswith(self.within) else None


ENTRIES = (
    Entry(path="/", zh="开始", en="Start"),
    Entry(path="/#filings", zh="公开文件", en="Filings", within=("/filing/", "/source/")),
    Entry(path="/trace/documents", zh="政策文件", en="Policy documents", within=("/policy/",)),
    Entry(path="/trace", zh="追踪", en="Trace"),
    Entry(path="/sparql", zh="查询", en="Query"),
    Entry(path="/catalog", zh="下载", en="Downloads", within=("/catalog/",)),
    Entry(path="/ontology", zh="词汇", en="Vocabulary", within=("/ontology/",)),
)


def shown(path: str) -> tuple[tuple[Entry, str | None], ...]:
    """The entries with their ``aria-current`` on the page at ``path``."""
    return tuple((entry, entry.current(path)) for entry in ENTRIES)
