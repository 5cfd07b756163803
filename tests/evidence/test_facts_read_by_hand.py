"""The program against facts that were read by hand from the disclosed filings.

The tables beside this file were typed from the filings' text alone, never from what the program
makes of it. ``certain`` means that the column is forced, ``why`` by what:

- ``drawn``: the source draws the cells; ``order``: the numbers fill their columns one after another;
- ``tree``, ``cross``, ``rows-sum``: sums of rows and columns, other tables of the filing;
- ``label``: the field's label stands beside it; ``words``: the row's own words name the column
  (年初专项 under 年初特定目标), which sums alone would not settle;
- ``narrative``: only the text before the tables tells it;
- ``class``: the economic class is 人员经费 by its definition.

``open`` means that the filing leaves it open (``contested``: the row's own sums and the narrative
cannot both hold); ``column`` is then only the likeliest reading.

In ``citations.csv`` a ``vague`` row quotes in ``printed`` what names no document (121号文), and says
in ``means`` which document of the filing it can only be; which phrases count is settled in
docs/explanation/citations.md.
"""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.golden.disclosed import NAMES, facts_of, lines_of

from fiscograph.budget import MentionKind, Placement, PolicyKey, PrintedAmount, Unit
from fiscograph.citations import number_in, title_key

HERE = Path(__file__).parent
CLAIMED = (Placement.PRINTED, Placement.PROVED)
SIDES = {"收入": "income/", "支出": "expenditure/"}
MONEY = {"元": Unit.YUAN, "万元": Unit.TEN_THOUSAND_YUAN}
TWO_SIDED = ("appropriation-balance", "department-balance")

Row = dict[str, str]


@cache
def evidence(table: str, name: str) -> tuple[Row, ...]:
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(row for row in csv.DictReader(handle) if row["file"] == f"{name}.txt")


def plain(printed: str) -> str:
    return printed.replace(",", "").replace(" ", "")


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def spot(row: Row) -> tuple[int, int]:
    return int(row["line"]), int(row["start"])


@cache
def amounts_of(name: str) -> dict[tuple[int, int], PrintedAmount]:
    return {(a.place.line, a.place.start): a for a in facts_of(name).printed_amounts}


def column_of(amount: PrintedAmount) -> str:
    side = SIDES.get(amount.column[0], "") if amount.form in TWO_SIDED else ""
    return f"{side}{amount.column_key}"


def told(row: Row) -> tuple[str, str]:
    return row["column"], row["year"] or "2023"


def read(amount: PrintedAmount) -> tuple[str, str]:
    return column_of(amount), str(amount.fiscal_year)


@pytest.mark.parametrize("name", NAMES)
def test_the_evidence_quotes_the_filing(name: str) -> None:
    lines = lines_of(name)
    for row in evidence("printed_amounts", name):
        line, start = spot(row)
        assert lines[line - 1][start - 1 :].startswith(row["printed"]), row


