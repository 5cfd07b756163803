"""Documents that may be one, and documents that a vague mention may mean: said, never merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from fiscograph.assembly.linking import fitting_serial
from fiscograph.assembly.policy_keys import key_of_number
from fiscograph.budget import (
    CodeLists,
    DocumentCandidate,
    DocumentNumber,
    FilingFacts,
    MentionKind,
    PolicyDocument,
    PolicyKey,
)
from fiscograph.citations import CodeBook, misread_number, title_core

_LEAST_TITLE = 10
_MOST_OF_ONE_TITLE = 20
_SERIAL = Decimal("0.3")
_NEAR, _TITLE = Decimal("0.8"), Decimal("0.5")
_TITLE_ALONE = Decimal("0.7")
_CODE = Decimal("0.4")
_SERIES = Decimal("0.5")
_YEAR = Decimal("0.5")
_MISREAD = Decimal("0.6")


def document_candidates(
    facts: Sequence[FilingFacts], documents: Sequence[PolicyDocument], lists: CodeLists
) -> tuple[DocumentCandidate, ...]:
    """All candidates, sorted: of documents first, then of citations.

    Rules: ``same-title`` (one title, two numbers), ``title-alone`` (a title without number that is
    printed elsewhere with one), ``code-one-character`` (same year and serial number, codes that
    differ by one character more), ``without-year`` (an order with and without a year),
    ``series-ended`` (a code used after its last year), ``same-serial`` (121号文 where several
    documents fit), ``misread-digits`` (letters of a citation's number look like digits).
    """
    found = [
        *_of_titles(documents),
        *_of_codes(documents, lists),
        *_without_year(documents),
        *_of_series(documents, lists),
        *_of_citations(facts),
        *_of_misread(facts, documents, lists),
    ]
    return tuple(sorted(found, key=_order))


def _order(one: DocumentCandidate) -> tuple[object, ...]:
    nothing = PolicyKey()
    place = one.citation
    return (
        (one.subject or nothing).order,
        (place.source, place.span) if place else ("",),
        one.rule,
        one.number.order if one.number else (),
        (one.document or nothing).order,
    )


def _of_titles(documents: Iterable[PolicyDocument]) -> Iterable[DocumentCandidate]:
    by_core: dict[str, dict[PolicyKey, PolicyDocument]] = {}
    for document in documents:
        for title in document.titles:
            core = title_core(title)
            number = document.key.number
            # Laws have short titles, and one promulgating order each.
            if len(core) >= _LEAST_TITLE or number is None or number.issuer_code.endswith("令"):
                by_core.setdefault(core, {})[document.key] = document
    for core in sorted(by_core):
        same = sorted(by_core[core].values(), key=lambda one: one.key.order)
        if len(same) <= _MOST_OF_ONE_TITLE:
            for one, other in combinations(same, 2):
                yield _same_title(one, other)


def _same_title(one: PolicyDocument, other: PolicyDocument) -> DocumentCandidate:
    left, right = one.key.number, other.key.number
    if left is None or right is None:
        bare, numbered = (one, other) if left is None else (other, one)
        return DocumentCandidate(
            rule="title-alone",
            subject=bare.key,
            citation=None,
            number=numbered.key.number,
            document=numbered.key,
            score=_TITLE_ALONE,
            reason_zh="标题相同，一处未印文号，另一处印有文号，可能是同一文件。",
            reason_en="The titles are the same; one is printed without a number, the other with one.",
        )
    near = _one_character(str(left), str(right))
    return DocumentCandidate(
        rule="same-title",
        subject=one.key,
        citation=None,
        number=right,
        document=other.key,
        score=_NEAR if near else _TITLE,
        reason_zh="标题相同而文号"
        + (
            "只差一个字符，其中一个可能印错。"
            if near
            else "不同，可能是两份文件，也可能其中一个印错。"
        ),
        reason_en="The titles are the same and the numbers "
        + (
            "differ by one character: one may be a misprint."
            if near
            else "differ: two documents, or a misprint."
        ),
    )


def _of_codes(documents: Iterable[PolicyDocument], lists: CodeLists) -> Iterable[DocumentCandidate]:
    """渝府发〔2005〕121号 beside 渝府办发〔2005〕121号: unless two titles tell them apart."""
    by_number: dict[DocumentNumber, list[PolicyDocument]] = {}
    for document in documents:
        if document.key.number is not None:
            by_number.setdefault(document.key.number, []).append(document)
    for number, longer in by_number.items():
        code = number.issuer_code
        for left in sorted({code[:at] + code[at + 1 :] for at in range(len(code))}):
            shorter = by_number.get(replace(number, issuer_code=left), ())
            for one, other in product(longer, shorter):
                if _may_be_one(one, other, lists):
                    yield _near_code(one, other)


def _may_be_one(one: PolicyDocument, other: PolicyDocument, lists: CodeLists) -> bool:
    if one.titles and other.titles:
        return False
    listed = [document.key.number for document in (one, other)]
    known = [number for number in listed if number and number.issuer_code in lists.issuers]
    same_region = one.jurisdiction == other.jurisdiction
    return same_region or len(known) < len(listed)


def _near_code(one: PolicyDocument, other: PolicyDocument) -> DocumentCandidate:
    first, second = sorted((one, other), key=lambda document: document.key.order)
    return DocumentCandidate(
        rule="code-one-character",
        subject=first.key,
        citation=None,
        number=second.key.number,
        document=second.key,
        score=_CODE,
        reason_zh="年份、序号相同，发文机关代字只差一个字，可能有一个印错。",
        reason_en="Year and serial number are the same and the issuer codes differ by one character: one may be a misprint.",
    )


def _without_year(documents: Iterable[PolicyDocument]) -> Iterable[DocumentCandidate]:
    """国务院令第722号 beside 国务院令〔2019〕第722号."""
    numbered = [document for document in documents if document.key.number is not None]
    bare = {
        (one.key.number.issuer_code, one.key.number.serial): one
        for one in numbered
        if one.key.number is not None and one.key.number.year is None
    }
    for one in numbered:
        number = one.key.number
        if number is None or number.year is None:
            continue
        other = bare.get((number.issuer_code, number.serial))
        if other is not None:
            yield DocumentCandidate(
                rule="without-year",
                subject=one.key,
                citation=None,
                number=other.key.number,
                document=other.key,
                score=_YEAR,
                reason_zh="机关、序号相同，一处印有年份，一处没有。",
                reason_en="Body and serial number are the same; one is printed with a year, one without.",
            )


def _of_series(
    documents: Iterable[PolicyDocument], lists: CodeLists
) -> Iterable[DocumentCandidate]:
    """渝办发〔2014〕128号: the series is said to have ended before; its successor's number."""
    cited = {document.key.number: document.key for document in documents if document.key.number}
    for document in documents:
        number = document.key.number
        series = lists.series.get(number.issuer_code) if number else None
        if number is None or series is None or (number.year or 0) <= series.last_year:
            continue
        meant: DocumentNumber = replace(number, issuer_code=series.successor)
        yield DocumentCandidate(
            rule="series-ended",
            subject=document.key,
            citation=None,
            number=meant,
            document=cited.get(meant),
            score=_SERIES,
            reason_zh=f"代字“{series.code}”在{series.last_year}年以后据记忆已由“{series.successor}”代替"
            "（未核实），可能是后者印错。",
            reason_en=f"The code {series.code} is recalled (not looked up) to have been replaced by "
            f"{series.successor} after {series.last_year}: it may be a misprint of that.",
        )


def _of_citations(facts: Iterable[FilingFacts]) -> Iterable[DocumentCandidate]:
    """The documents of the filing that 121号文 may mean, where more than one fits."""
    for one in facts:
        numbered = [c for c in one.citations if c.kind is MentionKind.NUMBERED]
        for citation in one.citations:
            if citation.serial is None or citation.policy is not None:
                continue
            keys: Mapping[PolicyKey, None] = {
                key: None for key, _ in fitting_serial(citation.serial, numbered)
            }
            for key in sorted(keys, key=lambda key: key.order):
                yield DocumentCandidate(
                    rule="same-serial",
                    subject=None,
                    citation=citation.place,
                    number=key.number,
                    document=key,
                    score=_SERIAL,
                    reason_zh="同一公开文件引用的几份文件序号都相同，不能断定指哪一份。",
                    reason_en="Several documents that the filing cites have this serial number; which one is meant is not certain.",
                )


def _of_misread(
    facts: Iterable[FilingFacts], documents: Iterable[PolicyDocument], lists: CodeLists
) -> Iterable[DocumentCandidate]:
    """渝财社〔20Z2〕1S5号: the number that its letters look like, and the document that has it.

    A code that any district could use means a document of the citing region alone.
    """
    book = CodeBook(issuers=lists.issuers, signs=lists.signs)
    cited = {document.key for document in documents}
    for one in facts:
        for citation in one.citations:
            if citation.kind is not MentionKind.VAGUE or citation.policy is not None:
                continue
            number = misread_number(citation.printed, book)
            if number is None:
                continue
            key = key_of_number(number, one.filing.region, book)
            yield DocumentCandidate(
                rule="misread-digits",
                subject=None,
                citation=citation.place,
                number=number,
                document=key if key in cited else None,
                score=_MISREAD,
                reason_zh=f"印出的文号里有形似数字的字母；若把它们当作数字，即“{number}”，但也可能是别的数字。",
                reason_en=f"Letters stand in the number where digits should; taken for the digits that they look like it is {number}, yet other digits may have stood there.",
            )


def _one_character(one: str, other: str) -> bool:
    """Whether two texts differ by one character put in, left out or changed."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) == len(long):
        return short[start + 1 :] == long[start + 1 :]
    return short[start:] == long[start + 1 :]
