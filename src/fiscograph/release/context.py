"""The JSON-LD context, read as far as our writer needs it.

Known: prefixes, terms with ``@id``, ``@type`` and ``@container`` (``@set`` or ``@language``),
``@language``, aliases of keywords. Anything else raises, so that no document can come out wrong
because of a feature that was added to the context and not here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fiscograph.release.errors import ContextError

_ALIASED = {"@id", "@type", "@graph", "@value", "@language"}
_KNOWN = {"@id", "@type", "@container", "@language", "@prefix", "@protected"}
_TOP = {"@version", "@vocab", "@base", "@protected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the context: ``iri`` expanded; ``type`` is ``@id``, ``@vocab``, a datatype's IRI
    or None; ``is_set`` and ``by_language`` say what container its values are put in.
    """

    name: str
    iri: str
    type: str | None = None
    language: str | None = None
    is_set: bool = False
    by_language: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """``document`` is the context as it stands in the file; ``aliases`` gives for a keyword the
    name that the context wants for it.
    """

    document: Mapping[str, object]
    prefixes: Mapping[str, str]
    terms: Mapping[str, tuple[Term, ...]]
    aliases: Mapping[str, str]

    def alias(self, keyword: str) -> str:
        return self.aliases.get(keyword, keyword)


def load(path: Path) -> Context:
    """Read a context file: ``{"@context": {…}}``.

    Raises:
        ContextError: it uses a feature that is not known here.
    """
    return parse(json.loads(path.read_text("utf-8"))["@context"])


def parse(document: Mapping[str, object]) -> Context:
    """Read the value of ``@context``.

    Raises:
        ContextError: as :func:`load`.
    """
    prefixes = {
        name: value
        for name, value in document.items()
        if isinstance(value, str) and not name.startswith("@") and value.endswith(("/", "#"))
    }
    terms: dict[str, tuple[Term, ...]] = {}
    aliases: dict[str, str] = {}
    for name, value in document.items():
        if name.startswith("@"):
            if name not in _TOP:
                raise ContextError(name, "keyword not known to the writer")
        elif isinstance(value, str) and value in _ALIASED:
            aliases[value] = name
        elif name not in prefixes:
            term = _term(name, value, document, prefixes)
            terms[term.iri] = (*terms.get(term.iri, ()), term)
    return Context(document=document, prefixes=prefixes, terms=terms, aliases=aliases)


def _term(
    name: str, value: object, document: Mapping[str, object], prefixes: Mapping[str, str]
) -> Term:
    definition = {"@id": value} if isinstance(value, str) else value
    if not isinstance(definition, dict) or not definition.keys() <= _KNOWN:
        raise ContextError(name, f"definition not known to the writer: {definition!r}")
    containers = definition.get("@container", [])
    containers = {containers} if isinstance(containers, str) else set(containers)
    if not containers <= {"@set", "@language"}:
        raise ContextError(name, f"container not known to the writer: {sorted(containers)}")
    kind = definition.get("@type")
    return Term(
        name=name,
        iri=_expand(str(definition.get("@id", name)), document, prefixes),
        type=None if kind is None else _expand(str(kind), document, prefixes),
        language=definition.get("@language"),
        is_set="@set" in containers,
        by_language="@language" in containers,
    )


def _expand(text: str, document: Mapping[str, object], prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = text.partition(":")
    if text.startswith("@"):
        return text
    if colon and prefix in prefixes and not local.startswith("//"):
        return prefixes[prefix] + local
    if colon:
        return text
    vocabulary = document.get("@vocab")
    if not isinstance(vocabulary, str):
        raise ContextError(text, "neither an IRI nor a prefixed name")
    return _expand(vocabulary, {}, prefixes) + text
