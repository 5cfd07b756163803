"""Import contracts that say what a room may import, instead of all that it may not."""

from __future__ import annotations

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields
from importlinter.application import output

ROOT = "fiscograph"
_Table = dict[str, frozenset[str]]


def room_of(module: str) -> str | None:
    """The room that a module belongs to; None for a module that is not ours."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == ROOT and rest else None


def rows(lines: list[str]) -> _Table:
    """Read ``name: word word`` lines; a line that starts with ``;`` is a remark."""
    table: _Table = {}
    for line in lines:
        if not line.startswith(";"):
            name, _, words = line.partition(":")
            table[name.strip()] = frozenset(words.split())
    return table


def _between_rooms(graph: ImportGraph) -> list[tuple[str, str]]:
    """All direct imports, as (importer, imported), in order."""
    return sorted(
        (importer, imported)
        for importer in graph.modules
        if room_of(importer)
        for imported in graph.find_modules_directly_imported_by(importer)
    )


class RoomsContract(Contract):
    """``table`` gives for each room the rooms it may import besides ``cellar``."""

    type_name = "rooms"
    cellar = fields.StringField()
    table = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        allowed = rows(cast("list[str]", self.table))
        cellar = frozenset(str(self.cellar).split())
        broken = []
        for importer, imported in _between_rooms(graph):
            here, there = room_of(importer), room_of(imported)
            if here is None or there is None or here == there or there in cellar:
                continue
            if there not in allowed.get(here, frozenset()):
                broken.append(f"{importer} imports {imported}: {here} may not import {there}")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(line)


class DoorsContract(Contract):
    """``table`` gives for each outside package the rooms that may import it."""

    type_name = "doors"
    table = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        doors = rows(cast("list[str]", self.table))
        broken = [
            f"{importer} imports {imported}: only {', '.join(sorted(doors[imported]))} may"
            for importer, imported in _between_rooms(graph)
            if imported in doors and room_of(importer) not in doors[imported]
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(line)
