"""The JSON-LD 1.1 context, made from the ontology and from ``ontology/context.toml``.

Each property and each class has one bare name, ours that of the ontology. W3C, JSON-LD 1.1 (2020),
section 4.1, "Advanced Context Usage", says what each definition means to a reader.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fiscograph.vocabulary.prefixes import PREFIXES

FILE_NAME = "context.jsonld"
DATA_NAME = "context.toml"
VERSION_KEY = "contextVersion"
_XSD = PREFIXES["xsd"]
_ALIASES = {"id": "@id", "type": "@type"}
_PAGE = """\
# JSON-LD 的键 / Keys of our JSON-LD

语境 {version} 版。由 `python -m fiscograph.vocabulary.generate` 写出；读法见 [JSON-LD](jsonld.md)。
Context {version}. Written by `python -m fiscograph.vocabulary.generate`; how to read it: [JSON-LD](jsonld.md).

## 属性 / Properties

| 键 key | 属性 property | 值 values |
| --- | --- | --- |{keys}

## 类型 / Types

| `type` | 类 class |
| --- | --- |{classes}

## 反向键 / Keys that lead backwards

值恒为列表。Their values are lists.

| 键 key | 反向于 reverse of |
| --- | --- |{reverse}
"""
_KINDS: Mapping[str, Mapping[str, str]] = {
    "text": {"@container": "@language"},
    PREFIXES["rdf"] + "langString": {"@container": "@language"},
    "string": {},
    _XSD + "string": {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextData:
    """What ``ontology/context.toml`` holds: ``properties`` gives for a key its property and what
    its values are, ``classes`` and ``reverse`` the class or property; names are prefixed.
    """

    version: str
    iri: str
    lists: frozenset[str]
    properties: Mapping[str, tuple[str, str]]
    classes: Mapping[str, str]
    reverse: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the file.

        Raises:
            tomllib.TOMLDecodeError: it is no TOML.
            KeyError: a part is missing.
        """
        data = tomllib.loads(path.read_text("utf-8"))
        return cls(
            version=data["version"],
            iri=data["iri"],
            lists=frozenset(data["lists"]),
            properties={name: (iri, kind) for name, (iri, kind) in data["properties"].items()},
            classes=data["classes"],
            reverse=data["reverse"],
        )

    @property
    def version_iri(self) -> str:
        """The IRI of this version of the context."""
        return self.iri + self.version


def document(classes: Iterable[str], ranges: Mapping[str, str | None], data: ContextData) -> str:
    """The text of ``context.jsonld``.

    Args:
        classes: local names of our classes.
        ranges: local names of our properties with the IRI of ``rdfs:range``, if any.
        data: what the ontology does not say.

    Raises:
        ValueError: a name is given twice, or ``lists`` names what is no key.
    """
    ours = {name: (f"fg:{name}", value or "iri") for name, value in ranges.items()}
    definitions: dict[str, object] = {}
    for part in (
        {"@version": 1.1, VERSION_KEY: None, **_ALIASES},
        PREFIXES,
        {name: f"fg:{name}" for name in sorted(classes)},
        dict(sorted(data.classes.items())),
        _properties(ours, data.lists),
        _properties(data.properties, data.lists),
        {
            name: {"@reverse": iri, "@type": "@id", "@container": "@set"}
            for name, iri in sorted(data.reverse.items())
        },
    ):
        twice = sorted(definitions.keys() & part.keys())
        if twice:
            raise ValueError(f"ontology/{DATA_NAME}: already a key: {', '.join(twice)}")
        definitions |= part
    unknown = sorted(data.lists - ours.keys() - data.properties.keys())
    if unknown:
        raise ValueError(f"ontology/{DATA_NAME}: lists names no key: {', '.join(unknown)}")
    whole = {"id": data.version_iri, VERSION_KEY: data.version, "@context": definitions}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def reference(context: str) -> str:
    """The page ``docs/reference/jsonld-keys.md``: every key of the context, sorted.

    Args:
        context: the text of ``context.jsonld``.
    """
    whole = json.loads(context)
    rows = {"keys": [""], "classes": [""], "reverse": [""]}
    for name, value in sorted(whole["@context"].items(), key=lambda one: one[0].lower()):
        if isinstance(value, dict) and "@reverse" in value:
            rows["reverse"].append(f"| `{name}` | `{value['@reverse']}` |")
        elif isinstance(value, dict):
            rows["keys"].append(f"| `{name}` | `{value['@id']}` | {_said(value)} |")
        elif isinstance(value, str) and ":" in value and value not in PREFIXES.values():
            rows["classes"].append(f"| `{name}` | `{value}` |")
    return _PAGE.format(
        version=whole[VERSION_KEY], **{part: "\n".join(one) for part, one in rows.items()}
    )


def _said(definition: Mapping[str, object]) -> str:
    """What the values of a key are, in words."""
    containers = definition.get("@container", [])
    containers = [containers] if isinstance(containers, str) else containers
    kind = str(definition.get("@type", "string"))
    said = {"@id": "标识 id", "string": "字符串 string", "xsd:decimal": "精确小数 exact decimal"}
    text = said.get(kind, f"`{kind}`")
    if isinstance(containers, list) and "@language" in containers:
        text = "按语言的文字 text by language"
    return f"{text}，列表 list" if isinstance(containers, list) and "@set" in containers else text


def _properties(
    known: Mapping[str, tuple[str, str]], lists: frozenset[str]
) -> Mapping[str, Mapping[str, object]]:
    return {
        name: _definition(iri, kind, is_list=name in lists)
        for name, (iri, kind) in sorted(known.items())
    }


def _definition(iri: str, kind: str, *, is_list: bool) -> Mapping[str, object]:
    coercion: Mapping[str, object] = _KINDS.get(kind) or {}
    if kind not in _KINDS:
        coercion = {"@type": _datatype(kind)}
    if is_list:
        inner = coercion.get("@container")
        coercion = {**coercion, "@container": [inner, "@set"] if inner else "@set"}
    return {"@id": iri, **coercion}


def _datatype(kind: str) -> str:
    if kind.startswith(_XSD):
        return "xsd:" + kind.removeprefix(_XSD)
    return kind if kind.startswith("xsd:") else "@id"
