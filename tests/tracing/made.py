"""A made graph with what the published filings do not have yet.

Documents: 国发 1 is forwarded by 渝府发 2, which 区府发 3 implements; 区府发 3 is based on 国发 4, and 国发 4
on 区府发 3 again, as no true document would be. Filings: a department's of 2023 and of 2022, its unit's
of 2023 (covered), its final accounts of 2023, and one of another region.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store

MADE = "https://made.example/"
PREFIXES = f"""
@base <{MADE}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix fg: <https://w3id.org/fiscograph#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_ORGANIZATIONS = """
<region/1> skos:prefLabel "甲区"@zh .
<region/2> skos:prefLabel "乙区"@zh .
<organization/1/100> a org:Organization ; skos:prefLabel "甲局"@zh ; org:identifier "100" .
<organization/1/100001> a org:Organization ; skos:prefLabel "甲中心"@zh ;
  org:identifier "100001" ; org:subOrganizationOf <organization/1/100> .
<organization/2/100> a org:Organization ; skos:prefLabel "乙局"@zh ; org:identifier "100" .
<code/function/2023/2080799> skos:notation "2080799" ; skos:prefLabel "其他就业补助支出"@zh .
"""
_DOCUMENTS = """
<policy/国发/2020/1> a fg:PolicyDocument ; eli:id_local "国发〔2020〕1号" ; fg:issuerCode "国发" ;
  fg:issueYear "2020"^^xsd:gYear ; eli:number 1 ; fg:governmentLevel "central" ;
  dcterms:title "国务院关于甲事的通知"@zh .
<policy/渝府发/2020/2> a fg:PolicyDocument ; eli:id_local "渝府发〔2020〕2号" ; fg:issuerCode "渝府发" ;
  fg:issueYear "2020"^^xsd:gYear ; eli:number 2 ; fg:governmentLevel "province" ;
  fg:forwards <policy/国发/2020/1> .
<policy/区府发/2021/3> a fg:PolicyDocument ; eli:id_local "区府发〔2021〕3号" ; fg:issuerCode "区府发" ;
  fg:issueYear "2021"^^xsd:gYear ; eli:number 3 ; fg:governmentLevel "county" ;
  eli:ensures_implementation_of <policy/渝府发/2020/2> ; eli:based_on <policy/国发/2020/4> .
<policy/国发/2020/4> a fg:PolicyDocument ; eli:id_local "国发〔2020〕4号" ; fg:issuerCode "国发" ;
  fg:issueYear "2020"^^xsd:gYear ; eli:number 4 ; fg:governmentLevel "central" ;
  eli:based_on <policy/区府发/2021/3> .
