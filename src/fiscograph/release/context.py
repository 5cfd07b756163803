"""The JSON-LD context, read as far as our writer needs it.

Known: prefixes, terms with ``@id``, ``@type`` and ``@container`` (``@set`` or ``@language``),
``@language``, terms with ``@reverse``, terms that are null, aliases of keywords. Anything else
raises, so that no document can come out wrong because of a feature that was added to the context
and not here.
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
# A backward key leads to things by their IRIs, always in a list: our trees write no other.
_REVERSE = {"@reverse", "@type", "@container"}


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
    name that the context wants for it, ``reverse`` for a property the key that leads backwards.
    ``remarks`` are the members of the file beside the context that every document repeats; the
    context maps their names to null, so that no reader takes them for data.
    """

    document: Mapping[str, object]
    prefixes: Mapping[str, str]
    terms: Mapping[str, tuple[Term, ...]]
    aliases: Mapping[str, str]
    reverse: Mapping[str, str]
    remarks: Mapping[str, str]

    def alias(self, keyword: str) -> str:
        return self.aliases.get(keyword, keyword)


def load(path: Path) -> Context:
    """Read a context file: ``{"@context": {…}}``, and beside it the version of the context.

    Raises:
        ContextError: it uses a feature that is not known here.
    """
    whole = json.loads(path.read_text("utf-8"))
    document = whole["@context"]
    empty = {name for name, value in document.items() if value is None}
    return parse(document, {name: whole[name] for name in sorted(empty & whole.keys())})


def parse(document: Mapping[str, object], remarks: Mapping[str, str] | None = None) -> Context:
    """Read the value of ``@context``; ``remarks`` are what the file says beside it.

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
    reverse: dict[str, str] = {}
    for name, value in document.items():
        if name.startswith("@"):
            if name not in _TOP:
                raise ContextError(name, "keyword not known to the writer")
        elif isinstance(value, str) and value in _ALIASED:
            aliases[value] = name
        elif isinstance(value, dict) and "@reverse" in value:
            reverse[_reverse(name, value, document, prefixes)] = name
        elif value is not None and name not in prefixes:
            term = _term(name, value, document, prefixes)
            terms[term.iri] = (*terms.get(term.iri, ()), term)
    return Context(
        document=document,
        prefixes=prefixes,
        terms=terms,
        aliases=aliases,
        reverse=reverse,
        remarks=remarks or {},
    )


def _reverse(
    name: str,
    value: Mapping[str, object],
    document: Mapping[str, object],
    prefixes: Mapping[str, str],
) -> str:
    as_we_write = value.get("@container") == "@set" and value.get("@type") == "@id"
    if value.keys() != _REVERSE or not as_we_write:
        raise ContextError(name, f"definition not known to the writer: {value!r}")
    return _expand(str(value["@reverse"]), document, prefixes)


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
