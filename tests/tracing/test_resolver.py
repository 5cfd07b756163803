"""Precision first: a whole number or title names one document, a part of either never does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.tracing import Document, Documents, Found, resolve
from fiscograph.tracing.number import numbers_in, parts_of
from fiscograph.vocabulary.codelists import issuer_rows


def document(
    number: tuple[str, int | None, int] | None, *titles: str, region: str = ""
) -> Document:
    code, year, serial = number or (None, None, None)
    label = f"{code}第{serial}号" if year is None else f"{code}〔{year}〕{serial}号"
    return Document(
        iri=f"https://made.example/policy/{region}{label if number else titles[0]}",
        number=label if number else None,
        title=titles[0] if titles else None,
        titles=titles,
        issuer=None,
        issuer_code=code,
        year=year,
        serial=serial,
        level=None,
    )


def notice(code: str, year: int, serial: int) -> Document:
    number = f"{code}{year}年第{serial}号"
    return replace(
        document((code, year, serial)), iri=f"https://made.example/{number}", number=number
    )


def part_of_one(code: str, year: int, serial: int, part: str) -> Document:
    number = f"{code}〔{year}〕{serial}号之{part}"
    return replace(
        document((code, year, serial)), iri=f"https://made.example/{number}", number=number
    )


EMPLOYMENT = document(("渝财社", 2022, 155), "重庆市财政局关于提前下达2023年就业补助资金预算的通知")
LAW = document(None, "中华人民共和国社会保险法")
KNOWN = (
    EMPLOYMENT,
    document(("渝财社", 2022, 170)),
    document(("渝财社", 2013, 312)),
    document(("渝财规", 2019, 15), "重庆市就业补助资金管理办法"),
    document(("渝人社发", 2022, 155)),
    document(("渝府发", 2005, 121)),
    document(("国务院令", None, 586), "工伤保险条例"),
    notice("财政部公告", 2021, 12),
    part_of_one("渝财社", 2020, 33, "一"),
    document(("渝财社", 2020, 33)),
    document(("区府发", 2022, 1), region="500109/"),
    document(("区府发", 2022, 1), region="500110/"),
    LAW,
)
DOCUMENTS = Documents(by_iri={one.iri: one for one in KNOWN})
OPEN, CLOSE = "〔[【（(〈<［﹝{「", "〕]】）)〉>］﹞}」"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "typed",
    [
        "渝财社[2022]155",
        "渝财社2022155",
        "渝财社2022-155",
        "渝财社 2022 155",
        "渝财社2022年155号",
        "根据渝财社〔2022〕155号",
        "重庆市财政局关于提前下达2023年就业补助资金预算的通知",
        "《关于提前下达2023年就业补助资金预算的通知》",
        "关于提前下达 2023 年就业补助资金预算的通知",
        "《关于提前下达2023年就业补助资金预算的通知》（渝财社〔2022〕155号）",
        "《一个别的标题》（渝财社〔2022〕155号）",
    ],
)
def test_a_whole_number_or_title_names_its_document(typed: str) -> None:
    found = resolve(DOCUMENTS, typed)
    assert found.found is Found.EXACT
    assert found.document == EMPLOYMENT


@pytest.mark.parametrize("typed", ["社会保险法", "《社会保险法》", "中华人民共和国社会保险法"])
def test_a_document_without_a_number_is_named_by_its_title(typed: str) -> None:
    assert resolve(DOCUMENTS, typed).document == LAW


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("财政部公告2021年第12号", "财政部公告2021年第12号"),
        ("财政部公告〔2021〕12号", "财政部公告2021年第12号"),
        ("渝财社〔2020〕33号之一", "渝财社〔2020〕33号之一"),
        ("渝财社[2020]33-1", "渝财社〔2020〕33号之一"),
        ("渝财社[2020]33", "渝财社〔2020〕33号"),
    ],
)
def test_notices_and_sub_numbers_name_their_own_document(typed: str, number: str) -> None:
    found = resolve(DOCUMENTS, typed).document
    assert found is not None
    assert found.number == number


def test_a_sub_number_that_is_not_known_is_not_its_main_number() -> None:
    found = resolve(DOCUMENTS, "渝财社〔2022〕155号之二")
    assert found.document is None
    assert found.nearest[0].document == EMPLOYMENT


@pytest.mark.parametrize("typed", ["财政部公告第12号", "财政部公告12号"])
def test_a_notice_without_its_year_is_only_a_candidate(typed: str) -> None:
    found = resolve(DOCUMENTS, typed)
    assert found.document is None
    assert [one.document.number for one in found.candidates] == ["财政部公告2021年第12号"]


@pytest.mark.parametrize(
    "typed",
    [
        "国务院令第586号",
        "国务院令586号",
        "国务院令 第 586 号",
        "国务院第586号令",
        "国务院令第五百八十六号",
    ],
)
def test_a_number_without_a_year_is_whole_where_the_document_has_none(typed: str) -> None:
    found = resolve(DOCUMENTS, typed).document
    assert found is not None
    assert found.number == "国务院令第586号"


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("2022 155", 2),
        ("〔2022〕155号", 2),
        ("155号", 2),
        ("155", 2),
        ("渝财社155号", 1),
        ("渝财社〔2022〕", 2),
        ("渝财社", 5),
        ("就业补助资金", 2),
        ("关于提前下达", 1),
        ("区府发〔2022〕1号", 2),
        ("《社会保险法》（渝财社〔2022〕155号）", 2),
        ("渝财社〔2022〕155号、渝财社〔2022〕170号", 2),
        ("渝财社〔2022〕155号、170号", 2),
    ],
)
def test_a_part_or_several_are_candidates_even_where_one_fits(typed: str, count: int) -> None:
    found = resolve(DOCUMENTS, typed)
    assert found.found is Found.CANDIDATES
    assert found.document is None
    assert len(found.candidates) == found.candidates_in_all == count
    assert all(one.why_zh and one.why_en for one in found.candidates)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("渝财社〔2022〕156号", "渝财社〔2022〕155号"),
        ("渝财社〔2022〕515号", "渝财社〔2022〕155号"),
        ("渝财社〔2202〕155号", "渝财社〔2022〕155号"),
        ("渝财杜〔2022〕155号", "渝财社〔2022〕155号"),
        ("川财社〔2022〕155号", "渝财社〔2022〕155号"),
        ("渝财〔2022〕155号", "渝财社〔2022〕155号"),
        ("市渝府发〔2005〕121号", "渝府发〔2005〕121号"),
        ("社会保险发", "《中华人民共和国社会保险法》"),
    ],
)
def test_a_near_miss_names_no_document_and_lists_the_nearest(typed: str, nearest: str) -> None:
    found = resolve(DOCUMENTS, typed)
    assert found.found is Found.NONE
    assert found.document is None
    assert found.nearest[0].document.label == nearest
    assert all(one.score < 1 for one in found.nearest)


@pytest.mark.parametrize(
    "typed",
    ["渝财社〔2O22〕155号", "渝财社[2022]l55", "渝财社〔2022〕1S5号", "根据渝财社〔20Z2〕I55号"],
)
def test_letters_that_look_like_digits_make_a_candidate_and_never_a_link(typed: str) -> None:
    documents = Documents(by_iri={one.iri: one for one in (*KNOWN, document(("渝财社", 2022, 1)))})
    found = resolve(documents, typed)
    assert found.found is Found.CANDIDATES
    assert [(one.document, one.score) for one in found.candidates] == [(EMPLOYMENT, 0.9)]


JOINT = document(("财政部人力资源和社会保障部令", None, 100))
LAST = document(("人力资源和社会保障部令", None, 100))


@pytest.mark.parametrize(
    "typed",
    [
        "财政部、人力资源社会保障部令第100号",
        "财政部 人社部令第100号",
        "根据财政部和人力资源和社会保障部令第一百号",
        "中华人民共和国财政部、人社部令第100号",
    ],
)
def test_an_order_of_several_bodies_is_not_that_of_the_last(typed: str) -> None:
    assert resolve(Documents(by_iri={LAST.iri: LAST}), typed).document is None
    both = Documents(by_iri={one.iri: one for one in (LAST, JOINT)})
    assert resolve(both, typed).document == JOINT
    assert resolve(both, typed.replace("令", "")).document is None


def test_an_order_of_a_body_that_no_list_has_is_no_other_bodys() -> None:
    known = document(("政府令", None, 3))
    typed = "某某县人民政府令第3号"
    assert resolve(Documents(by_iri={known.iri: known}), typed).document is None


@pytest.mark.parametrize("typed", ["", " ", "号", "〔〕", "?", "x" * 5000, "《》", "\u202e"])
def test_nothing_typed_names_nothing(typed: str) -> None:
    found = resolve(DOCUMENTS, typed)
    assert found.document is None


codes = st.text(alphabet="渝川碚綦潼财社人府办发函规", min_size=2, max_size=6)
numbers = st.tuples(codes, st.integers(1985, 2030), st.integers(1, 9999))


@given(
    st.lists(numbers, min_size=1, max_size=8, unique=True),
    st.data(),
)
def test_every_style_of_a_number_names_its_own_document_and_no_other(
    pool: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    made = [document(number) for number in pool]
    documents = Documents(by_iri={one.iri: one for one in made})
    at = data.draw(st.integers(0, len(pool) - 1))
    code, year, serial = pool[at]
    bracket = data.draw(st.integers(0, len(OPEN) - 1))
    space = data.draw(st.sampled_from(["", " ", "\u3000", "\u200b"]))
    mark = data.draw(st.sampled_from(["", "号"]))
    printed = f"{code}{space}{OPEN[bracket]}{year}{CLOSE[bracket]}{space}{serial}{mark}"
    if data.draw(st.booleans()):
        printed = printed.translate(WIDE)
    assert resolve(documents, printed).document == made[at]
    assert resolve(documents, f"{code}{year}{serial}").document == made[at]


@given(st.lists(numbers, min_size=1, max_size=8, unique=True), numbers)
def test_a_number_that_the_release_does_not_know_names_none(
    pool: list[tuple[str, int, int]], other: tuple[str, int, int]
) -> None:
    made = [document(number) for number in pool if number != other]
    documents = Documents(by_iri={one.iri: one for one in made})
    code, year, serial = other
    assert resolve(documents, f"{code}〔{year}〕{serial}号").document is None


@given(st.text(max_size=60))
def test_any_text_is_answered(typed: str) -> None:
    found = resolve(DOCUMENTS, typed)
    assert (found.found is Found.EXACT) == (found.document is not None)
    assert (found.found is Found.CANDIDATES) == bool(found.candidates)


def test_several_numbers_are_read_and_parts_have_their_readings() -> None:
    assert [str(one) for one in numbers_in("渝财社[2022]155、渝财规【2019】15号")] == [
        "渝财社〔2022〕155号",
        "渝财规〔2019〕15号",
    ]
    assert [str(one) for one in parts_of("2022")] == ["〔2022〕", "2022号"]
    assert [str(one) for one in parts_of("2022号")] == ["2022号"]
    assert parts_of("就业补助") == ()


SAME = {row["daizi"]: row["same_as"] for row in issuer_rows() if row.get("same_as")}
ONE_OF_EACH = tuple(
    document((code, None, serial))
    for code in sorted({*SAME.values(), "财政部令", "公安部令"} - {"国家税务总局公告"})
    for serial in (1, 2)
)
ORDERS = Documents(by_iri={one.iri: one for one in ONE_OF_EACH})


@given(st.sampled_from(sorted(SAME)), st.integers(1, 3), st.booleans())
def test_every_name_of_an_issuer_names_its_document_and_no_other(
    code: str, serial: int, state: bool
) -> None:
    typed = f"{'中华人民共和国' if state else ''}{code}第{serial}号"
    found = resolve(ORDERS, typed).document
    wanted = (SAME[code], serial)
    known = {(one.issuer_code, one.serial): one for one in ONE_OF_EACH}
    assert found == known.get(wanted)


def test_no_two_bodies_share_a_name() -> None:
    bodies = {row["daizi"]: row["issuing_body"] for row in issuer_rows()}
    assert all(bodies[code] == bodies[full] for code, full in SAME.items())
    assert not set(SAME) & set(SAME.values())
    codes = {one.issuer_code for one in ONE_OF_EACH}
    assert len({one.iri for one in ONE_OF_EACH}) == 2 * len(codes)
