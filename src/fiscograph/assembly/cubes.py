"""The national cubes of one filing: the frontier of each, as allocations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.assembly.cube_nodes import (
    cell_node,
    first_nodes,
    income_nodes,
    notation_of,
    sums_to_total,
    total_cell,
    with_carried,
)
from fiscograph.assembly.distinct import distinct
from fiscograph.assembly.frontier import Kept, Node, View, refine
from fiscograph.assembly.printings import with_all_printings
from fiscograph.budget import (
    NOT_STATED,
    Allocation,
    CodeLists,
    ConceptKey,
    Cube,
    Filing,
    OrganizationKey,
    PrintedTotal,
    ProjectBudget,
    Scheme,
    Unit,
    name_key,
)
from fiscograph.placement import PlacedCell, PlacedGrid
from fiscograph.provenance import Place

EXPENDITURE, REVENUE = "expenditure", "revenue"
_THREE_PUBLIC = ("abroad", "vehicles_purchase", "vehicles_running", "reception")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cubes:
    """The allocations of one filing, the printed totals to compare them with, and the nodes that
    finer tables print but do not sum to.
    """

    allocations: tuple[Allocation, ...]
    totals: tuple[PrintedTotal, ...]
    kept: tuple[Kept, ...]
    collisions: tuple[tuple[Node, str], ...]


class CubeBuilder:
    """Builds the cubes of one filing; ``units`` is the unit of tables that name none, ``lists``
    tell the national codes from the region's own.
    """

    def __init__(
        self,
        filing: Filing,
        own: OrganizationKey,
        grids: Sequence[PlacedGrid],
        units: Unit,
        lists: CodeLists,
    ) -> None:
        self.filing, self.own, self.lists = filing, own, lists
        self.source = filing.sources[0].sha256
        self.views = sorted(
            (
                View(grid, self.source, (grid.grid.unit or units).value, filing.year)
                for grid in grids
            ),
            key=lambda view: view.form.scope,
        )
        self.kept: list[Kept] = []
        self.totals: list[PrintedTotal] = []
        self.collisions: list[tuple[Node, str]] = []

    def build(self, projects: Sequence[ProjectBudget]) -> Cubes:
        found = [
            *self._function(),
            *self._economic(),
            *self._revenue(),
            *self._three_public(),
            *self._procurement(),
            *self._projects(projects),
        ]
        allocations, twice = distinct(found)
        known = {(node.evidence, code) for node, code in self.collisions}
        for allocation in twice:
            node, code = _node_of(allocation), _code_of(allocation)
            if (node.evidence, code) not in known:
                self.collisions.append((node, code))
        return Cubes(
            allocations=tuple(
                sorted(allocations, key=lambda a: (a.cube.value, a.dimension_notations))
            ),
            totals=tuple(self.totals),
            kept=tuple(self.kept),
            collisions=tuple(self.collisions),
        )

    def _of(self, *forms: str) -> list[View]:
        return [view for view in self.views if view.form.id in forms]

    def _total(self, cube: Cube, label: str, cell: PlacedCell | None) -> None:
        if cell is not None:
            self.totals.append(
                PrintedTotal(
                    cube=cube.value,
                    label=label,
                    place=Place(source=self.source, span=cell.number.span),
                )
            )

    def _function(self) -> Iterable[Allocation]:
        views = self._of(
            "department-balance",
            "appropriation-balance",
            "department-expenditure",
            "general-public-expenditure",
            "government-fund-expenditure",
            "state-capital-expenditure",
        )
        nodes = self._descend(views, Cube.FUNCTION, "expenditure")
        nodes = with_all_printings(nodes, [*views, *self._of("department-revenue")])
        return self._allocations(Cube.FUNCTION, nodes, Scheme.FUNCTION)

    def _economic(self) -> Iterable[Allocation]:
        views = self._of("appropriation-by-economic-class", "basic-expenditure")
        nodes = with_all_printings(self._descend(views, Cube.ECONOMIC, ""), views)
        return self._allocations(Cube.ECONOMIC, nodes, Scheme.ECONOMIC)

    def _descend(self, views: Sequence[View], cube: Cube, side: str) -> list[Node]:
        """Start from the widest table whose classes sum to its total and refine by the others.

        Where no table does, the widest that has amounts is taken: a check then says so.
        """
        starts = [
            (at, nodes) for at, view in enumerate(views) if (nodes := first_nodes(view, side))
        ]
        if not starts:
            return []
        whole = [(at, nodes) for at, nodes in starts if sums_to_total(views[at], side, nodes)]
        at, nodes = (whole or starts)[0]
        self._total(cube, views[at].placed.grid.form.name, total_cell(views[at], side))
        for finer in (view for other, view in enumerate(views) if other != at):
            if finer.form.scope >= views[at].form.scope:
                nodes, kept = refine(nodes, finer)
                self.kept.extend(kept)
        return nodes

    def _allocations(
        self, cube: Cube, nodes: Sequence[Node], scheme: Scheme
    ) -> Iterable[Allocation]:
        seen: dict[tuple[str, str, str], int] = {}
        notations = [notation_of(node) for node in nodes]
        for node, notation in zip(nodes, notations, strict=True):
            key = (notation, node.fund or "", node.spending or "")
            seen[key] = seen.get(key, 0) + 1
        for node, notation in zip(nodes, notations, strict=True):
            own = notation
            if seen[notation, node.fund or "", node.spending or ""] > 1:
                # One code printed for several leaf rows: local concepts under it.
                self.collisions.append((node, notation))
                own = f"{notation}-{name_key(node.label)}"
            concept = self.lists.key(scheme, self.filing.year, own, self.filing.region)
            yield self._allocation(cube, concept, node, EXPENDITURE)

    def _allocation(
        self,
        cube: Cube,
        concept: ConceptKey | None,
        node: Node,
        operation: str,
        *,
        project: str | None = None,
        organization: OrganizationKey | None = None,
    ) -> Allocation:
        return Allocation(
            cube=cube,
            organization=organization or self.own,
            fiscal_year=self.filing.year,
            phase=self.filing.phase,
            operation=operation,
            classification=concept,
            project=project,
            label=node.label,
            fund=ConceptKey(
                scheme=Scheme.FUND.value, edition=None, notation=node.fund or NOT_STATED
            ),
            spending_type=ConceptKey(
                scheme=Scheme.SPENDING_TYPE.value,
                edition=None,
                notation=node.spending or NOT_STATED,
            ),
            amount=node.amount,
            evidence=node.evidence,
            rule=node.rule,
        )

    def _revenue(self) -> Iterable[Allocation]:
        views = self._of("department-balance", "appropriation-balance")
        for at, view in enumerate(views):
            nodes = income_nodes(view, self.source)
            if not nodes:
                continue
            self._total(Cube.REVENUE, view.placed.grid.form.name, total_cell(view, "income"))
            for finer in views[at + 1 :]:
                nodes = with_carried(nodes, income_nodes(finer, self.source), finer)
            for node in nodes:
                notation = node.code or name_key(node.label)
                yield self._allocation(
                    Cube.REVENUE,
                    ConceptKey(scheme=Scheme.REVENUE_SOURCE.value, edition=None, notation=notation),
                    node,
                    REVENUE,
                )
            return

    def _three_public(self) -> Iterable[Allocation]:
        forms = ("expenses", "expenses-government-fund", "meetings-training")
        printed: set[tuple[str | None, str | None]] = set()
        for view in self._of(*(f"three-public-{form}" for form in forms)):
            row = next(
                (r for r in view.placed.rows if r.row.level == 0 and r.cells),
                next((r for r in view.placed.rows if r.cells), None),
            )
            if row is None:
                continue
            nodes = [
                cell_node(view, row, column, self.source)
                for column in view.columns
                if view.placed.grid.columns[column].key in _THREE_PUBLIC and row.cell(column)
            ]
            nodes = [node for node in nodes if node.amount]
            # Another table may print the same items of the same fund once more.
            if {(node.code, node.fund) for node in nodes} & printed:
                continue
            total = next(
                (row.cell(c) for c in view.columns if view.placed.grid.columns[c].key == "total"),
                None,
            )
            if total is None:
                continue
            printed |= {(node.code, node.fund) for node in nodes}
            self._total(Cube.THREE_PUBLIC, view.placed.grid.form.name, total)
            whole = total.number.value * view.factor
            parts = sum((node.amount for node in nodes), Decimal(0))
            if abs(parts - whole) > view.step * (len(nodes) + 1) and whole:
                node = cell_node(view, row, total.column or 0, self.source)
                if view.is_sure([view.placed.rows.index(row)]):
                    self.kept.append(Kept(node=node, parts=tuple(nodes)))
                nodes = [node]
            for node in nodes:
                yield self._allocation(
                    Cube.THREE_PUBLIC,
                    ConceptKey(
                        scheme=Scheme.THREE_PUBLIC.value,
                        edition=None,
                        notation=node.code or "total",
                    ),
                    node,
                    EXPENDITURE,
                )

    def _procurement(self) -> Iterable[Allocation]:
        for view in self._of("procurement"):
            for row in view.placed.rows:
                if row.row.key == "total" and row.cells:
                    self._total(Cube.PROCUREMENT, view.placed.grid.form.name, row.cells[0])
                if row.row.key in {None, "total"} or not row.cells:
                    continue
                index = view.placed.rows.index(row)
                for node in view.nodes_of(index, None):
                    if node.amount:
                        yield self._allocation(
                            Cube.PROCUREMENT,
                            ConceptKey(
                                scheme=Scheme.PROCUREMENT.value,
                                edition=None,
                                notation=row.row.key or "",
                            ),
                            node,
                            EXPENDITURE,
                        )

    def _projects(self, projects: Sequence[ProjectBudget]) -> Iterable[Allocation]:
        for view in self._of("project-list"):
            self._total(Cube.PROJECT, view.placed.grid.form.name, total_cell(view, ""))
        for project in projects:
            if project.amount is None or project.amount_place is None:
                continue
            total = project.amount.yuan
            same = [
                part.place
                for part in project.funding
                if part.part == "total" and part.amount.yuan == total
            ]
            node = Node(
                code=None,
                label=project.name,
                fund=None,
                spending=project.spending,
                amount=total,
                evidence=tuple(dict.fromkeys((project.amount_place, *same))),
                rule="list-before-sheet",
            )
            yield self._allocation(
                Cube.PROJECT,
                None,
                node,
                EXPENDITURE,
                project=project.key,
                organization=project.unit,
            )


def _node_of(allocation: Allocation) -> Node:
    return Node(
        code=_code_of(allocation),
        label=allocation.label,
        fund=allocation.fund.notation,
        spending=allocation.spending_type.notation,
        amount=allocation.amount,
        evidence=allocation.evidence,
        rule=allocation.rule,
    )


def _code_of(allocation: Allocation) -> str:
    """The printed code of an allocation's class."""
    concept = allocation.classification
    return concept.notation.partition("-")[0] if concept is not None else ""
