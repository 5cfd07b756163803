"""What the query editor offers while one types: our terms, those that we use, and the code lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pyoxigraph import Literal, NamedNode

from fiscograph.queries import load
from fiscograph.serving.data.describe import PAGE_LIMITS, prefixes
from fiscograph.serving.frame.words import used_terms
from fiscograph.serving.site import Site
from fiscograph.vocabulary.prefixes import compact
from fiscograph.vocabulary.reference import reference

CLASS, PROPERTY, LIST, CUBE = "class", "property", "list", "cube"
_SCHEME = "skos:ConceptScheme"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTerm:
    """``text`` is what is written into the query: a prefixed name, or an IRI in angle brackets.
    ``zh``, ``en`` are names, ``zhSays``, ``enSays`` definitions; an empty text is none.
    """

    text: str
    kind: str
    zh: str
    en: str
    zhSays: str = ""  # noqa: N815 - a name in JSON
    enSays: str = ""  # noqa: N815


def offered_terms(site: Site) -> dict[str, object]:
    """``prefixes`` of the endpoint and ``terms``, as JSON has them.

    Raises:
        QueryError: the store cannot be asked for its code lists.
    """
    terms = [*_ours(), *_used(), *_schemes(site)]
    return {"prefixes": prefixes(), "terms": [asdict(term) for term in terms]}


def _ours() -> Iterable[OfferedTerm]:
    for group in reference().groups:
        for entry in group.entries:
            yield OfferedTerm(
                text=compact(entry.iri),
                kind=CLASS if entry.is_class else PROPERTY,
                zh=entry.label.zh,
                en=entry.label.en,
                zhSays=entry.definition.zh,
                enSays=entry.definition.en,
            )


def _used() -> Iterable[OfferedTerm]:
    for name, word in used_terms().items():
        local = name.partition(":")[2]
        yield OfferedTerm(
            text=name, kind=CLASS if local[:1].isupper() else PROPERTY, zh=word.zh, en=word.en
        )


def _schemes(site: Site) -> Iterable[OfferedTerm]:
    names: dict[tuple[str, str], dict[str, str]] = {}
    for row in site.pages.select(load("schemes"), PAGE_LIMITS):
        thing, scheme, name = row["thing"], row["type"], row["name"]
        if isinstance(thing, NamedNode) and isinstance(scheme, NamedNode):
            known = names.setdefault((thing.value, scheme.value), {})
            if isinstance(name, Literal):
                known.setdefault(name.language or "", name.value)
    for (iri, kind), known in names.items():
        any_name = next(iter(known.values()), "")
        yield OfferedTerm(
            text=f"<{iri}>",
            kind=LIST if compact(kind) == _SCHEME else CUBE,
            zh=known.get("zh", any_name),
            en=known.get("en", any_name),
        )
