"""The ontology as a reader wants it: groups of terms with all that is said of each.

What a term means stands in ``ontology/*.ttl``; how many values a property has on a class is read
from the shapes, which are what a release is held to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from fiscograph import resources
from fiscograph.vocabulary.external import OWL, RDF, RDFS, SCHEMA, SKOS
from fiscograph.vocabulary.prefixes import PREFIXES

_FG = PREFIXES["fg"]
NAMESPACE = _FG.removesuffix("#")
_ONTOLOGY = ox.NamedNode(NAMESPACE)
_SH = "http://www.w3.org/ns/shacl#"

# The files of the ontology in the order of the page. A file that is not listed comes last under its
# own name, so that a new one is never lost.
_GROUPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "filings": ("公开文件与来源", "Filings and their sources"),
        "evidence": ("证据：印了什么，印在哪里", "Evidence: what is printed, and where"),
        "budgets": ("含义：预算分配与项目", "Meaning: allocations and projects"),
        "cubes": ("数据立方体：维度与度量", "Cubes: dimensions and the measure"),
        "indicators": ("绩效指标", "Performance indicators"),
        "policies": ("政策文件与引用", "Policy documents and citations"),
        "quality": ("质量：校验与发现", "Quality: checks and findings"),
        "concepts": ("代码表中的概念", "Concepts of the code lists"),
        "fiscograph": ("通用词", "General terms"),
    }
)
Triples = tuple[ox.Triple, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """A text in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A property on a class; ``values`` is how many it has there (``1``, ``0..1``, ``1..n``), empty
    where no shape says so.
    """

    property: str
    on: str
    values: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term of ours. ``uses`` are a class's properties or the classes that a property is used on;
    ``reason`` says what a term that no graph has yet waits for, or why a link to another
    vocabulary is not stronger. All IRIs are whole.
    """

    iri: str
    is_class: bool
    label: Both
    definition: Both
    notes: tuple[Both, ...]
    reasons: tuple[Both, ...]
    examples: tuple[str, ...]
    uses: tuple[Use, ...]
    ranges: tuple[str, ...]
    parents: tuple[str, ...]
    similar: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.iri.removeprefix(_FG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The terms of one file, classes first; ``key`` is the file's name."""

    key: str
    label: Both
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The ontology: its header and its groups."""

    title: Both
    description: Both
    version: str
    license: str
    groups: tuple[Group, ...]


@cache
def reference() -> Reference:
    """Read the ontology and the shapes.

    Raises:
        KeyError: the header lacks its version or licence, or a term its label or definition in a
            language.
        ResourceMissingError: the installation is damaged.
        SyntaxError: a file is no Turtle.
    """
    files = {path.stem: _read(path) for path in sorted(resources.ontology().glob("*.ttl"))}
    triples = tuple(triple for part in files.values() for triple in part)
    said = _Said.of(triples)
    uses = _uses(said)
    order = [key for key in _GROUPS if key in files] + [key for key in files if key not in _GROUPS]
    groups = (_group(key, files[key], said, uses) for key in order)
    return Reference(
        title=said.both(_ONTOLOGY, ox.NamedNode(PREFIXES["dcterms"] + "title")),
        description=said.both(_ONTOLOGY, ox.NamedNode(PREFIXES["dcterms"] + "description")),
        version=said.texts(_ONTOLOGY, OWL.versionInfo)[0],
        license=said.texts(_ONTOLOGY, ox.NamedNode(PREFIXES["dcterms"] + "license"))[0],
        groups=tuple(group for group in groups if group.entries),
    )


def _read(path: Path) -> Triples:
    return tuple(quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is said of each subject: the values of each of its properties, in the files' order."""

    values: Mapping[object, Mapping[str, tuple[object, ...]]]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> _Said:
        found: dict[object, dict[str, tuple[object, ...]]] = {}
        for triple in triples:
            known = found.setdefault(triple.subject, {})
            name = triple.predicate.value
            known[name] = (*known.get(name, ()), triple.object)
        return cls(values=found)

    def of_property(self, subject: object, name: ox.NamedNode) -> tuple[object, ...]:
        return self.values.get(subject, {}).get(name.value, ())

    def texts(self, subject: object, name: ox.NamedNode) -> tuple[str, ...]:
        """The values as text, IRIs included."""
        return tuple(
            value.value
            for value in self.of_property(subject, name)
            if isinstance(value, ox.NamedNode | ox.Literal)
        )

    def pairs(self, subject: object, name: ox.NamedNode) -> tuple[Both, ...]:
        """Chinese and English texts, paired in their order."""
        by_language: dict[str, list[str]] = {"zh": [], "en": []}
        for value in self.of_property(subject, name):
            if isinstance(value, ox.Literal) and value.language in by_language:
                by_language[value.language].append(value.value)
        pairs = zip(by_language["zh"], by_language["en"], strict=True)
        return tuple(Both(zh=zh, en=en) for zh, en in pairs)

    def both(self, subject: object, name: ox.NamedNode) -> Both:
        pairs = self.pairs(subject, name)
        if not pairs:
            raise KeyError(f"{subject} has no {name} in zh and en")
        return pairs[0]


def _group(key: str, triples: Triples, said: _Said, uses: tuple[Use, ...]) -> Group:
    declared = dict.fromkeys(
        triple.subject.value
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
        and triple.predicate == RDF.type
        and triple.subject.value.startswith(_FG)
    )
    entries = [_entry(iri, said, uses) for iri in declared]
    zh, en = _GROUPS.get(key, (key, key))
    return Group(
        key=key,
        label=Both(zh=zh, en=en),
        entries=tuple(sorted(entries, key=lambda entry: not entry.is_class)),
    )


def _entry(iri: str, said: _Said, uses: tuple[Use, ...]) -> Entry:
    node = ox.NamedNode(iri)
    is_class = RDFS.Class in said.of_property(node, RDF.type)
    ranges = said.texts(node, SCHEMA.rangeIncludes) or said.texts(node, RDFS.range)
    return Entry(
        iri=iri,
        is_class=is_class,
        label=said.both(node, RDFS.label),
        definition=said.both(node, SKOS.definition),
        notes=said.pairs(node, SKOS.scopeNote),
        reasons=said.pairs(node, SKOS.editorialNote),
        examples=said.texts(node, SKOS.example),
        uses=tuple(use for use in uses if iri == (use.on if is_class else use.property)),
        ranges=ranges,
        parents=said.texts(node, RDFS.subClassOf if is_class else RDFS.subPropertyOf),
        similar=said.texts(node, RDFS.seeAlso),
    )


def _uses(said: _Said) -> tuple[Use, ...]:
    """Which property is used on which class: as the ontology says, and as the shapes demand."""
    counts = _counts()
    stated = {
        (subject.value, on)
        for subject in said.values
        if isinstance(subject, ox.NamedNode)
        for name in (SCHEMA.domainIncludes, RDFS.domain)
        for on in said.texts(subject, name)
    }
    pairs = sorted(stated | counts.keys(), key=lambda pair: (not pair[0].startswith(_FG), pair))
    return tuple(Use(property=name, on=on, values=counts.get((name, on), "")) for name, on in pairs)


def _counts() -> dict[tuple[str, str], str]:
    """How many values the shapes allow, by property and class (SHACL, sections 4.2.1 and 4.2.2)."""
    shapes = _Said.of(
        triple for path in sorted(resources.shapes().glob("*.ttl")) for triple in _read(path)
    )
    bounds: dict[tuple[str, str], tuple[int, int | None]] = {}
    for holder in shapes.values:
        owned = shapes.of_property(holder, ox.NamedNode(_SH + "property"))
        for on in shapes.texts(holder, ox.NamedNode(_SH + "targetClass")):
            for shape in (holder, *owned):
                for name in shapes.texts(shape, ox.NamedNode(_SH + "path")):
                    least, most = bounds.get((name, on), (0, None))
                    lower, upper = _bounds(shape, shapes)
                    tops = [bound for bound in (most, upper) if bound is not None]
                    bounds[name, on] = (max(least, lower), min(tops, default=None))
    return {pair: _interval(*found) for pair, found in bounds.items()}


def _bounds(shape: object, shapes: _Said) -> tuple[int, int | None]:
    least = shapes.texts(shape, ox.NamedNode(_SH + "minCount"))
    most = shapes.texts(shape, ox.NamedNode(_SH + "maxCount"))
    return int(least[0]) if least else 0, int(most[0]) if most else None


def _interval(least: int, most: int | None) -> str:
    """An interval as text.

    >>> _interval(0, None), _interval(1, 1), _interval(0, 1)
    ('0..n', '1', '0..1')
    """
    top = "n" if most is None else str(most)
    return top if top == str(least) else f"{least}..{top}"
