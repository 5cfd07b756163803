"""Numbers and titles as other provinces print them, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.citations.printer import BOOK, KNOWN, LISTS, NUMBERS, ORDERS

from fiscograph.budget import DocumentNumber, MentionKind
from fiscograph.citations import mentions_in, misread_number, number_in
from fiscograph.tracing.number import normal_form

LOOKS_LIKE = {"0": "Oo", "1": "Il|", "2": "Zz", "5": "Ss", "8": "B"}
SIGNS = [
    sign
    for sign in "京津冀晋辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔藏陕成杭穗深榕宁"
    if sign in LISTS.signs
]


def read(text: str) -> list[tuple[MentionKind, str | None, str | None]]:
    return [
        (one.kind, str(one.number) if one.number else None, one.title)
        for one in mentions_in(text, BOOK)
    ]


@given(
    st.sampled_from(KNOWN), st.integers(2000, 2030), st.integers(10, 99999), st.sampled_from(" \n")
)
def test_a_serial_number_cut_by_spaces_is_whole_and_never_its_first_digit(
    code: str, year: int, serial: int, space: str
) -> None:
    (one,) = mentions_in(f"根据{code}〔{year}〕{space.join(str(serial))}号文件", BOOK)
    assert one.number == DocumentNumber(issuer_code=code, year=year, serial=serial)
    assert one.score < 1


@settings(max_examples=30)
@given(
    st.sampled_from(SIGNS),
    st.sampled_from(["社", "教", "农", "行", "指"]),
    st.sampled_from(["", "发", "指标", "字"]),
    st.integers(1, 999),
    st.sampled_from(["（）", "()"]),
)
def test_a_code_that_names_its_division_in_brackets_is_one_code(
    sign: str, division: str, after: str, serial: int, brackets: str
) -> None:
    printed = f"{sign}财{brackets[0]}{division}{brackets[1]}{after}〔2021〕{serial}号"
    normal = f"{sign}财（{division}）{after}〔2021〕{serial}号"
    assert [number for _, number, _ in read(f"根据{printed}")] == [normal]
    assert str(number_in(printed, BOOK)) == normal_form(printed) == normal


@settings(max_examples=30)
@given(NUMBERS, st.data())
def test_a_number_with_letters_for_digits_is_none_and_what_it_looks_like_is_known(
    number: DocumentNumber, data: st.DataObject
) -> None:
    number = DocumentNumber(issuer_code=number.issuer_code, year=number.year, serial=number.serial)
    digits = f"{number.year}〕{number.serial}"
    places = [at for at, char in enumerate(digits) if char in LOOKS_LIKE]
    assume(places)
    wrong = data.draw(st.sets(st.sampled_from(places), min_size=1))
    misread = "".join(
        data.draw(st.sampled_from(LOOKS_LIKE[char])) if at in wrong else char
        for at, char in enumerate(digits)
    )
    text = f"{number.issuer_code}〔{misread}号"
    assert [kind for kind, _, _ in read(text)] == [MentionKind.VAGUE]
    assert misread_number(text, BOOK) == number
    assert misread_number(str(number), BOOK) is None


@settings(max_examples=30)
@given(st.sampled_from(ORDERS), st.integers(1, 999))
def test_an_order_may_leave_out_the_word_before_its_number(code: str, serial: int) -> None:
    (one,) = mentions_in(f"根据{code.removesuffix('令')}{serial}号令", BOOK)
    assert one.number == DocumentNumber(issuer_code=code, year=None, serial=serial)


@given(
    st.sampled_from(["合同编号：", "采购编号:", "图号 ", "许可证号：", "备案号："]),
    st.text("渝川财采购商建交办", min_size=2, max_size=4),
    st.integers(1, 999),
)
def test_what_is_numbered_as_a_contract_or_plan_is_no_document(
    label: str, code: str, serial: int
) -> None:
    assume(code not in LISTS.issuers and not any(code[at:] in LISTS.issuers for at in range(4)))
    assert read(f"{label}{code}〔2022〕{serial}号") == []


KINDS = st.sampled_from(
    ["办法", "条例", "通知", "规划", "实施意见", "规定（试行）", "条例（2019修订）"]
)
NAMES = st.text("城乡居民就业创业补助资金发展", min_size=3, max_size=10)


@given(NAMES, KINDS, st.sampled_from(["", "购买", "印发了", "学习"]))
def test_a_title_that_ends_as_documents_do_is_one_whatever_is_done_with_it(
    name: str, kind: str, before: str
) -> None:
    assert read(f"{before}《{name}{kind}》") == [(MentionKind.TITLED, None, name + kind)]


@given(NAMES, st.sampled_from(["购买", "拍摄电影", "出版", "订阅", "创排话剧"]))
def test_a_book_a_film_or_a_play_is_no_document(name: str, done: str) -> None:
    assert read(f"{done}《{name}》") == []
    ((kind, _, title),) = read(f"开展《{name}》活动")
    assert (kind, title) == (MentionKind.VAGUE, name)
    assert read(f"根据《{name}》") == [(MentionKind.TITLED, None, name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GB/T 51345-2018《海绵城市建设评价标准》", []),
        ("《海绵城市建设评价标准》（GB/T 51345—2018）", []),
        ("根据区财政局关于编制2023年部门预算的通知要求", ["区财政局关于编制2023年部门预算的通知"]),
        ("按照中华人民共和国预算法规定", ["中华人民共和国预算法"]),
        ("贯彻党中央、国务院关于乡村振兴的方针政策和决策部署", []),
        ("国务院令第649号《社会救助暂行办法》", ["国务院令第649号", "社会救助暂行办法"]),
        (
            "《社会救助暂行办法》（2014年国务院令第649号公布，2019年修订）",
            ["国务院令第649号", "社会救助暂行办法"],
        ),
        (
            "《政府信息公开条例》（2019修订）（国务院令第711号）",
            ["国务院令第711号", "政府信息公开条例"],
        ),
        (
            "财政部税务总局人力资源社会保障部公告2023年第14号",
            ["财政部国家税务总局人力资源和社会保障部公告2023年第14号"],
        ),
        ("完成财社〔2021〕5号文件任务", ["财社〔2021〕5号"]),
        ("渝财社﹙2022﹚155号", ["渝财社〔2022〕155号"]),
        ("解放路〔2022〕15号楼改造", []),
        ("收到建议〔2022〕15号", []),
        ("（2022）川0105行初12号判决书", []),
    ],
)
def test_as_other_places_print_it(text: str, expected: list[str]) -> None:
    found = [
        said
        for kind, number, title in read(text)
        if kind is not MentionKind.VAGUE
        for said in (number, title)
        if said
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "区十八届人大一次会议第35号建议",
        "市政协十四届二次会议第0123号提案",
        "区政府专题会议纪要2021-35",
        "区政府第 12 次常务会议纪要",
    ],
)
def test_a_proposal_or_minutes_stay_open_whole(text: str) -> None:
    (one,) = mentions_in(f"根据{text}", BOOK)
    assert one.kind is MentionKind.VAGUE
    assert f"根据{text}"[one.start : one.end] == text
    assert one.score <= Decimal("0.4")


def test_what_is_only_recalled_says_so() -> None:
    added = [code for code, one in LISTS.issuers.items() if one.confidence == "recalled"]
    assert {"鄂财社发", "湘财社指", "浙政办发", "发改办社会"} <= set(added)
    for code in ("鄂财社发", "湘财社指"):
        (one,) = mentions_in(f"{code}〔2021〕5号", BOOK)
        assert one.score == Decimal("0.9")
