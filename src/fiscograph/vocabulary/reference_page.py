"""``docs/reference/ontology.md``: the ontology as a page, written by ``generate``."""

from __future__ import annotations

from collections.abc import Iterator

from fiscograph.vocabulary.prefixes import compact
from fiscograph.vocabulary.reference import Both, Entry, Reference, Use

_HEAD = """# The ontology · 词汇表

<!-- Written by python -m fiscograph.vocabulary.generate from ontology/*.ttl and shapes/*.ttl. -->

{description_zh}

{description_en}

| | |
| --- | --- |
| 命名空间 namespace | `https://w3id.org/fiscograph#`, prefix `fg:` |
| 版本 version | {version} |
| 许可 licence | <{license}> |

每个词之下：“用于”列出使用该属性的类，“属性”列出该类的属性；方括号内是取值个数（`1` 恰好一个，`0..1` 至多一个，`0..n` 任意多个，`1..n` 至少一个），以发布所须满足的约束为准，未作约束者不写。
Under each term, “used on” names the classes that a property is used on and “properties” those of a class; in brackets the number of values (`1` exactly one, `0..1` at most one, `0..n` any number, `1..n` at least one) as the shapes demand it, nothing where they do not.
"""


def page(reference: Reference) -> str:
    """The page in Markdown."""
    lines = [
        _HEAD.format(
            description_zh=reference.description.zh,
            description_en=reference.description.en,
            version=reference.version,
            license=reference.license,
        )
    ]
    for group in reference.groups:
        lines += [f"## {group.label.zh} · {group.label.en}", ""]
        lines += ["、".join(_link(entry.iri) for entry in group.entries), ""]
        for entry in group.entries:
            lines += _term(entry)
    return "\n".join(lines)


def _term(entry: Entry) -> Iterator[str]:
    yield f'### <a id="{entry.name}"></a>`fg:{entry.name}` {entry.label.zh} · {entry.label.en}'
    yield ""
    yield f"{entry.definition.zh}  "
    yield entry.definition.en
    yield ""
    facts = [*_facts(entry)]
    yield from facts
    if facts:
        yield ""
    for example in entry.examples:
        if "\n" in example or len(example) > 40:
            yield from ("```turtle", example, "```", "")


def _facts(entry: Entry) -> Iterator[str]:
    if entry.uses and entry.is_class:
        yield f"- 属性 properties: {_uses(entry.uses, properties=True)}"
    elif entry.uses:
        yield f"- 用于 used on: {_uses(entry.uses, properties=False)}"
    if entry.ranges:
        yield f"- 取值 values: {'、'.join(_link(iri) for iri in entry.ranges)}"
    if entry.parents:
        kind = "属于 subclass of" if entry.is_class else "上位属性 sub-property of"
        yield f"- {kind}: {'、'.join(_link(iri) for iri in entry.parents)}"
    if entry.similar:
        yield f"- 参见 see also: {'、'.join(_link(iri) for iri in entry.similar)}"
    short = [text for text in entry.examples if "\n" not in text and len(text) <= 40]
    if short:
        yield f"- 例 examples: {'、'.join(f'`{text}`' for text in short)}"
    for note in entry.notes:
        yield f"- 注 note: {_both(note)}"
    for reason in entry.reasons:
        yield f"- 编者按 editorial note: {_both(reason)}"


def _uses(uses: tuple[Use, ...], *, properties: bool) -> str:
    return "、".join(
        _link(use.property if properties else use.on) + (f" [{use.values}]" if use.values else "")
        for use in uses
    )


def _both(text: Both) -> str:
    return f"{text.zh} {text.en}"


def _link(iri: str) -> str:
    """Our own terms lead to their place on the page, the others to themselves."""
    name = compact(iri)
    if name.startswith("fg:"):
        return f"[`{name}`](#{name.removeprefix('fg:')})"
    return f"[`{name}`]({iri})"
