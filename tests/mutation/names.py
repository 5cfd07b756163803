"""Other districts, departments, projects and functions, the same in every place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from tests.golden.disclosed import facts_of
from tests.mutation.draft import MARK, Draft, Truth

from fiscograph.budget import CodeList, label_key
from fiscograph.vocabulary.codelists import load_code_lists

_DISTRICTS = {
    "500109-401-2023": "北碚区",
    "500110-212002-2023": "綦江区",
    "500110-212006-2023": "綦江区",
    "500152-426-2023": "潼南区",
    "511702-189001-2023": "通川区",
}
_OTHERS = {"5001": ("江津区", "合川区", "永川区", "南川区"), "5117": ("达川区",)}
_BODIES = ("农业农村", "文化和旅游发展", "城市管理", "退役军人事务", "市场监督管理")
_BODY = re.compile(
    r"人\s?力\s?资\s?源\s?和\s?社\s?会\s?保\s?障(?=\s?(?:局|信\s?息))|社会保险(?=事务中心)"
)
_IN_PROJECTS = {
    "退休": "离岗", "补助资金": "扶持经费", "工作经费": "业务经费", "鉴定": "认证", "维护": "保养",
    "干部": "员工", "生活": "日常", "专项": "专门", "企业": "园区", "档案": "文书",
}  # fmt: skip
_FUNCTION_FORMS = {
    "general-public-expenditure", "department-expenditure", "department-revenue",
}  # fmt: skip
# Classes whose names also name funds (国有资本经营预算支出) or stand in others (其他支出) stay.
_FREE = re.compile(r"20[1-9]|21[0-9]|22[0-24]")
_CODE_AT = r"(?<!\d){}(?!\d)"


def district(draft: Draft, seed: Random) -> Draft | None:
    """Another district of the same city."""
    old = _DISTRICTS[draft.name]
    new = seed.choice([name for name in _OTHERS[draft.name[:4]] if name != old])
    return _replaced(draft, lambda text: text.replace(old, new).replace(old[:-1], new[:-1]))


def department(draft: Draft, seed: Random) -> Draft | None:
    """Another department."""
    new = seed.choice(_BODIES)
    return _replaced(draft, lambda text: _BODY.sub(new, text))


def projects(draft: Draft, seed: Random) -> Draft | None:
    """Projects of other names, in lists and sheets alike."""
    names = sorted({p.name for p in facts_of(draft.name).projects if p.name}, key=len)[::-1]
    words = seed.sample(sorted(_IN_PROJECTS), 7)
    new = {name: _reworded(name, words) for name in names}
    texts = [line.text for line in draft.lines]
    # a name that is somewhere folded over lines would change in one place only
    whole = {
        name: other for name, other in new.items() if name != other and _always_whole(texts, name)
    }
    return _replaced(draft, lambda text: _each(text, whole)) if whole else None


def _reworded(name: str, words: list[str]) -> str:
    for word in words:
        name = name.replace(word, _IN_PROJECTS[word])
    return name


def _always_whole(texts: list[str], name: str) -> bool:
    printed = "".join(texts).replace(" ", "").replace("\t", "")
    return (
        printed.count(name)
        == sum(text.replace(" ", "").count(name) for text in texts)
        == sum(text.count(name) for text in texts)
    )


def _each(text: str, names: Mapping[str, str]) -> str:
    for name, other in names.items():
        text = text.replace(name, other)
    return text


def _replaced(draft: Draft, change: Callable[[str], str]) -> Draft | None:
    """The draft with every text changed, and the truth of its rows with it."""
    lines = tuple(replace(line, text=change(line.text)) for line in draft.lines)
    if lines == draft.lines:
        return None
    amounts = {
        mark: replace(tracked, truth=replace(truth, row_label=change(truth.row_label)))
        if (truth := tracked.truth) is not None
        else tracked
        for mark, tracked in draft.amounts.items()
    }
    return replace(draft, lines=lines, amounts=amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recoding:
    """Codes for codes, names of their rows, and the two classes that change places by name."""

    codes: Mapping[str, str]
    printed: Mapping[str, str]
    names: Mapping[str, str]
    classes: tuple[str, str]


def functions(draft: Draft, seed: Random) -> Draft | None:
    """A class of functions changes places with another listed one, codes and names of all rows."""
    made = _recoding(draft, seed)
    if made is None:
        return None
    old, new = made.classes
    lines = list(draft.lines)
    for at, line in enumerate(lines):
        text = line.text
        for code, other in sorted(made.codes.items(), key=lambda pair: -len(pair[0])):
            if found := _code_in(code, MARK.sub(" ", text)):
                name = re.compile(_spaced(made.printed.get(code, code)))
                text = text.replace(found, _like(found, other))
                text = name.sub(made.names[other], text, count=1)
                break
        else:
            text = _swapped(text, old, new)
        lines[at] = replace(line, text=text)
    amounts = {
        mark: replace(tracked, truth=_recoded(tracked.truth, made)) if tracked.truth else tracked
        for mark, tracked in draft.amounts.items()
    }
    return replace(draft, lines=tuple(lines), amounts=amounts)


def _code_in(code: str, text: str) -> str:
    """A code as the line prints it: whole, or its class, group and item in three cells."""
    split = "\t".join((code[:3], code[3:5], code[5:]))
    found = re.search(_CODE_AT.format(rf"(?:{code}|{split})"), text)
    return found[0] if found else ""


def _like(printed: str, code: str) -> str:
    return "\t".join((code[:3], code[3:5], code[5:])) if "\t" in printed else code


def _recoded(truth: Truth, made: _Recoding) -> Truth:
    code = made.codes.get(truth.row_code or "")
    if code and truth.form in _FUNCTION_FORMS:
        return replace(truth, row_code=code, row_label=made.names[code])
    if code and truth.form == "project-expenditure":
        return replace(truth, row_code=code)
    if truth.row_code is None:
        return replace(truth, row_label=_swapped(truth.row_label, *made.classes))
    return truth


def _swapped(text: str, one: str, other: str) -> str:
    """The text with two class names in each other's place, with and without 支出."""
    for first, second in ((one, other), (one.removesuffix("支出"), other.removesuffix("支出"))):
        text = text.replace(first, "\0").replace(second, first).replace("\0", second)
        if first in text or second in text:
            return text
    return text


