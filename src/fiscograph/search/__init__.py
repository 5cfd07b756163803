"""Finds things by name, code, document number and by any two characters of a text.

- :func:`entries` reads what a release offers, :func:`build_index` writes the index of it;
- :class:`SearchIndex` answers from that index;
- :func:`export_static` writes it for a site without a server.
"""

from fiscograph.search.asking import MOST_COUNTED, MOST_OF_KIND, Answer, OfKind, SearchIndex
from fiscograph.search.entry import Entry, Kind, Words
from fiscograph.search.errors import IndexUnwritable, SearchUnavailable
from fiscograph.search.index import LAYOUT, build_index, check_sqlite
from fiscograph.search.ranking import Asked, Hit, Rank
from fiscograph.search.reading import Lines, entries
from fiscograph.search.static import Exported, export_static
from fiscograph.search.words import MOST_TYPED, folded_text, terms

__all__ = [
    "LAYOUT",
    "MOST_COUNTED",
    "MOST_OF_KIND",
    "MOST_TYPED",
    "Answer",
    "Asked",
    "Entry",
    "Exported",
    "Hit",
    "IndexUnwritable",
    "Kind",
    "Lines",
    "OfKind",
    "Rank",
    "SearchIndex",
    "SearchUnavailable",
    "Words",
    "build_index",
    "check_sqlite",
    "entries",
    "export_static",
    "folded_text",
    "terms",
]