<policy/title/乙条例> a fg:PolicyDocument ; dcterms:title "乙条例"@zh .
"""
# filing, region, year, phase, department, projects: name, unit, amount, documents
_CENTRAL, _CITY, _COUNTY = "policy/国发/2020/1", "policy/渝府发/2020/2", "policy/区府发/2021/3"
_BASE, _TITLED = "policy/国发/2020/4", "policy/title/乙条例"
# Where a filing only hints at a document.
_HINTED = {("filing/a22", _CENTRAL), ("filing/b23", _BASE)}
_Projects = tuple[tuple[str, str | None, str | None, tuple[str, ...]], ...]
_FILINGS: tuple[tuple[str, str, str, str, str, _Projects], ...] = (
    (
        "filing/a23",
        "1",
        "2023",
        "approved",
        "organization/1/100",
        (
            ("三份文件", "organization/1/100001", "100", (_CENTRAL, _CITY, _COUNTY)),
            ("只经由区里", "organization/1/100001", "20.5", (_COUNTY,)),
            ("没有依据", "organization/1/100001", "7", ()),
            ("没有金额", "organization/1/100001", None, (_CITY,)),
        ),
    ),
    (
        "filing/a22",
        "1",
        "2022",
        "approved",
        "organization/1/100",
        (("三份文件", "organization/1/100001", "90", (_CENTRAL,)),),
    ),
    (
        "filing/a23-unit",
        "1",
        "2023",
        "approved",
        "organization/1/100",
        (("三份文件", "organization/1/100001", "100", (_CENTRAL, _CITY)),),
    ),
    (
        "filing/a23-final",
        "1",
        "2023",
        "executed",
        "organization/1/100",
        (("三份文件", "organization/1/100001", "99", (_CENTRAL,)),),
    ),
    (
        "filing/b23",
        "2",
        "2023",
        "approved",
        "organization/2/100",
        (("乙项目", None, "3", (_CENTRAL, _BASE, _TITLED)),),
    ),
)


def quads(store: Path) -> None:
    """Write the graph as a store."""
    made = Store(str(store))
    text = PREFIXES + _ORGANIZATIONS + _DOCUMENTS + "".join(_filings())
    made.load(text.encode(), format=RdfFormat.TURTLE)
    made.flush()
    made.optimize()


def _filings() -> Iterator[str]:
    yield "<filing/a23-unit> fg:coveredBy <filing/a23> .\n"
    for filing, region, year, phase, department, projects in _FILINGS:
        yield (
            f'<{filing}> a fg:Filing ; fg:fiscalYear "{year}"^^xsd:gYear ; '
            f"fg:budgetPhase <code/budget-phase/{phase}> ; fg:region <region/{region}> .\n"
            f'<{filing}/source> dcterms:title "{filing[7:]}.txt"@zh .\n'
        )
        for at, project in enumerate(projects, start=1):
            yield from _project(filing, at, department, project)


def _project(
    filing: str,
    at: int,
    department: str,
    project: tuple[str, str | None, str | None, tuple[str, ...]],
) -> Iterator[str]:
    name, unit, amount, documents = project
    budget = f"{filing}/project/{at}"
    numbers = "、".join(_printed(document) for document in documents)
    code = f"{filing[7:8]}{name}"
    yield (
        f'<project/{code}> a fg:Project ; dcterms:title "{name}"@zh ; dcterms:identifier "{code}" .\n'
        f'<{budget}> a fg:ProjectBudget ; fg:filing <{filing}> ; dcterms:title "{name}"@zh ; '
        f'dcterms:identifier "{code}" ; fg:project <project/{code}> ; '
        f"fg:competentDepartment <{department}> ; "
        f'fg:basisText "本项目很重要。根据{numbers}安排。共三年。"@zh .\n'
    )
    if unit is not None:
        yield f"<{budget}> fg:responsibleUnit <{unit}> .\n"
    if amount is not None:
        yield f"<{budget}> fg:budgetAmount {amount} ; prov:hadPrimarySource <{budget}/ink> .\n"
        yield (
            f'<{budget}/ink> fg:printedText "{amount}" ; fg:printedUnit "元" ; '
            f"fg:source <{filing}/source> ; fg:line {at} .\n"
        )
        if name == "三份文件" and filing == "filing/a23":
            yield (
                f"<{budget}/allocation> fg:project <project/{code}> ; fg:filing <{filing}> ; "
                f"fg:amount {amount} ; fg:functionalClassification <code/function/2023/2080799> .\n"
            )
    for document in documents:
        hinted = (filing, document) in _HINTED
        kind, score = ("vague", "0.6") if hinted else ("numbered", "1.0")
        yield (
            f"<{budget}> fg:legalBasis <{document}> .\n"
            f"<{budget}/{document}> a fg:Citation ; fg:citedDocument <{document}> ; "
            f'fg:citingResource <{budget}> ; fg:field "立项依据" ; '
            f'fg:printedText "{_printed(document)}" ; fg:source <{filing}/source> ; '
            f'fg:line {at + 10} ; fg:mentionKind "{kind}" ; fg:matchScore {score} .\n'
        )


def _printed(document: str) -> str:
    parts = document.split("/")
    return f"《{parts[2]}》" if parts[1] == "title" else f"{parts[1]}〔{parts[2]}〕{parts[3]}号"
