"""Documents that are meant and not named, and what sentences say of two documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.citations.printer import BOOK, LISTS, NUMBERS

from fiscograph.budget import MentionKind, RelationKind
from fiscograph.citations import mentions_in, number_in, ties_in, title_core, titles_within


def vague(text: str) -> list[str]:
    return [text[m.start : m.end] for m in mentions_in(text, BOOK) if m.kind is MentionKind.VAGUE]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("未参保企业 121 号文生活补贴", ["121 号文"]),
        ("按照121号文件要求发放", ["121号文件"]),
        ("根据文件精神现有正高级专家80人", ["文件精神"]),
        ("按文件要求，为科学管理档案", ["文件要求"]),
        ("按照相关文件精神，确保社保待遇按时支付", ["相关文件精神"]),
        ("根据市财政局有关文件规定", ["市财政局有关文件规定"]),
        ("按照上级有关文件要求和该文件精神", ["上级有关文件要求", "该文件精神"]),
        ("按相关规定，贴息按比例分担", ["相关规定"]),
        ("根据国家有关政策规定发放", ["国家有关政策规定"]),
        ("根据“三定”方案，履行政府职能", ["“三定”方案"]),
        ("按照三定规定设置机构", ["三定规定"]),
        (
            "根据区财政局2022年运转性办公经费编制标准，人员补丁",
            ["区财政局2022年运转性办公经费编制标准"],
        ),
        ("持之以恒贯彻落实中央八项规定精神。", ["中央八项规定精神"]),
        ("和本区“预算绩效管理实施办法”的要求", ["“预算绩效管理实施办法”"]),
        ("按照《办法》发放", ["《办法》"]),
    ],
)
def test_a_document_that_is_meant_and_not_named_is_a_vague_mention(
    text: str, printed: list[str]
) -> None:
    assert vague(text) == printed
    assert all(m.score < 1 and m.number is None for m in mentions_in(text, BOOK))


@pytest.mark.parametrize(
    "text",
    [
        "单位按规定保留的公务用车",
        "就业资金按规定用于社会保险补贴",
        "按照上级的要求，认真做好工作",
        "根据部门职能职责",
        "按要求存档文件",
        "公务文件交换、日常工作开展",
        "按文件管理系统建设要求",
        "牵头拟订相关政策实施办法",
        "按照全市统一部署",
        "根据实际情况",
        "第121号文具柜",
        "2022年121号楼",
        "贯彻执行有关方针政策",
        "文件柜4个、打印文件500份",
    ],
)
def test_prose_that_means_no_document_makes_no_mention(text: str) -> None:
    assert mentions_in(text, BOOK) == ()


def test_a_number_s_own_words_make_no_vague_mention() -> None:
    assert (
        vague("根据渝财社〔2013〕312号文件精神，渝社险发〔2013〕38号文、《社会保险法》有关规定")
        == []
    )
    assert vague("根据渝府发（2006）2号文件要求") == []


@given(NUMBERS, st.sampled_from(["文件精神", "文件要求", "文件", "号文"]))
def test_words_after_a_number_are_the_number_s(number: object, words: str) -> None:
    text = f"根据{number}{words}发放补助"
    assert [m.kind for m in mentions_in(text, BOOK)] == [MentionKind.NUMBERED]


@pytest.mark.parametrize(
    "text",
    [
        "按《部门收支预算总表》填列",
        "刊登《重庆日报》",
        "签订《劳动合同》",
        "《审计报告》",
        "《法》",
    ],
)
def test_what_is_no_document_in_title_marks_makes_no_mention(text: str) -> None:
    assert mentions_in(text, BOOK) == ()


def test_a_title_that_is_never_closed_hides_none_after_it() -> None:
    text = "根据《关于A的办法（渝财社〔2022〕1号）和《就业补助资金管理办法》（渝财规〔2019〕15号）"
    assert [(str(m.number), m.title) for m in mentions_in(text, BOOK)] == [
        ("渝财社〔2022〕1号", None),
        ("渝财规〔2019〕15号", "就业补助资金管理办法"),
    ]


def test_a_number_within_a_title_is_another_document_unless_it_is_the_title_s_own() -> None:
    outer, inner = mentions_in(
        "《关于转发渝财社〔2022〕155号文件的通知》（潼财社发〔2022〕703号）", BOOK
    )
    assert (str(outer.number), outer.title) == (
        "潼财社发〔2022〕703号",
        "关于转发渝财社〔2022〕155号文件的通知",
    )
    assert (str(inner.number), inner.title) == ("渝财社〔2022〕155号", None)
    alone = mentions_in("《关于转发渝财社〔2022〕155号文件的通知》", BOOK)
    assert [(m.kind, str(m.number)) for m in alone] == [
        (MentionKind.TITLED, "None"),
        (MentionKind.NUMBERED, "渝财社〔2022〕155号"),
    ]
    (own,) = mentions_in("《关于印发就业补助资金管理办法的通知（渝财规〔2019〕15号）》", BOOK)
    assert (str(own.number), own.title) == (
        "渝财规〔2019〕15号",
        "关于印发就业补助资金管理办法的通知",
    )


def test_a_number_before_its_title_is_one_mention_and_before_a_law_it_is_not() -> None:
    (one,) = mentions_in("普发改投【2017】89号文《关于新建工程可行性研究报告的批复》", BOOK)
    assert one.title == "关于新建工程可行性研究报告的批复"
    assert str(one.number) == "普发改投〔2017〕89号"
    number, law = mentions_in("渝社险发〔2015〕11号《社会保险法》", BOOK)
    assert number.title is None
    assert law.number is None


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "根据《A资金管理办法》（渝财规〔2019〕15号），制定《B区实施细则》（潼财社发〔2022〕7号）",
            (RelationKind.BASED_ON, 1, 0),
        ),
        (
            "根据渝财规〔2019〕15号文件精神，结合我区实际，区财政局印发了潼财社发〔2022〕7号",
            (RelationKind.BASED_ON, 1, 0),
        ),
        (
            "为贯彻落实《A资金管理办法》（渝财规〔2019〕15号），我区制定了《B区实施细则》",
            (RelationKind.IMPLEMENTS, 1, 0),
        ),
        ("潼财社发〔2022〕7号转发渝财规〔2019〕15号", (RelationKind.FORWARDS, 0, 1)),
        ("按照《A资金管理办法》制定的《B区实施细则》", (RelationKind.BASED_ON, 1, 0)),
    ],
)
def test_a_sentence_that_ties_two_documents_is_read(
    text: str, tie: tuple[RelationKind, int, int]
) -> None:
    mentions = mentions_in(text, BOOK)
    assert [(t.kind, t.subject, t.object) for t in ties_in(text, mentions)] == [tie]


@pytest.mark.parametrize(
    "text",
    [
        "根据渝委老〔2004〕17号、渝办发〔2004〕1号精神，代发补助",
        "根据《A资金管理办法》（渝财规〔2019〕15号）及《B区实施细则》（潼财社发〔2022〕7号）",
        "根据《A资金管理办法》。制定《B区实施细则》",
        "落实《A资金管理办法》和《B区实施细则》",
    ],
)
def test_documents_that_are_only_named_together_are_not_tied(text: str) -> None:
    assert ties_in(text, mentions_in(text, BOOK)) == ()


@pytest.mark.parametrize(
    ("title", "within"),
    [
        (
            "某区人社局转发〈关于完善补助政策的通知〉及其条文解读的通知",
            (RelationKind.FORWARDS, "关于完善补助政策的通知"),
        ),
        (
            "关于转发市财政局关于做好补助工作的通知的通知",
            (RelationKind.FORWARDS, "市财政局关于做好补助工作的通知"),
        ),
        (
            "关于印发《重庆市就业补助资金管理办法》的通知",
            (RelationKind.PROMULGATES, "重庆市就业补助资金管理办法"),
        ),
        (
            "关于贯彻落实〈关于推进工作的意见〉的实施方案",
            (RelationKind.IMPLEMENTS, "关于推进工作的意见"),
        ),
        ("中华人民共和国预算法实施条例", (RelationKind.IMPLEMENTS, "预算法")),
    ],
)
def test_what_a_title_does_to_the_title_within_it(
    title: str, within: tuple[RelationKind, str]
) -> None:
    assert titles_within(title) == [within]


def test_a_title_that_does_nothing_to_another_says_so() -> None:
    assert titles_within("关于做好就业补助资金管理的通知") == []
    assert titles_within("关于〈办法〉有关问题的解释") == []


def test_the_issuing_bodies_are_no_part_of_a_title_s_core() -> None:
    bare = "关于完善机关事业单位工作人员遗属生活困难补助政策的通知"
    assert title_core(f"重庆市人力资源和社会保障局重庆市财政局{bare}") == title_core(bare)
    assert title_core("重庆市人民政府办公厅关于开展工作的通知") == "关于开展工作的通知"


def test_every_code_of_the_list_reads_as_itself() -> None:
    for code, issuer in LISTS.issuers.items():
        if not code.endswith(("令", "公告")):
            number = number_in(f"{code}〔2022〕1号", BOOK)
            assert number is not None
            assert number.issuer_code == issuer.canonical == code


PIECES = [
    "渝财社",
    "財社",
    "财社",
    "綦",
    "通川府发",
    "〔2022〕",
    "[2022]",
    "（2022）",
    "(",
    "【二〇二二】",
    "﹝",
    "﹞",
    "〔",
    "〕",
    "155号",
    "155",
    "号",
    "第",
    "、",
    "和",
    "41号",
    "《",
    "》",
    "〈",
    "〉",
    "“",
    "”",
    "关于",
    "的通知",
    "办法",
    "社会保险法",
    "令",
    "公告",
    "国务院令",
    "第七十三号",
    "十百",
    "〇",
    "٣",
    "²",
    "①",
    "１２３",
    "2022年",
    "文件精神",
    "121号文",
    "三定",
    "八项规定",
    "根据",
    "转发",
    "印发",
    "制定",
    "。",
    "，",
    "\u200b",
    "\u3000",
    "\n",
    "\t",
    "之一",
    "-1号",
    "八百零九号",
    "国办发",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    mentions = mentions_in(text, BOOK)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 < mention.score <= 1
        assert (mention.number is not None) == (mention.kind is MentionKind.NUMBERED)
        if mention.number is not None and mention.number_span is not None:
            first, last = mention.number_span
            assert mention.start <= first < last <= mention.end
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert len({(m.start, m.number, m.title) for m in mentions}) == len(mentions)
    for tie in ties_in(text, mentions):
        assert tie.subject != tie.object
    number_in(text, BOOK)
