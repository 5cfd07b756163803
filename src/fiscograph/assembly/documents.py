"""One policy document across all filings, from its citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fiscograph.assembly.linking import merged_relations
from fiscograph.assembly.policy_keys import is_unambiguous
from fiscograph.budget import (
    Citation,
    CodeLists,
    DocumentRelation,
    FilingFacts,
    Level,
    MentionKind,
    PolicyDocument,
    PolicyKey,
)
from fiscograph.citations import CodeBook, number_in, title_core, titles_within
from fiscograph.provenance import Place

_KINDS = (
    "通知", "意见", "办法", "方案", "规定", "决定", "公告", "通告", "批复", "函", "细则", "条例",
    "纪要", "决议", "命令", "通报", "报告", "请示", "议案",
)  # fmt: skip
_LAWS = ("法", "条例", "办法", "规定", "细则")
_LAW, _ORDER, _OTHER = "法律法规", "令", "文件"
_NO_LAWS = ("办法", "方法", "做法")
STATE = "000000"
INFERRED = "inferred"
_WITHIN_FILING, _ACROSS_FILINGS = Decimal("0.9"), Decimal("0.7")
_LEAST_CORE = 10


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What the citations of one document print."""

    titles: dict[str, list[Place]] = field(default_factory=dict)
    printings: set[str] = field(default_factory=set)


def policy_documents(facts: Iterable[FilingFacts], lists: CodeLists) -> tuple[PolicyDocument, ...]:
    """Every document that a citation resolves to, once, sorted by key.

    The best title is the one that most citations print, then the longest. Titles count only where
    the mention itself prints title and document together.
    """
    book = CodeBook(issuers=lists.issuers, signs=lists.signs)
    seen: dict[PolicyKey, _Seen] = {}
    for one in facts:
        for citation in one.citations:
            if citation.policy is None:
                continue
            known = seen.setdefault(citation.policy, _Seen())
            if citation.title and citation.kind is not MentionKind.VAGUE:
                known.titles.setdefault(citation.title, []).append(citation.place)
            # 、41号 prints no number that could be looked for.
            if citation.printed_number and number_in(citation.printed_number):
                known.printings.add(citation.printed_number)
    return tuple(
        _document(key, seen[key], lists, book) for key in sorted(seen, key=lambda key: key.order)
    )


def _document(key: PolicyKey, seen: _Seen, lists: CodeLists, book: CodeBook) -> PolicyDocument:
    titles = sorted(seen.titles, key=lambda title: (-len(seen.titles[title]), -len(title), title))
    issuer = lists.issuers.get(key.number.issuer_code) if key.number else None
    jurisdiction = issuer.jurisdiction if issuer else _inferred(key, book)
    return PolicyDocument(
        key=key,
        titles=tuple(titles),
        issuer=issuer.body if issuer else None,
        kind=_kind(key, titles[0] if titles else ""),
        title_places=tuple(sorted(set(seen.titles[titles[0]]))) if titles else (),
        printings=tuple(sorted(seen.printings)),
        jurisdiction=jurisdiction,
        level=level_of(jurisdiction),
        confidence=issuer.confidence if issuer else INFERRED if jurisdiction else None,
    )


def _inferred(key: PolicyKey, book: CodeBook) -> str | None:
    """The region that the code's sign tells; 区府发 is of the citing region, if that is a 区."""
    if key.number is None:
        # 立法法 art. 10: laws (法) are made by the National People's Congress alone.
        is_law = (key.title or "").endswith("法") and not (key.title or "").endswith(_NO_LAWS)
        return STATE if is_law else None
    code = key.number.issuer_code
    if key.qualifier is None:
        sign = book.sign_of(code)
        if sign is not None and sign.region is not None:
            return sign.region
        return STATE if is_unambiguous(key.number, "", book) else None
    is_county = level_of(key.qualifier) is Level.COUNTY
    return key.qualifier if code[0] in "区县旗" and is_county else None


def level_of(region: str | None) -> Level | None:
    """The level of a region by its GB/T 2260 code.

    >>> [level_of(code) for code in ("000000", "500000", "511700", "500152")]
    [<Level.CENTRAL: 'central'>, <Level.PROVINCE: 'province'>, <Level.PREFECTURE: 'prefecture'>, <Level.COUNTY: 'county'>]
    """
    if region is None:
        return None
    if region == STATE:
        return Level.CENTRAL
    if region.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if region.endswith("00") else Level.COUNTY


def _kind(key: PolicyKey, title: str) -> str:
    """The kind that a document's title ends in, else its code tells; laws carry no number."""
    code = key.number.issuer_code if key.number else ""
    if code.endswith("令"):
        return _ORDER
    if key.number is None and title.endswith(_LAWS):
        return _LAW
    said = next((kind for kind in _KINDS if title.endswith(kind)), None)
    if said is None:
        said = next((kind for kind in ("公告", "通告", "函") if code.endswith(kind)), None)
    return said or _OTHER


def document_relations(
    facts: Sequence[FilingFacts], documents: Sequence[PolicyDocument]
) -> tuple[DocumentRelation, ...]:
    """What sentences say of two documents, and what a document's own title says of another.

    A title that forwards, promulgates or implements another title is tied to the one document of
    that title: of the same filing, else of all filings where exactly one has it.
    """
    everywhere: dict[str, set[PolicyKey]] = {}
    for document in documents:
        for title in document.titles:
            everywhere.setdefault(title_core(title), set()).add(document.key)
    found: list[DocumentRelation] = []
    for one in facts:
        found.extend(one.relations)
        here: dict[str, set[PolicyKey]] = {}
        for citation in one.citations:
            if citation.title and citation.policy:
                here.setdefault(title_core(citation.title), set()).add(citation.policy)
        for citation in one.citations:
            found.extend(_by_title(citation, here, everywhere))
    return merged_relations(found)


def _by_title(
    citation: Citation,
    here: Mapping[str, set[PolicyKey]],
    everywhere: Mapping[str, set[PolicyKey]],
) -> Iterable[DocumentRelation]:
    if citation.policy is None or not citation.title or citation.kind is MentionKind.VAGUE:
        return
    for kind, inner in titles_within(citation.title):
        core = title_core(inner)
        for known, score in ((here, _WITHIN_FILING), (everywhere, _ACROSS_FILINGS)):
            fitting = sorted(known.get(core, set()) - {citation.policy}, key=lambda k: k.order)
            if len(fitting) == 1 and (known is here or len(core) >= _LEAST_CORE):
                yield DocumentRelation(
                    kind=kind,
                    subject=citation.policy,
                    object=fitting[0],
                    score=min(score, citation.score),
                    places=(citation.place,),
                )
            if fitting:
                break
