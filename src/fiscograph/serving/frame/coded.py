"""What keys of closed lists are called: the data writes them as plain English words."""

from __future__ import annotations

from collections.abc import Mapping

from fiscograph.serving.frame import form_words
from fiscograph.serving.frame.words import Word

# Values of closed lists that the data writes as plain English keys.
_CODED = {
    "department-budget": Word(zh="部门预算", en="department budget"),
    "unit-budget": Word(zh="单位预算", en="unit budget"),
    "department-final": Word(zh="部门决算", en="department final accounts"),
    "unit-final": Word(zh="单位决算", en="unit final accounts"),
    "notice": Word(zh="提示", en="notice"),
    "warning": Word(zh="警告", en="warning"),
    "error": Word(zh="错误", en="error"),
    "printed": Word(zh="印定", en="printed"),
    "proved": Word(zh="证定", en="proved"),
    "chosen": Word(zh="选定", en="chosen"),
    "unplaced": Word(zh="未定", en="unplaced"),
    "holds": Word(zh="相符", en="holds"),
    "within rounding": Word(zh="四舍五入内相符", en="within rounding"),
    "fails": Word(zh="不符", en="fails"),
    "not checkable": Word(zh="无法核对", en="not checkable"),
    "central": Word(zh="中央", en="central"),
    "province": Word(zh="省级", en="province"),
    "prefecture": Word(zh="地级", en="prefecture"),
    "county": Word(zh="县级", en="county"),
    "high": Word(zh="把握大", en="high"),
    "medium": Word(zh="把握中等", en="medium"),
    "low": Word(zh="把握小", en="low"),
    "recalled": Word(zh="凭记忆", en="recalled"),
    "inferred": Word(zh="由代字推断", en="inferred"),
}


# Keys that mean one thing under one property and another under the next, by the property's name.
_CODED_OF: Mapping[str, Mapping[str, Word]] = {
    "form": form_words.FORMS,
    "columnKey": form_words.COLUMNS,
    "unitBasis": {
        "cell": Word(zh="单元格或表头", en="the cell or its header"),
        "table": Word(zh="表格的“单位：”", en="the table"),
        "filing": Word(zh="全文通用", en="the whole filing"),
        "narrative": Word(zh="说明文字", en="the text"),
    },
    "operatorBasis": {
        "printed": Word(zh="照印", en="printed"),
        "variant": Word(zh="同义的字形或文字", en="another form of the sign, or a word for it"),
        "misread": Word(zh="识别误作的字形", en="misread in recognition"),
        "direction": Word(zh="由指标方向推得", en="inferred from the direction"),
    },
    "support": {
        "printed": Word(zh="印在公开文件中", en="printed in a filing"),
        "published": Word(zh="取自已发布的列表", en="from a published list"),
        "recalled-high": Word(zh="一般知识，把握大", en="general knowledge, sure"),
        "recalled-medium": Word(zh="一般知识，把握中等", en="general knowledge, fairly sure"),
        "recalled-low": Word(zh="一般知识，把握小", en="general knowledge, unsure"),
        "local": Word(
            zh="某地区所印，不在全国列表中", en="printed by a region, not in the national list"
        ),
        "defined": Word(zh="本项目所定义", en="defined by this project"),
    },
    "mentionKind": {
        "numbered": Word(zh="有文号", en="by number"),
        "titled": Word(zh="只有标题", en="by title alone"),
        "vague": Word(zh="未指明", en="names none"),
    },
    "statementKind": {
        "amount": Word(zh="金额", en="amount"),
        "count": Word(zh="数量", en="count"),
        "share": Word(zh="占比或比率", en="share or rate"),
        "change": Word(zh="增减", en="change"),
    },
    "changeDirection": {
        "increase": Word(zh="增", en="increase"),
        "decrease": Word(zh="减", en="decrease"),
    },
    "mappingRank": {
        "primary": Word(zh="首选", en="primary"),
        "alternative": Word(zh="备选", en="alternative"),
    },
    "labelBasis": {
        "official": Word(zh="分类发布者的英文", en="the publisher's"),
        "conventional": Word(zh="通行译名", en="an established name"),
        "ours": Word(zh="本项目所译", en="this project's"),
    },
    "kind": {},
    "placement": {},
    "severity": {},
    "outcome": {},
    "governmentLevel": {},
    "issuerSupport": {},
    "mappingConfidence": {},
}


def coded(key: str, of: str = "") -> Word:
    """What a value of a closed list is called, under the property named ``of``; one without a name
    goes by its key.

    >>> coded("proved").zh
    '证定'
    >>> coded("printed", "operatorBasis").zh
    '照印'
    """
    own = _CODED_OF.get(of, {}).get(key)
    return own or _CODED.get(key, Word(zh=key, en=key))


def is_coded(of: str) -> bool:
    """Whether the values of a property are keys of a closed list that has words.

    >>> is_coded("placement"), is_coded("rowLabel")
    (True, False)
    """
    return of in _CODED_OF
