"""What single lines announce: titles, units, bodies, labels of attachments, page numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fiscograph.budget import Unit
from fiscograph.forms.schema import Form, FormBook
from fiscograph.tables import Line, squeeze

_ATTACHED = (
    r"\(?(?:附件|附表|附|表格?|财预|财决|部门|单位|预算|决算|批复|公开|省级|市级|区级|县级)+表?"
    r"[一二三四五六七八九十\d]+(?:[-—]\d+)*表?\)?:?"
)
LABEL = re.compile(_ATTACHED + r"\Z")
# What heads a part of a filing.
SECTION = re.compile(r"第[一二三四五六七八九十]+(?:部分|章)")
_LABEL_INSIDE = re.compile(
    r"(?:公开|财决|财预|预算|决算|部门|单位)+表?\d{1,2}(?:-\d+)?表|公开\d{2}表"
)
_YEAR_LINE = re.compile(r"(?:\(?20\d\d年度?\)?|日期:.*)")
_PAGE_NUMBER = re.compile(
    r"[-—–·]+\d{1,4}[-—–·]+\Z|第?\d{1,4}页(?:,?\(?共\d{1,4}页\)?)?\Z|\d{1,4}/\d{1,4}\Z"
)
_PREFIX = (
    r"(?:(?:附件|附表|表)?[一二三四五六七八九十\d\-]+[、.:])?(?!详见|参见|见附)"
    r"(?P<body>(?:(?!一般公共|政府性基金|国有资本|财政拨款|采购|三公|项目支出)[^,。;:、?!])*?)"
)
# 详见单位的项目绩效目标表 is no title of that table.
_REFERS = re.compile(r"详见|参见|见附|另附|具体见")
_NUMBER = re.compile(
    r"\A#*(?:[(（]?(?:公开|预算|决算|附)?(?:附件|附表|表)?[一二三四五六七八九十\d\-]+表?[)）]?[、.:]?)(?=\D)"
)
# What a title carries besides: its own number, the year, the classification that it is by.
_SUFFIX = r"(?:\([^()]{1,24}\)|续表|[-—](?:功能|经济)(?:分类)?科目)*"
_UNIT = re.compile(
    r"(?:金额)?(?:计量)?(?:单位|金额)[:\-－—]?\(?(?:人民币)?\(?(?P<unit>元|千元|万元|亿元)\)*"
)
_BODY_LINE = re.compile(
    r"(?:预算|编制|编报|填报|填制|公开|主管|预算主管|部门|申报)?(?:部门|单位|公开)(?:名称)?(?:及代码)?"
    r"(?:\((?:公章|盖章|章|名称)\))?:(?P<name>[^,。;:]{0,50}?)(?:\((?:公章|盖章|签章|章)\))?(?:20\d\d年度?)?"
)
_TITLE_LIMIT = 70
# A line that names a body, a year and a unit has no more words.
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A line that prints the title of a form (``form`` None: of a form that is not known)."""

    form: Form | None
    line: Line
    complete: bool


def title_of(line: Line, book: FormBook) -> Title | None:
    """The title that a line prints, if it prints one and nothing else."""
    text = "".join(cell.squeezed for cell in line.words)
    if len(text) > _TITLE_LIMIT or ("支" not in text and "表" not in text and "经费" not in text):
        return None
    spaced_out = all(len(cell.text) <= 2 for cell in line.words[1:])
    if (len(line.words) > 6 and not spaced_out) or any(
        cell.number is not None for cell in line.words[1:]
    ):
        return None
    best: tuple[int, Form] | None = None
    for form in book.forms:
        for pattern in form.titles:
            match = _line_with(pattern).fullmatch(text)
            if match and (best is None or len(match["title"]) > best[0]):
                best = (len(match["title"]), form)
    complete = re.search(r"表(\(|\Z|续)", text) is not None
    if best is not None:
        return Title(form=best[1], line=line, complete=complete)
    own = _NUMBER.sub("", text, count=1)
    if refers(own):
        return None
    if own.endswith("表") and re.fullmatch(r"[^,。;:、?!]{3,60}表", own) and "表" not in own[:-1]:
        return Title(form=None, line=line, complete=True)
    return None


def refers(text: str) -> bool:
    """Whether a squeezed line tells where a table stands, instead of being its title."""
    return _REFERS.match(text) is not None


@cache
def _line_with(title: re.Pattern[str]) -> re.Pattern[str]:
    """What a line prints that carries a form's title: its number, whose it is, the year."""
    return re.compile(f"{_PREFIX}(?P<title>{title.pattern}){_SUFFIX}")


def unit_of(text: str) -> Unit | None:
    """The unit that a line such as ``单位：万元`` names for its table."""
    match = _UNIT.search(squeeze(text))
    return None if match is None else Unit.from_printed(match["unit"])


def is_page_number(line: Line) -> bool:
    """Whether a line prints nothing but the number of its page: - 3 -, 第 3 页 共 20 页."""
    return _PAGE_NUMBER.match(line.squeezed) is not None


def is_furniture(line: Line) -> bool:
    """Whether a line only labels a table or names its unit, year or department."""
    text = line.squeezed
    if LABEL.fullmatch(text) or _UNIT.fullmatch(text):
        return True
    rest = _LABEL_INSIDE.sub("", _UNIT.sub("", text))
    return (not rest and rest != text) or bool(
        _BODY_LINE.fullmatch(rest) or _YEAR_LINE.fullmatch(rest)
    )


def ends_with_unit(line: Line) -> bool:
    """Whether a line of few words ends with the unit, as a header cell does not: 311某局 单位：万元."""
    last = line.words[-1].squeezed
    unit = re.sub(r"\([^()]{2,12}\)\Z", "", last)
    return len(line.words) <= _FEW_WORDS and _UNIT.fullmatch(unit) is not None and ":" in unit


def body_of(line: Line) -> str | None:
    """The name that a line such as ``编制部门：…`` gives, without the unit that may follow it."""
    match = _BODY_LINE.fullmatch(_LABEL_INSIDE.sub("", _UNIT.sub("", line.squeezed)))
    return (match["name"] or None) if match is not None else None
