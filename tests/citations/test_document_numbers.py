"""Document numbers: read from every style of printing, and never one for another."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.citations.printer import (
    BOOK,
    KNOWN,
    LISTS,
    NOTICE_NUMBERS,
    NUMBERS,
    ORDER_NUMBERS,
    order_prints,
    prints,
)

from fiscograph.budget import DocumentNumber, MentionKind
from fiscograph.citations import mentions_in, number_in

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇云藏陕甘青宁新"
LEADS = [
    "",
    "根据",
    "以及",
    "经",
    "按照",
    "依据",
    "，",
    "执行",
    "落实",
    "为贯彻",
    "转发",
    "（",
    "文件和",
    "。",
]
TAILS = ["", "文件精神", "，", "文件", "下达就业补助资金", "。", "）", "的通知", "；"]
PRINTED = NUMBERS.flatmap(lambda number: st.tuples(st.just(number), prints(number)))
PRINTED_ORDERS = (ORDER_NUMBERS | NOTICE_NUMBERS).flatmap(
    lambda number: st.tuples(st.just(number), order_prints(number))
)


def certain(text: str) -> list[str]:
    return [str(m.number) for m in mentions_in(text, BOOK) if m.kind is MentionKind.NUMBERED]


@given(PRINTED | PRINTED_ORDERS)
def test_a_number_is_normalized_from_every_print(case: tuple[DocumentNumber, str]) -> None:
    number, printed = case
    assert number_in(printed, BOOK) == number


@given(NUMBERS | ORDER_NUMBERS | NOTICE_NUMBERS)
def test_a_normalized_number_is_its_own_print(number: DocumentNumber) -> None:
    assert number_in(str(number)) == number
    (mention,) = mentions_in(str(number), BOOK)
    assert mention.number == number
    assert (mention.start, mention.end) == (0, len(str(number)))
    assert mention.number_span == (mention.start, mention.end)


@given(st.tuples(NUMBERS, NUMBERS).flatmap(lambda two: st.tuples(*map(prints, two))))
def test_two_documents_never_collapse(printed: tuple[str, str]) -> None:
    left, right = (number_in(text) for text in printed)
    assume(left != right)
    assert str(left) != str(right)


@given(PRINTED | PRINTED_ORDERS, st.sampled_from(LEADS), st.sampled_from(TAILS))
def test_a_number_of_a_known_code_is_found_whatever_is_glued_to_it(
    case: tuple[DocumentNumber, str], before: str, after: str
) -> None:
    number, printed = case
    text = before + printed + after
    (mention,) = mentions_in(text, BOOK)
    assert mention.number == number
    recalled = LISTS.issuers[number.issuer_code].confidence == "recalled"
    notice = number.issuer_code.endswith("公告")
    assert mention.score == (Decimal("0.9") if recalled or notice else 1)
    assert text[mention.start : mention.end].strip() == printed.strip()


@given(st.lists(NUMBERS, min_size=2, max_size=5, unique=True), st.sampled_from("、，；和及与"))
def test_several_numbers_of_one_sentence_are_several_mentions(
    numbers: list[DocumentNumber], between: str
) -> None:
    text = "根据" + between.join(str(number) for number in numbers) + "文件发放补助"
    mentions = mentions_in(text, BOOK)
    assert [mention.number for mention in mentions] == numbers
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@given(
    NUMBERS,
    st.lists(st.integers(1, 9999), min_size=1, max_size=4),
    st.sampled_from(["、", "和", "及", " 、 "]),
    st.booleans(),
)
def test_numbers_that_leave_out_their_code_are_the_same_issuer_s_and_year_s(
    first: DocumentNumber, serials: list[int], between: str, with_year: bool
) -> None:
    first = DocumentNumber(issuer_code=first.issuer_code, year=first.year, serial=first.serial)
    year = f"〔{first.year}〕" if with_year else ""
    text = f"根据{first}" + "".join(f"{between}{year}{serial}号" for serial in serials) + "文件发放"
    mentions = mentions_in(text, BOOK)
    assert [m.number for m in mentions] == [
        first,
        *(
            DocumentNumber(issuer_code=first.issuer_code, year=first.year, serial=serial)
            for serial in serials
        ),
    ]
    assert all(mention.score < 1 for mention in mentions[1:])


def test_the_last_of_a_list_alone_may_print_the_mark() -> None:
    assert certain("根据渝财社〔2013〕38、41、45号文件") == [
        "渝财社〔2013〕38号",
        "渝财社〔2013〕41号",
        "渝财社〔2013〕45号",
    ]
    assert certain("渝财社〔2013〕38号、〔2014〕41号") == [
        "渝财社〔2013〕38号",
        "渝财社〔2014〕41号",
    ]


@pytest.mark.parametrize("after", ["、3号楼维修", "和12号线建设", "及5号院改造", "、2号地块"])
def test_the_number_of_a_house_continues_no_document_s(after: str) -> None:
    assert certain(f"根据渝财社〔2013〕38号{after}") == ["渝财社〔2013〕38号"]


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN), st.integers(1, 9999))
def test_two_codes_are_two_issuers(code: str, other: str, serial: int) -> None:
    assume(code != other)
    one, two = (mentions_in(f"根据{c}〔2022〕{serial}号", BOOK)[0].number for c in (code, other))
    assert one is not None
    assert two is not None
    assert one.issuer_code == code
    assert two.issuer_code == other


SIGNS = sorted(sign for sign in LISTS.signs if len(sign) <= 2)


@given(st.sampled_from(KNOWN), st.sampled_from([*SIGNS, "区", "县", "市", "州"]))
def test_a_region_s_sign_before_a_code_without_one_makes_it_another_issuer_s(
    code: str, sign: str
) -> None:
    assume(BOOK.sign_of(code) is None and sign + code not in LISTS.issuers)
    assume(not any((sign + code)[at:] in LISTS.issuers for at in range(1, len(sign))))
    (mention,) = mentions_in(f"根据{sign}{code}〔2022〕5号", BOOK)
    assert mention.number is not None
    assert mention.number.issuer_code == sign + code
    assert mention.score < 1


def test_a_code_that_ends_in_another_s_is_not_that() -> None:
    assert certain("通川府发〔2023〕1号，川府发〔2023〕1号") == [
        "通川府发〔2023〕1号",
        "川府发〔2023〕1号",
    ]
    assert certain("綦财社〔2022〕5号、潼财社发〔2022〕5号、财社〔2022〕5号") == [
        "綦财社〔2022〕5号",
        "潼财社发〔2022〕5号",
        "财社〔2022〕5号",
    ]
    assert certain("渝府发〔2005〕1号渝府办发〔2005〕1号渝办发〔2005〕1号渝委办发〔2005〕1号") == [
        "渝府发〔2005〕1号",
        "渝府办发〔2005〕1号",
        "渝办发〔2005〕1号",
        "渝委办发〔2005〕1号",
    ]


CENTRAL = (
    "国发",
    "国办",
    "国函",
    "中",
    "人社",
    "劳社",
    "国人",
    "退役",
    "法释",
    "公通",
    "司发",
    "组通",
)
UNLISTED = "深杭厦甬穗普巴锡"


@given(
    st.sampled_from([code for code in KNOWN if not code.startswith(CENTRAL)]),
    st.sampled_from(UNLISTED),
    st.sampled_from(["", "根据", "、", "按照市局下达的", "和", "为支持", "渝财社〔2022〕1号 "]),
)
def test_one_more_character_before_a_code_without_a_sign_is_never_lost(
    code: str, more: str, before: str
) -> None:
    assume(BOOK.sign_of(code) is None and more + code not in LISTS.issuers)
    last = mentions_in(f"{before}{more}{code}〔2022〕5号", BOOK)[-1]
    assert last.number is not None
    assert last.number.issuer_code.endswith(more + code)
    assert last.score < 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("渝财社[2022]155 下达 2023 年就业补助资金", ["渝财社〔2022〕155号"]),
        ("渝财金[2022]47号丰达2023普惠金融发展", ["渝财金〔2022〕47号"]),
        ("（渝财社【2022】155 号）", ["渝财社〔2022〕155号"]),
        ("经渝评组办〔2022〕3 号文件批准", ["渝评组办〔2022〕3号"]),
        ("国发〔2020〕第12号", ["国发〔2020〕12号"]),
        ("京财社〔二○二二〕一五五号", ["京财社〔2022〕155号"]),
        ("沪人社规〔2020〕3号", ["沪人社规〔2020〕3号"]),
        ("达市财社〔2022〕1号", ["达市财社〔2022〕1号"]),
        ("渝经信发〔2020〕5号", ["渝经信发〔2020〕5号"]),
        ("根据经信发〔2020〕5号", ["经信发〔2020〕5号"]),
        ("为做好补贴工作渝民计发〔2020〕5号", ["渝民计发〔2020〕5号"]),
        ("渝财社2022年第155号", ["渝财社〔2022〕155号"]),
        ("渝财社2022〕155号", ["渝财社〔2022〕155号"]),
        ("（1998）财社字第12号", ["财社字〔1998〕12号"]),
        ("人社部令第5号", ["人力资源和社会保障部令第5号"]),
        ("人力资源社会保障部令第5号", ["人力资源和社会保障部令第5号"]),
        ("中华人民共和国国务院令第709号", ["国务院令第709号"]),
        ("主席令第七十三号", ["主席令第73号"]),
        ("会议通过国务院令第709号", ["国务院令第709号"]),
        ("经上海市人民政府令第1号", ["上海市人民政府令第1号"]),
        ("财政部第87号令", ["财政部令第87号"]),
        ("财政部公告2021年第12号", ["财政部公告2021年第12号"]),
        ("按照水利部令第49号执行", ["水利部令第49号"]),
        (
            "渝财社〔2022〕155-1号和渝财社〔2022〕155号",
            ["渝财社〔2022〕155号之一", "渝财社〔2022〕155号"],
        ),
        ("普发改投【2017】89号文", ["普发改投〔2017〕89号"]),
        (
            "沪财社〔2020〕12号 普府〔2020〕12号 普财预(2024)3号",
            ["沪财社〔2020〕12号", "普府〔2020〕12号", "普财预〔2024〕3号"],
        ),
        ("深财社〔2021〕5号、财社〔2021〕5号", ["深财社〔2021〕5号", "财社〔2021〕5号"]),
        ("关于做好补助工作的意见 国发〔2014〕45号", ["国发〔2014〕45号"]),
        ("下达补助的通知 财社〔2014〕45号", ["财社〔2014〕45号"]),
        ("渝财社〔2022〕155号文、156号文", ["渝财社〔2022〕155号", "渝财社〔2022〕156号"]),
        ("重庆市人民代表大会常务委员会公告第59号", ["重庆市人民代表大会常务委员会公告第59号"]),
    ],
)
def test_numbers_as_filings_print_them(text: str, numbers: list[str]) -> None:
    assert certain(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "工资〔2023〕年",
        "（二）2019年",
        "支出（2023）12.50万元",
        "渝财社（2023）155 万元",
        "渝财社（2023）1,155.00",
        "项目支出（2023）155号",
        "表（2023）3号",
        "附件（2022）1号",
        "50011023T000003175737",
        "电话（023）67891234",
        "2023年12号楼",
        "命令第3号",
        "121号",
    ],
)
def test_what_is_no_number_of_a_document(text: str) -> None:
    assert mentions_in(text, BOOK) == ()


WORDS = [
    "2023年",
    "一般公共预算",
    "支出",
    "155.00万元",
    "（2023）",
    "基本支出",
    "项目",
    "12",
    "号",
    "5",
    "人次",
    "比上年",
    "增加",
    "下降",
    "3.5%",
    "社会保障和就业支出",
    "（类）",
    "办公费",
    "区财政局",
    "安排",
    "主要用于",
    "、",
    "，",
    "。",
    "（一）",
    "50011023T000003175737",
    "表十一",
    "023-67891234",
    "[2022]",
    "〔2023〕",
    "合计",
    "无",
    "1、",
    "机关",
    "发放",
    "用于",
    "公务用车",
    "3",
    "辆",
    "单位",
    "第2季度",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_budget_prose_without_a_number_makes_none(text: str) -> None:
    assume(not re.search(r"[〔\[（][0-9]{4}[〕\]）]\s*\d", text))
    assert [m for m in mentions_in(text, BOOK) if m.kind is not MentionKind.VAGUE] == []


@given(st.sampled_from(["碚府测试发", "某县财测"]), st.integers(1, 999))
def test_an_unknown_code_is_kept_with_a_lower_score(code: str, serial: int) -> None:
    (mention,) = mentions_in(f"根据{code}〔2022〕{serial}号", BOOK)
    assert mention.number == DocumentNumber(issuer_code=code, year=2022, serial=serial)
    assert 0 < mention.score < 1
    assert not mentions_in(f"根据{code}〔2022〕{serial}", BOOK)


@given(
    st.sampled_from([code for code in KNOWN if code[0] not in PROVINCES]),
    st.sampled_from(PROVINCES),
    st.sampled_from(["", "根据", "由于", "遵照", "经"]),
    st.integers(1, 999),
)
def test_another_provinces_code_is_never_taken_for_a_known_one(
    code: str, province: str, lead: str, serial: int
) -> None:
    assume(province + code not in KNOWN and BOOK.sign_of(code) is None)
    (mention,) = mentions_in(f"{lead}{province}{code}〔2022〕{serial}号", BOOK)
    assert mention.number == DocumentNumber(issuer_code=province + code, year=2022, serial=serial)
    assert mention.score < 1


@pytest.mark.parametrize(
    "text",
    ["", "渝财社", "渝财社〔22〕1号", "〔2022〕1号", "渝财社〔2022〕号", "155", "国务院第709号"],
)
def test_what_is_no_number(text: str) -> None:
    assert number_in(text) is None