TREES = (
    "general-public-expenditure",
    "department-expenditure",
    "department-revenue",
    "basic-expenditure",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_evidence_closes_from_the_items_to_the_classes_in_every_column(name: str) -> None:
    cells = {
        (row["form"], row["column"], row["year"], row["row_code"]): Decimal(plain(row["printed"]))
        for row in evidence("printed_amounts", name)
        if row["form"] in TREES and row["row_code"] and row["row_label"] != "其他优抚支出"
    }
    rows = {(form, year, code) for form, _, year, code in cells}
    for form, year, code in rows:
        below = [c for f, y, c in rows if (f, y, c[:-2]) == (form, year, code)]
        for column in {key[1] for key in cells if below and key[0] == form and key[2] == year}:
            parts = [cells.get((form, column, year, one), Decimal(0)) for one in below]
            whole = cells.get((form, column, year, code), Decimal(0))
            slack = (len(parts) + 1) * Decimal("0.005")
            assert abs(sum(parts) - whole) <= slack, (form, column, year, code)


@pytest.mark.parametrize("name", NAMES)
def test_the_amounts_of_the_tables_are_those_read_by_hand_no_more_and_no_fewer(name: str) -> None:
    by_hand = {
        (*spot(row), row["printed"], row["form"]) for row in evidence("printed_amounts", name)
    }
    by_program = {(*at, a.printed, a.form or "") for at, a in amounts_of(name).items()}
    assert by_hand - by_program == set()
    assert by_program - by_hand == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_has_the_value_and_the_unit_read_by_hand(name: str) -> None:
    wrong = [
        (row["line"], row["printed"], row["money"], amount.amount)
        for row in evidence("printed_amounts", name)
        if (amount := amounts_of(name)[spot(row)]).amount.value != Decimal(plain(row["printed"]))
        or MONEY[row["money"]] != amount.amount.unit
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_no_amount_printed_or_proved_stands_in_another_column(name: str) -> None:
    wrong = [
        (row["line"], row["printed"], told(row), read(amount), amount.placement.value)
        for row in evidence("printed_amounts", name)
        if (amount := amounts_of(name)[spot(row)]).placement in CLAIMED
        and read(amount) != told(row)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_no_amount_that_the_filing_leaves_open_is_proved(name: str) -> None:
    claimed = [
        (row["line"], row["printed"], read(amount), amount.placement.value)
        for row in evidence("printed_amounts", name)
        if row["certainty"] == "open"
        and (amount := amounts_of(name)[spot(row)]).placement in CLAIMED
    ]
    assert claimed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_stands_in_the_row_whose_code_and_label_are_printed(name: str) -> None:
    wrong = [
        (row["line"], row["printed"], row["row_code"], row["row_label"], amount.row_label)
        for row in evidence("printed_amounts", name)
        if ((amount := amounts_of(name)[spot(row)]).row_code or "") != row["row_code"]
        or not squeezed(amount.row_label).endswith(squeezed(row["row_label"]))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_what_the_filing_forces_is_printed_or_proved_and_not_chosen(name: str) -> None:
    unproved = Counter(
        (row["form"], row["why"])
        for row in evidence("printed_amounts", name)
        if row["certainty"] == "certain" and amounts_of(name)[spot(row)].placement not in CLAIMED
    )
    assert unproved == Counter()


@pytest.mark.parametrize("name", NAMES)
def test_what_the_filing_forces_stands_in_no_other_column_whatever_is_claimed(name: str) -> None:
    wrong = [
        (row["line"], row["printed"], told(row), read(amount))
        for row in evidence("printed_amounts", name)
        if row["certainty"] == "certain"
        and read(amount := amounts_of(name)[spot(row)]) != told(row)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_the_projects_are_those_read_by_hand(name: str) -> None:
    left = list(facts_of(name).projects)
    for row in evidence("projects", name):
        names = {squeezed(one) for one in row["names"].split("|")}
        (project,) = (
            one
            for one in left
            if (one.code or "") == row["code"]
            and squeezed(one.name) in names
            and one.amount_place is not None
            and str(one.amount_place.line) in row["line"].split("|")
        )
        left.remove(project)
        assert project.amount is not None
        assert str(project.amount.value) == plain(row["amount"])
        assert project.unit is not None
        assert project.unit.body in row["unit_code"].split("|"), row
        for part in ("upper", "own"):
            funds = project.part(part)
            assert (str(funds.amount.value) if funds else "") == plain(row[part]), (row, part)
        for printed, read_as in (("starts", project.starts), ("ends", project.ends)):
            assert squeezed(read_as) == row[printed], (row, printed)
        if row["category"]:
            assert project.category == row["category"], row
    assert left == []


@pytest.mark.parametrize("name", NAMES)
def test_the_indicators_are_those_read_by_hand(name: str) -> None:
    facts = facts_of(name)
    whose = {project.key: project.code or project.name for project in facts.projects}
    by_program = {
        one.place.line: {
            "of": whose[one.project] if one.project else "整体",
            "level1": squeezed(one.level1),
            "level2": squeezed(one.level2),
            "name": squeezed(one.name),
            "operator": one.operator.value if one.operator else "",
            "operator_printed": one.operator_printed or "",
            "target": one.target or "",
            "unit": one.unit or "",
            "weight": one.weight or "",
            "direction": one.direction or "",
            "core": one.core or "",
        }
        for one in facts.indicators
    }
    assert len(by_program) == len(facts.indicators)
    by_hand = {int(row["line"]): row for row in evidence("indicators", name)}
    assert by_program.keys() == by_hand.keys()
    for line, row in by_hand.items():
        # A cell into which its neighbour has run is no measure of the reader.
        kept = [key for key in by_program[line] if row["certainty"] == "certain" or key != "level2"]
        got = {key: by_program[line][key] for key in kept}
        assert got == {key: row[key] for key in kept}, line


def bare(title: str | None) -> str:
    return squeezed(title).strip("《》")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", MentionKind)
def test_the_citations_are_those_read_by_hand(kind: MentionKind, name: str) -> None:
    """Numbered, titled and vague ones apart; vague ones by what is printed."""
    vague = kind is MentionKind.VAGUE
    by_program = Counter(
        (c.place.line, str(c.number or ""), bare(c.title), c.field, c.cited_by)
        + ((squeezed(c.printed),) if vague else ())
        for c in facts_of(name).citations
        if c.kind is kind
    )
    by_hand = Counter(
        (int(row["line"]), row["number"], bare(row["title"]), row["field"], row["cited_by"])
        + ((squeezed(row["printed"]),) if vague else ())
        for row in evidence("citations", name)
        if row["kind"] == kind
    )
    assert by_program - by_hand == Counter()
    assert by_hand - by_program == Counter()


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_number_is_one_document_and_no_other(name: str) -> None:
    for citation in facts_of(name).citations:
        if citation.kind is MentionKind.NUMBERED:
            assert citation.policy == PolicyKey(number=citation.number)
            assert citation.printed_number is not None
            assert citation.printed_number in citation.printed
            assert number_in(citation.printed_number) == citation.number
        elif citation.kind is MentionKind.TITLED:
            assert citation.policy == PolicyKey(title=title_key(citation.title or ""))
            assert citation.score < 1


@pytest.mark.parametrize("name", NAMES)
def test_a_vague_mention_means_what_was_read_by_hand_and_is_never_certain(name: str) -> None:
    by_program = {
        (c.place.line, squeezed(c.printed)): str(c.policy.number) if c.policy else ""
        for c in facts_of(name).citations
        if c.kind is MentionKind.VAGUE
    }
    by_hand = {
        (int(row["line"]), squeezed(row["printed"])): row["means"]
        for row in evidence("citations", name)
        if row["kind"] == MentionKind.VAGUE
    }
    assert by_program == by_hand
    assert all(c.score < 1 for c in facts_of(name).citations if c.kind is MentionKind.VAGUE)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_citation_prints_stands_at_its_place(name: str) -> None:
    lines = lines_of(name)
    for citation in facts_of(name).citations:
        place = citation.place
        here = lines[place.line - 1][place.start - 1 : place.end]
        assert here
        assert citation.printed.startswith(here), citation


@pytest.mark.parametrize("name", NAMES)
def test_no_finding_points_where_no_contradiction_was_seen(name: str) -> None:
    seen = {
        int(line) for row in evidence("contradictions", name) for line in row["lines"].split("|")
    }
    undeserved = [
        (finding.rule, finding.lines, finding.message_zh)
        for finding in facts_of(name).findings
        if not seen.intersection(finding.lines)
    ]
    assert undeserved == []


@pytest.mark.parametrize("name", NAMES)
def test_every_contradiction_has_a_finding_but_those_that_are_owed(name: str) -> None:
    """``owed.csv`` lists what no finding tells yet; what is told by now has to leave it."""
    pointed_at = [set(finding.lines) for finding in facts_of(name).findings]
    missed = [
        (row["kind"], row["lines"])
        for row in evidence("contradictions", name)
        if row["weight"] == "contradiction"
        and not any(
            lines.intersection(int(line) for line in row["lines"].split("|"))
            for lines in pointed_at
        )
    ]
    assert missed == [(row["kind"], row["lines"]) for row in evidence("owed", name)]
