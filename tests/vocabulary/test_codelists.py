"""The code lists: what they hold, what they call it, and that their files are what they make."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph import codelists, resources
from fiscograph.budget import Concept, ConceptKey, Scheme, label_key
from fiscograph.identifiers import Identifiers
from fiscograph.vocabulary.codelists import load_code_lists, rows
from fiscograph.vocabulary.cofog import cofog_links, nearest_link
from fiscograph.vocabulary.concepts import (
    depth_of,
    labels_of,
    listed,
    parent_of,
    schemes,
    with_ancestors,
)
from fiscograph.vocabulary.printed_names import indicator_level, project_type

LISTS = load_code_lists()
IDS = Identifiers(base="https://fiscograph.example/")
REGIONS = st.from_regex(r"[1-8][0-9]{5}", fullmatch=True)
EVERY = [concept for scheme in schemes() for concept in listed(scheme).values()]


def key(scheme: Scheme, notation: str, edition: int | None = None) -> ConceptKey:
    return ConceptKey(scheme=scheme.value, edition=edition, notation=notation)


def test_the_files_are_what_the_tables_make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = codelists.generated()
    assert {path.stem for path in made} == set(schemes())
    assert [path.name for path, text in made.items() if path.read_text("utf-8") != text] == []
    monkeypatch.setattr(codelists, "generated", lambda: {tmp_path / "fund.ttl": "other\n"})
    monkeypatch.setattr(resources, "codelists", lambda: tmp_path)
    assert codelists.main(["--check"]) == 1
    assert "fund.ttl" in capsys.readouterr().err
    (tmp_path / "old.ttl").write_text("", "utf-8")
    assert codelists.main([]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fund.ttl"]
    assert codelists.main(["--check"]) == 0


def test_every_parent_is_listed_and_every_support_is_defined() -> None:
    words = {"printed", "published", "recalled-high", "recalled-medium", "recalled-low"}
    for concept in EVERY:
        assert concept.parent is None or parent_of(concept) is not None, concept
        assert concept.support in {*words, "local", "defined"}, concept
        assert (concept.support == "local") == (concept.key.region is not None), concept
    assert len(EVERY) > 8_000


def test_a_list_of_someone_else_says_where_it_is_from() -> None:
    ours = {"defined"}
    assert [one.key for one in EVERY if one.support not in ours and one.source is None] == []


@pytest.mark.parametrize(
    "scheme",
    [
        *("budget-phase", "cofog", "departmental-economic", "document-kind", "fund"),
        *(
            "function",
            "government-economic",
            "indicator-level",
            "operation-character",
            "project-type",
        ),
        *("revenue-source", "rule", "spending-type", "three-public"),
    ],
)
def test_a_list_is_translated_and_says_by_whom(scheme: str) -> None:
    for one in listed(scheme).values():
        assert one.label_en, one
        assert one.label_basis == ("official" if scheme == "cofog" else "ours"), one


def test_no_translation_is_of_a_name_that_no_list_has() -> None:
    known = {(one.key.scheme, label_key(one.names[0])) for one in EVERY}
    seen = [(row["scheme"], label_key(row["label_zh"])) for row in rows("translations")]
    assert set(seen) <= known
    assert len(seen) == len(set(seen))


def test_labels_are_asked_for_by_key() -> None:
    labels = labels_of(key(Scheme.FUNCTION, "208", 2023))
    assert labels is not None
    assert (labels.zh, labels.en, labels.basis) == (
        "社会保障和就业支出",
        "Social security and employment",
        "ours",
    )
    assert labels_of(key(Scheme.FUNCTION, "208", 1998)) is None
    assert labels_of(ConceptKey(scheme="no-such-list", edition=None, notation="1")) is None


def test_a_concept_brings_its_ancestors() -> None:
    found = with_ancestors([key(Scheme.FUNCTION, "2080101", 2023), key(Scheme.FUND, "GPB")])
    assert {one.key.notation for one in found} == {"2080101", "20801", "208", "GPB", "GOV"}


# Codes that only a region knows


@given(REGIONS, REGIONS, st.sampled_from(["30223", "30112-工伤保险", "3029901"]))
def test_two_regions_never_share_a_local_code(one: str, other: str, notation: str) -> None:
    keys = [LISTS.key(Scheme.ECONOMIC, 2023, notation, region) for region in (one, other)]
    iris = {IDS.concept(key) for key in keys}
    assert len(iris) == len({one, other})
    assert f"/2023-{one}/" in IDS.concept(keys[0])


@given(REGIONS, st.sampled_from(sorted(LISTS.economic.by_code)), st.integers(2019, 2030))
def test_a_national_code_is_the_same_everywhere(region: str, code: str, year: int) -> None:
    assert LISTS.key(Scheme.ECONOMIC, year, code, region).region is None


def test_a_code_seen_in_another_edition_is_a_national_one_of_that_edition_alone() -> None:
    assert LISTS.key(Scheme.FUNCTION, 2024, "20139", "310107").region is None
    assert LISTS.key(Scheme.FUNCTION, 2023, "20139", "310107").region == "310107"


# Names


def named(support: str, *printed: str) -> Concept:
    return Concept(
        key=key(Scheme.FUNCTION, "2080101", 2023),
        labels=("其他就业补助支出",),
        label_en=None,
        parent=None,
        support=support,
        printed=printed,
    )


def test_a_printed_name_goes_before_one_that_is_only_recalled_and_both_are_kept() -> None:
    assert named("recalled-high", "就业见习补贴").names == ("就业见习补贴", "其他就业补助支出")
    assert named("printed", "就业见习补贴").names == ("其他就业补助支出", "就业见习补贴")


@pytest.mark.parametrize("printed", ["其他就业补助", "其他 就业补助支出", "（其他就业补助支出）"])
def test_a_name_that_is_cut_off_or_set_otherwise_does_not_disagree(printed: str) -> None:
    assert named("recalled-medium", printed).names[0] == "其他就业补助支出"


# Levels of indicators and types of projects, by what is printed


@pytest.mark.parametrize(
    ("level1", "level2", "notation"),
    [
        ("产出指标", "数量指标", "数量指标"),
        ("产出", "数量", "数量指标"),
        ("产出指标", "成本指标", "产出成本指标"),
        ("成本指标", "经济成本指标", "经济成本指标"),
        ("成本指标", None, "成本指标"),
        ("效益指标", "社会效益", "社会效益指标"),
        ("满意度指标", "满意度指标", "满意度指标"),
        ("满意度指标", "读者满意度指标", "满意度指标"),
        ("效益指标", "数量指标", "效益指标"),
        (None, "数量指标", "数量指标"),
    ],
)
def test_an_indicator_has_the_finest_level_that_is_listed(
    level1: str | None, level2: str | None, notation: str
) -> None:
    found = indicator_level(level1, level2)
    assert found is not None
    assert found.notation == notation


@given(st.text(alphabet="甲乙丙丁戊己", max_size=6), st.text(alphabet="甲乙丙丁戊己", max_size=6))
def test_names_that_no_list_knows_get_no_link(level1: str, level2: str) -> None:
    assert indicator_level(level1, level2) is None
    assert project_type(level1) is None


def test_a_project_type_is_found_by_any_of_its_printed_names() -> None:
    found = {project_type(name) for name in ("运转类", "运转性项目", "运转类项目")}
    assert found == {key(Scheme.PROJECT_TYPE, "运转类")}


# COFOG


def test_a_concept_has_the_link_of_the_nearest_wider_code() -> None:
    function = listed("function")
    links = {
        one.key.notation: nearest_link(one) for one in function.values() if one.key.edition == 2023
    }
    assert {code for code, link in links.items() if link and link.caveat} == {
        code
        for code in links
        if code.startswith(("20805", "21011", "22102")) and code not in {"2080501", "2080502"}
    }
    inherited = links["2080799"]
    assert inherited is not None
    assert inherited.code == "20807"
    labour = links["2080105"]
    assert labour is not None
    assert labour.primary is not None
    assert labour.primary.notation == "04.1"


def test_every_link_leads_to_a_concept_and_names_the_listed_one() -> None:
    function, cofog = listed("function"), listed("cofog")
    for link in cofog_links().values():
        assert function[key(Scheme.FUNCTION, link.code, 2023)].labels[0] == link.name
        for target in (link.primary, *link.alternatives):
            assert target is None or target in cofog
        assert link.basis
        assert link.confidence in {"high", "medium", "low"}


def test_a_code_of_another_edition_is_linked_only_under_the_same_name() -> None:
    def of(name: str) -> Concept:
        return Concept(
            key=key(Scheme.FUNCTION, "2080799", 2025),
            labels=(),
            label_en=None,
            parent="20807",
            support="printed",
            printed=(name,),
        )

    assert nearest_link(of("其他就业补助支出")) is not None
    assert nearest_link(of("退休人员活动")) is None


def test_codes_tell_their_level() -> None:
    assert [depth_of("function", code) for code in ("208", "20801", "2080101", "208-甲")] == [
        *(1, 2, 3, None)
    ]


def test_the_reference_counts_every_list(root: Path) -> None:
    page = (root / "docs/reference/codelists.md").read_text("utf-8")
    for scheme in schemes():
        concepts = listed(scheme).values()
        assert f"`{scheme}`" in page
        if scheme in {Scheme.PHASE.value, Scheme.OPERATION.value}:
            continue
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{scheme}` |")]
        english = sum(1 for one in concepts if one.label_en)
        assert f"| {len(concepts)} |" in line
        assert line.endswith(f"| {english} |")
        for support in {one.support for one in concepts}:
            many = sum(1 for one in concepts if one.support == support)
            assert f"{support} {many}" in line