def _spaced(name: str) -> str:
    return r"\s*".join(re.escape(char) for char in name)


def _recoding(draft: Draft, seed: Random) -> _Recoding | None:
    """A class of the filing and another into which all its codes fit."""
    printed = {
        truth.row_code: truth.row_label
        for tracked in draft.amounts.values()
        if (truth := tracked.truth) and truth.row_code and truth.form in _FUNCTION_FORMS
    }
    listed = load_code_lists().function
    classes = sorted({code[:3] for code in printed})
    own = [start for start in classes if _whole_on_lines(draft, start, printed)]
    free = sorted(c for c in listed.by_code if _FREE.fullmatch(c) and c not in classes)
    pairs = [(old, new) for old in own for new in free]
    seed.shuffle(pairs)
    for old, new in pairs:
        if codes := _fitted([c for c in printed if c.startswith(old)], old, new, seed):
            names = {other: listed.by_code[other].labels[0] for other in codes.values()}
            class_name = listed.by_code[old].labels[0]
            if label_key(class_name) != label_key(printed.get(old, class_name)):
                continue
            return _Recoding(
                codes=codes,
                printed=printed,
                names=names,
                classes=(class_name, listed.by_code[new].labels[0]),
            )
    return None


def _whole_on_lines(draft: Draft, start: str, printed: Mapping[str, str]) -> bool:
    """Whether every row of a class prints its code and label on the line of its amounts."""
    for line in draft.lines:
        truth = draft.truth(line.marks[0]) if line.marks else None
        if truth is None or truth.form not in _FUNCTION_FORMS:
            continue
        if (code := truth.row_code) and code.startswith(start):
            text = label_key(MARK.sub("", line.text))
            if code not in re.sub(r"\s", "", line.text) or label_key(printed[code]) not in text:
                return False
    return True


@cache
def _children(listed_id: int, parent: str) -> tuple[str, ...]:
    listed = load_code_lists().function
    return tuple(sorted(c for c, entry in listed.by_code.items() if entry.parent == parent))


def _fitted(codes: list[str], old: str, new: str, seed: Random) -> dict[str, str]:
    """Other listed codes for a class's codes, a tree for a tree; empty where they do not fit."""
    listed: CodeList = load_code_lists().function
    fitted = {old: new}
    groups = sorted({code[:5] for code in codes if len(code) > 3})
    targets = list(_children(id(listed), new))
    seed.shuffle(targets)
    for group in groups:
        items = sorted(code for code in codes if len(code) > 5 and code.startswith(group))
        target = next((t for t in targets if len(_children(id(listed), t)) >= len(items)), None)
        if target is None:
            return {}
        targets.remove(target)
        fitted[group] = target
        others = sorted(seed.sample(_children(id(listed), target), len(items)))
        fitted.update(zip(items, others, strict=True))
    return fitted
