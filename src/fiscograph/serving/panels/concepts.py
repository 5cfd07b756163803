"""The panels of a classification and of a class in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from fiscograph.serving.frame.words import Word
from fiscograph.serving.panels.money import CUBES, of_class, per_head, three_public, tree, ways
from fiscograph.serving.panels.panel import Panel, Question, cell, panel, rows_of
from fiscograph.serving.panels.scope import Scope
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import Cell, Column, Kind

_SCHEMES = "code/"
_NODE = Column("node", Kind.LINK, "概念", "concept")
_ALL = Question(
    name="concepts",
    query="concepts-of-scheme",
    word=Word(zh="全部概念", en="All concepts"),
    columns=(_NODE, Column("nodeEnglish", Kind.TEXT, "英文", "in English")),
    note=Word(
        zh="本发布用到的概念及其上级。",
        en="The concepts that this release uses, and those above them.",
    ),
)
_MAPPINGS = Question(
    name="mappings",
    query="mappings-of-concept",
    word=Word(zh="在其他分类中相应的类", en="What corresponds to it in other classifications"),
    columns=(
        Column("relation", Kind.TEXT, "关系", "relation"),
        Column("target", Kind.LINK, "类", "class"),
    ),
    note=Word(
        zh="对应关系是本项目的判断，从不写作“完全相同”。",
        en="The correspondence is this project's judgement and never called exact.",
    ),
)
# Schemes whose money has a picture of its ways.
_WITH_WAYS = {"function", "departmental-economic"}


def scheme_of(paths: Iterable[str]) -> str | None:
    """The scheme among those of a concept, or a scheme's own path, whose money can be summed.

    >>> scheme_of(["/code/departmental-economic/region/500110", "/code/departmental-economic"])
    'departmental-economic'
    """
    for path in paths:
        name = path.lstrip("/").removeprefix(_SCHEMES)
        if name in CUBES:
            return name
    return None


def of_scheme(
    site: Site, thing: NamedNode, scheme: str | None, scope: Scope | None
) -> Iterator[Panel | None]:
    """A classification as a tree with its money, then all its concepts where they have none.

    Raises:
        QueryError: the store cannot be asked.
    """
    if scheme is not None and scope is not None:
        yield tree(site, scheme, scope)
        if scheme in _WITH_WAYS:
            yield ways(site, scheme, scope)
        if scheme == "three-public":
            yield three_public(site, scope.path)
        if scheme in {"function", "spending-type"}:
            yield per_head(site, scope.path)
    yield panel(site, _ALL, {"thing": thing}, tree=True)


def of_concept(site: Site, thing: NamedNode, scope: Scope | None) -> Iterator[Panel | None]:
    """A class's money, and what corresponds to it elsewhere.

    Raises:
        QueryError: the store cannot be asked.
    """
    if scope is not None:
        yield from of_class(site, thing, scope)
    yield panel(site, _MAPPINGS, {"thing": thing})


def path_of(site: Site, thing: NamedNode) -> tuple[Cell, ...]:
    """What stands above a concept, the topmost first.

    Raises:
        QueryError: the store cannot be asked.
    """
    return tuple(
        cell(row, _NODE, site.paths) for row in rows_of(site, "path-of-concept", {"thing": thing})
    )
