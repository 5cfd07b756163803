"""What tells an indicator's operator is said beside it; a doubtful sign claims nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.golden.disclosed import NAMES, TONGCHUAN, facts_of

from fiscograph.assembly.indicators import performance_indicators
from fiscograph.budget import Operator, OperatorBasis, PerformanceIndicator
from fiscograph.forms import load_forms, read_layout
from fiscograph.tables import pages_of
from fiscograph.vocabulary.codelists import load_code_lists

HEADER = """项目支出绩效目标表
项目名称\t某项目
一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\t指标方向性
"""
SURE = {
    OperatorBasis.PRINTED,
    OperatorBasis.VARIANT,
}


def indicator(sign: str, value: str, direction: str) -> PerformanceIndicator:
    text = f"{HEADER}产出指标\t数量指标\t培训人数\t{sign}\t{value}\t人\t10\t{direction}"
    book = load_forms()
    (sheet,) = read_layout(pages_of(tuple(text.split("\n"))), book, load_code_lists()).sheets
    (found,) = performance_indicators([("key", sheet.indicators)], book.sheet, "a" * 64)
    return found


@pytest.mark.parametrize(
    ("sign", "direction", "operator", "basis"),
    [
        ("≥", "", Operator.AT_LEAST, OperatorBasis.PRINTED),
        ("=", "正向指标", Operator.EQUAL, OperatorBasis.PRINTED),
        ("定性", "", Operator.QUALITATIVE, OperatorBasis.PRINTED),
        ("≧", "", Operator.AT_LEAST, OperatorBasis.VARIANT),
        ("＝", "", Operator.EQUAL, OperatorBasis.VARIANT),
        ("不低于", "", Operator.AT_LEAST, OperatorBasis.VARIANT),
        ("€", "反向指标", Operator.AT_MOST, OperatorBasis.MISREAD),
        ("«", "", Operator.AT_MOST, OperatorBasis.MISREAD),
        ("\\leq", "", Operator.AT_MOST, OperatorBasis.MISREAD),
        ("", "正向指标", Operator.AT_LEAST, OperatorBasis.DIRECTION),
        ("", "反向", Operator.AT_MOST, OperatorBasis.DIRECTION),
        ("之", "正向指标", Operator.AT_LEAST, OperatorBasis.DIRECTION),
    ],
)
def test_the_operator_says_what_told_it(
    sign: str, direction: str, operator: Operator, basis: OperatorBasis
) -> None:
    found = indicator(sign, "100", direction)
    assert (found.operator, found.operator_basis) == (operator, basis)
    assert found.operator_printed == (sign or None)
    assert (found.target, found.unit, found.weight) == ("100", "人", "10")


@pytest.mark.parametrize(
    ("sign", "value", "direction"),
    [
        ("€", "100", "正向指标"),  # what recognition made of it contradicts the direction
        ("之", "100", ""),
        ("", "100", ""),
        ("", "100", "适度指标"),
        ("", "持续提升", "正向指标"),  # a direction compares numbers
    ],
)
def test_a_doubtful_sign_claims_no_operator(sign: str, value: str, direction: str) -> None:
    found = indicator(sign, value, direction)
    assert (found.operator, found.operator_basis) == (None, None)
    assert found.operator_printed == (sign or None)
    assert found.target == value


@pytest.mark.parametrize("name", NAMES)
def test_every_operator_of_the_filings_has_a_basis(name: str) -> None:
    for one in facts_of(name).indicators:
        assert (one.operator is None) == (one.operator_basis is None)
        same = one.operator is not None and one.operator_printed == one.operator.value
        assert same == (one.operator_basis is OperatorBasis.PRINTED)
        assert one.operator_basis in SURE or one.operator_printed in {"€", "«", "\\leq"}


def test_what_recognition_made_of_a_sign_is_told_apart() -> None:
    bases = Counter(one.operator_basis for one in facts_of(TONGCHUAN).indicators)
    assert bases == {
        OperatorBasis.PRINTED: 12,
        OperatorBasis.VARIANT: 2,
        OperatorBasis.MISREAD: 4,
    }
