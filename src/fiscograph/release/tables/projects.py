"""The tables of projects, indicators and organizations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fiscograph.budget import FilingFacts, PerformanceIndicator, ProjectBudget
from fiscograph.release.tables.directory import Directory
from fiscograph.release.tables.table import Row, table

WHOLE = "整体"


def _projects(directory: Directory) -> Iterator[Row]:
    ids = directory.ids
    for facts in directory.facts:
        for one in facts.projects:
            yield {
                "project_budget": directory.project_path(facts, one.key),
                "project": directory.path(ids.project_of(facts.filing.id, one)),
                "filing": directory.filing(facts),
                "code": one.code,
                "name": one.name,
                "unit": directory.name_of(one.unit),
                "unit_code": directory.code_of(one.unit),
                "department": directory.name_of(one.department),
                "category": one.category,
                "amount_cny": one.amount.yuan if one.amount else None,
                "upper_cny": _part(one, "upper"),
                "own_cny": _part(one, "own"),
                "other_cny": _part(one, "other"),
                "lines": one.lines,
            }


def _part(project: ProjectBudget, name: str) -> Decimal | None:
    part = project.part(name)
    return part.amount.yuan if part else None


def _indicators(directory: Directory) -> Iterator[Row]:
    for facts in directory.facts:
        for one in facts.indicators:
            yield {
                "indicator": directory.path(directory.ids.indicator(one)),
                "filing": directory.filing(facts),
                "project_budget": directory.project_path(facts, one.project),
                "of": _of(directory, facts, one),
                "level1": one.level1,
                "level2": one.level2,
                "name": one.name,
                "operator": one.operator.value if one.operator else None,
                "operator_printed": one.operator_printed,
                "target": one.target,
                "unit": one.unit,
                "weight": one.weight,
                "direction": one.direction,
                "core": one.core,
                "line": one.place.line,
            }


def _of(directory: Directory, facts: FilingFacts, indicator: PerformanceIndicator) -> str:
    """Whose indicator it is: the project's code, else its name; 整体 for the whole department."""
    project = directory.project(facts, indicator.project)
    return WHOLE if project is None else project.code or project.name


def _organizations(directory: Directory) -> Iterator[Row]:
    ids = directory.ids
    for one in directory.release.shared.organizations:
        yield {
            "organization": directory.path(ids.organization(one.key)),
            "name": one.name,
            "code": one.code,
            "region": one.key.region,
            "role": one.role.value,
            "parent": directory.path(ids.organization(one.parent)) if one.parent else None,
        }


PROJECTS = table("projects", _projects)
INDICATORS = table("indicators", _indicators)
ORGANIZATIONS = table("organizations", _organizations)
