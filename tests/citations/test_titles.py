"""Titles in 《》: nested, repeated, and together with their numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.citations.printer import BOOK

from fiscograph.citations import mentions_in, title_key
from fiscograph.citations.titles import title_spans

PIECES = st.lists(st.sampled_from([*"《》〈〉关于的通知，、 社会保险法"]), max_size=30).map("".join)
WORDS = st.text("关于做好印发就业补助资金管理办法通知", min_size=4, max_size=16)


@given(PIECES)
def test_spans_are_outermost_and_balanced(text: str) -> None:
    last = 0
    for start, end in title_spans(text):
        assert start >= last
        inner = text[start:end]
        assert inner.startswith("《")
        assert inner.endswith("》")
        assert inner.count("《") == inner.count("》")
        last = end


@given(WORDS, WORDS, st.sampled_from(["《{}的{}》", "《{}〈{}〉》", "《{}《{}》》"]))
def test_a_title_within_a_title_is_one_mention(outer: str, inner: str, style: str) -> None:
    title = style.format(outer, inner)
    (mention,) = mentions_in(f"根据{title}精神", BOOK)
    assert (mention.start, mention.end) == (2, 2 + len(title))
    assert mention.title == title[1:-1]
    assert mention.number is None


@pytest.mark.parametrize(
    "text",
    [
        "《关于印发就业补助资金管理办法的通知》（渝财规〔2019〕15号）",
        "《关于印发就业补助资金管理办法的通知》渝财规〔2019〕15号",
        "《渝财规〔2019〕15号关于印发就业补助资金管理办法的通知》",
        "《关于印发就业补助资金管理办法的通知》\n(渝财规【2019】15 号)",
        "《渝财规〔2019〕15号关于印发就业补助资金管理办法的通知》（渝财规〔2019〕15号）",
        "渝财规〔2019〕15号文《关于印发就业补助资金管理办法的通知》",
        "〈关于印发就业补助资金管理办法的通知〉（渝财规〔2019〕15号）",
        "<<关于印发就业补助资金管理办法的通知>>渝财规〔2019〕15号",
        "“关于印发就业补助资金管理办法的通知”（渝财规〔2019〕15号）",
        "《关于印发就业补助资金管理办法的通知》（重庆市财政局 渝财规〔2019〕15号）",
    ],
)
def test_a_number_within_or_after_its_title_is_one_mention(text: str) -> None:
    (mention,) = mentions_in(f"按照{text}", BOOK)
    assert str(mention.number) == "渝财规〔2019〕15号"
    assert mention.title == "关于印发就业补助资金管理办法的通知"
    assert mention.score == 1


def test_titles_with_numbers_in_one_sentence_keep_their_own() -> None:
    text = (
        "根据《关于妥善解决国有企业职教幼教退休教师待遇问题的通知》（渝国资发〔2011〕9号）及"
        "《关于做好2019上半年国有企业职教幼教退休教师生活补贴代发工作的通知》（渝社险发〔2019〕28号）"
    )
    assert [str(m.number) for m in mentions_in(text, BOOK)] == [
        "渝国资发〔2011〕9号",
        "渝社险发〔2019〕28号",
    ]


def test_a_number_after_the_next_title_is_not_the_first_one_s() -> None:
    first, second = mentions_in("《社会保险法》《实施细则》（渝财规〔2019〕15号）", BOOK)
    assert (first.title, first.number) == ("社会保险法", None)
    assert (second.title, str(second.number)) == ("实施细则", "渝财规〔2019〕15号")


@pytest.mark.parametrize(
    "printed",
    [
        "《中华人民共和国劳动争议调解仲裁法》",
        "《劳动争议调解仲裁法》",
        "劳动争议调解 仲裁法",
        "《中华人民共和国劳动争议\n调解仲裁法》",
    ],
)
def test_a_law_has_one_key_however_it_is_named(printed: str) -> None:
    assert title_key(printed) == "劳动争议调解仲裁法"


@given(WORDS, WORDS)
def test_two_titles_never_share_a_key(left: str, right: str) -> None:
    assert (title_key(f"《{left}》") == title_key(right)) == (left == right)
