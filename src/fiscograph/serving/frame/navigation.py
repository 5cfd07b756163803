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
    Entry(path="/filings", zh="公开文件", en="Filings", within=("/filing/", "/source/")),
    Entry(path="/departments", zh="部门", en="Departments", within=("/organization/", "/region")),
    Entry(path="/projects", zh="项目", en="Projects", within=("/project/",)),
    Entry(path="/policies", zh="政策文件", en="Documents", within=("/policy/",)),
    Entry(path="/trace", zh="追踪", en="Trace", within=("/trace/",)),
    Entry(path="/code/function", zh="分类", en="Classes", within=("/code/",)),
    Entry(path="/compare", zh="比较", en="Compare"),
    Entry(path="/findings", zh="发现", en="Findings"),
    Entry(path="/sparql", zh="查询", en="Query", within=("/queries",)),
    Entry(path="/catalog", zh="下载", en="Downloads", within=("/catalog/",)),
    Entry(path="/about", zh="关于", en="About", within=("/developers", "/ontology", "/api")),
)


def shown(path: str) -> tuple[tuple[Entry, str | None], ...]:
    """The entries with their ``aria-current`` on the page at ``path``."""
    return tuple((entry, entry.current(path)) for entry in ENTRIES)
