"""Small made-up releases from a seed, with all that answers tell apart: several regions, years and
phases, covered filings, projects without amount, unit or department, amounts of unequal decimals,
vague mentions, documents that hand each other on or come round to themselves.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store
from tests.tracing.made import MADE, PREFIXES

_REGIONS = ("500103", "500109", "510104", None)
_LEVELS = ("central", "province", "county", None)
_AMOUNTS = ("0", "7", "20.5", "100", "0.0125", "123456789.01", None, "100", "7")
_RELATIONS = ("fg:forwards", "eli:ensures_implementation_of", "eli:based_on")


def write(store: Path, seed: int) -> None:
    """Write the release of a seed as a store."""
    made = Store(str(store))
    chance = random.Random(seed)  # noqa: S311  the same seed has to give the same release
    made.load((PREFIXES + "".join(_lines(chance))).encode(), format=RdfFormat.TURTLE)
    made.flush()


def _lines(chance: random.Random) -> Iterator[str]:
    documents = [f"policy/甲发/2020/{at}" for at in range(1, chance.randrange(2, 9))]
    for at, document in enumerate(documents, start=1):
        yield f'<{document}> a fg:PolicyDocument ; eli:id_local "甲发〔2020〕{at}号" ; eli:number {at} .\n'
        if (level := chance.choice(_LEVELS)) is not None:
            yield f'<{document}> fg:governmentLevel "{level}" ; dcterms:title "关于第{at}件事"@zh .\n'
        if chance.random() < 0.4:
            yield f"<{document}> {chance.choice(_RELATIONS)} <{chance.choice(documents)}> .\n"
    yield from _organizations()
    filings = [f"filing/{at}" for at in range(chance.randrange(3, 9))]
    for filing in filings:
        yield from _filing(chance, filing, filings, documents)


def _organizations() -> Iterator[str]:
    for region in filter(None, _REGIONS):
        yield f'<region/{region}> skos:prefLabel "{region}区"@zh .\n'
        for number in ("1", "2"):
            unit, department = (f"organization/{region}/{number}{end}" for end in ("001", ""))
            yield f'<{department}> a org:Organization ; skos:prefLabel "{region}第{number}局"@zh .\n'
            yield f"<{unit}> a org:Organization ; org:subOrganizationOf <{department}> .\n"


def _filing(
    chance: random.Random, filing: str, filings: list[str], documents: list[str]
) -> Iterator[str]:
    region = chance.choice(_REGIONS)
    yield f'<{filing}> a fg:Filing .\n<{filing}/source> dcterms:title "{filing}.txt"@zh .\n'
    if region is not None:
        yield f"<{filing}> fg:region <region/{region}> .\n"
    if chance.random() < 0.9:
        yield f'<{filing}> fg:fiscalYear "{chance.choice((2022, 2023))}"^^xsd:gYear .\n'
    if chance.random() < 0.9:
        phase = chance.choice(("approved", "executed"))
        yield f"<{filing}> fg:budgetPhase <code/budget-phase/{phase}> .\n"
    if chance.random() < 0.25:
        yield f"<{filing}> fg:coveredBy <{chance.choice(filings)}> .\n"
    for at in range(chance.randrange(0, 7)):
        yield from _project(chance, filing, at, region or "500103", documents)


def _project(
    chance: random.Random, filing: str, at: int, region: str, documents: list[str]
) -> Iterator[str]:
    budget, project = f"{filing}/project/{at}", f"project/{at}"
    cited = chance.sample(documents, chance.randrange(0, min(4, len(documents) + 1)))
    names = "、".join(cited)
    yield (
        f'<{budget}> a fg:ProjectBudget ; fg:filing <{filing}> ; dcterms:title "第{at}项"@zh ; '
        f'fg:project <{project}> ; fg:basisText "根据{names}。"@zh .\n'
    )
    if chance.random() < 0.7:
        yield f'<{budget}> dcterms:identifier "C{at}" .\n'
    number = chance.choice(("1", "2"))
    if chance.random() < 0.8:
        yield f"<{budget}> fg:responsibleUnit <organization/{region}/{number}001> .\n"
    if chance.random() < 0.5:
        yield f"<{budget}> fg:competentDepartment <organization/{region}/{number}> .\n"
    if (amount := chance.choice(_AMOUNTS)) is not None:
        yield f"<{budget}> fg:budgetAmount {amount} ; prov:hadPrimarySource <{budget}/ink> .\n"
        yield f'<{budget}/ink> fg:printedText "{amount}" ; fg:source <{filing}/source> ; fg:line {at} .\n'
        if chance.random() < 0.5:
            yield (
                f"<{budget}/allocation> fg:project <{project}> ; fg:filing <{filing}> ; "
                f"fg:amount {amount} ; fg:functionalClassification <code/function/2080799> .\n"
            )
    if chance.random() < 0.5:
        yield (
            f'<{budget}/aim> fg:indicatorOf <{budget}> ; fg:level3 "人数"@zh ; '
            f"fg:source <{filing}/source> ; fg:line {at + 50} .\n"
        )
    for document in cited:
        yield f"<{budget}> fg:legalBasis <{document}> .\n"
        for mention in range(chance.choice((1, 1, 2))):
            kind, score = chance.choice((("numbered", "1.0"), ("titled", "0.9"), ("vague", "0.5")))
            yield (
                f"<{budget}/{document}/{mention}> a fg:Citation ; fg:citedDocument <{document}> ; "
                f'fg:citingResource <{budget}> ; fg:field "立项依据" ; '
                f'fg:printedText "{document}" ; fg:source <{filing}/source> ; '
                f'fg:line {at + 10} ; fg:mentionKind "{kind}" ; fg:matchScore {score} .\n'
            )


__all__ = ["MADE", "write"]
