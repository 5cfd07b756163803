"""What things are called that the release does not name: places in a text, named graphs, values of
other publishers' lists.
"""

from __future__ import annotations

import re

from fiscograph.serving.frame.words import Word

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
# Values of closed lists elsewhere that a release points at. The Chinese words are this project's.
_ELSEWHERE = {
    f"{_EU}currency/CNY": Word(zh="人民币（CNY）", en="Chinese yuan (CNY)"),
    f"{_EU}language/ZHO": Word(zh="中文", en="Chinese"),
    f"{_EU}language/ENG": Word(zh="英文", en="English"),
    f"{_EU}country/CHN": Word(zh="中国", en="China"),
    f"{_EU}data-theme/ECON": Word(zh="经济与财政（ECON）", en="economy and finance (ECON)"),
    f"{_EU}data-theme/GOVE": Word(
        zh="政府与公共部门（GOVE）", en="government and public sector (GOVE)"
    ),
    f"{_EU}licence/APACHE_2_0": Word(zh="Apache License 2.0", en="Apache License 2.0"),
    "http://purl.org/adms/publishertype/NonProfitOrganisation": Word(
        zh="非营利组织", en="non-profit organisation"
    ),
    "http://www.w3.org/ns/dqv#qualityAssessment": Word(zh="质量评定", en="quality assessment"),
    "http://spdx.org/rdf/terms#checksumAlgorithm_sha256": Word(zh="SHA-256", en="SHA-256"),
    "https://www.w3.org/TR/vocab-data-cube/": Word(
        zh="W3C 数据立方体词汇", en="W3C RDF Data Cube vocabulary"
    ),
    "https://www.w3.org/TR/sparql11-protocol/": Word(
        zh="W3C SPARQL 1.1 协议", en="W3C SPARQL 1.1 Protocol"
    ),
    "https://specs.frictionlessdata.io/fiscal-data-package/": Word(
        zh="Fiscal Data Package 规范", en="Fiscal Data Package"
    ),
    "https://www.rfc-editor.org/rfc/rfc5147": Word(
        zh="RFC 5147（文本中的位置）", en="RFC 5147 (places in texts)"
    ),
}
# Things of the release itself, by their path under the base; a group stands where ``{}`` is.
_HERE = (
    (r"source/[^/]+/at/L(\d+)", "第 {} 行", "line {}"),
    (r"source/[^/]+/at/.+/position", "起止字符", "position of the characters"),
    (r"source/[^/]+/at/.+/quote", "所引的字", "quoted characters"),
    (r"catalog/period/(.+)", "{} 年", "{}"),
    (r"catalog/contact", "联系处", "contact point"),
    (r"run", "生成本发布的一次处理", "the run that made this release"),
    (r"graph/filing/(.+)", "图：公开文件 {}", "graph of the filing {}"),
    (r"graph/organizations", "图：部门和单位", "graph of organizations"),
    (r"graph/projects", "图：项目", "graph of projects"),
    (r"graph/policies", "图：政策文件", "graph of policy documents"),
    (r"graph/codelists", "图：分类和代码", "graph of code lists"),
    (r"graph/model", "图：词汇和结构", "graph of the vocabulary and structures"),
    (r"graph/catalog", "图：数据目录", "graph of the catalog"),
    (r"download/(.+)", "{}", "{}"),
)


def unnamed(iri: str, local: str | None) -> Word | None:
    """What a thing without a name of its own is called; ``local`` is its path under the publisher's
    base, None where it is elsewhere. None where nothing better than its address is known.

    >>> unnamed("https://a.example/source/0f/at/L12", "/source/0f/at/L12")
    Word(zh='第 12 行', en='line 12')
    >>> unnamed("https://www.iana.org/assignments/media-types/text/csv", None).zh
    'text/csv'
    """
    if local is None:
        if iri.startswith(_IANA):
            return Word(zh=iri.removeprefix(_IANA), en=iri.removeprefix(_IANA))
        return _ELSEWHERE.get(iri)
    for pattern, zh, en in _HERE:
        found = re.fullmatch(pattern, local.strip("/"))
        if found is not None:
            return Word(zh=zh.format(*found.groups()), en=en.format(*found.groups()))
    return None
