"""The page of ``fiscograph resolve``, and what ``trace`` says of a text that names no one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.text import Text

from fiscograph.settings import Settings
from fiscograph.terminal import asking
from fiscograph.terminal.console import plain_table, print_json, results
from fiscograph.tracing import (
    Candidate,
    Document,
    Found,
    Meant,
    Resolution,
    Tracer,
    as_json,
    made_index_of,
)

_THINGS = {"project": "项目 / project", "organization": "单位 / organization"}


def answer(typed: str, release: Path | None, settings: Settings, for_programs: bool) -> bool:
    """Print which document a text names; False where it names no one document.

    The index of the release is used where it has been made: making it for one number would take
    longer than asking the store.

    Raises:
        ReleaseError: the folder holds no release.
        QueryError: the store cannot be asked.
    """
    store = asking.store(release, settings)
    index = made_index_of(store.path)
    with (
        asking.engine_over(store) as engine,
        closing(Tracer(engine, base=store.base, index=index)) as tracer,
    ):
        found = tracer.resolve(typed)
    show(found, for_programs=for_programs)
    return found.document is not None


def show(resolution: Resolution, *, for_programs: bool) -> None:
    """Print which document a text names, or which it may name."""
    if for_programs:
        print_json(document(resolution))
        return
    out = results()
    if resolution.document is not None:
        _document(out, resolution.document)
        return
    _unclear(out, resolution)


def show_unclear(meant: Meant, *, for_programs: bool) -> None:
    """Print what a text that names no one thing may mean."""
    if for_programs:
        print_json(unclear(meant))
        return
    out = results()
    _unclear(out, meant.resolution, things=bool(meant.things))
    if meant.things:
        table = plain_table("可能是 / it may be", "", "")
        for one in meant.things:
            table.add_row(_THINGS[one.kind], one.name or "—", one.iri)
        out.print(table)


def document(resolution: Resolution) -> Mapping[str, object]:
    """The answer of the resolver for programs."""
    found: Mapping[str, object] = as_json(resolution)
    return found


def unclear(meant: Meant) -> Mapping[str, object]:
    """For programs: the same names as in an answer, without an answer."""
    resolution = meant.resolution
    return {
        "typed": meant.typed,
        "number": resolution.number,
        "policies": [],
        "titles": [],
        "issuers": [],
        "total_cny": None,
        "projects": [],
        "nearest": [one.document.label for one in resolution.nearest],
        "found": _found(meant).value,
        "candidates": as_json(resolution.candidates),
        "things": as_json(meant.things),
    }


def _found(meant: Meant) -> Found:
    several = meant.things or meant.resolution.candidates
    return Found.CANDIDATES if several else Found.NONE


def _document(out: Console, one: Document) -> None:
    out.print(Text(one.label, style="bold"))
    table = plain_table("", "")
    table.show_header = False
    for title in one.titles:
        table.add_row("标题 / title", title)
    if one.issuer:
        table.add_row("发文机关 / issuer", one.issuer)
    if one.level:
        table.add_row("层级 / level", one.level)
    table.add_row("标识 / identifier", one.iri)
    out.print(table)


def _unclear(out: Console, resolution: Resolution, *, things: bool = False) -> None:
    if resolution.candidates:
        count = resolution.candidates_in_all
        out.print(f"“{resolution.typed}”可能指 {count} 份文件 / it may name {count} documents")
        _list(out, resolution.candidates)
    elif resolution.number is not None:
        out.print(f"没有文件 {resolution.number} / the release knows no such document")
    elif not things:
        out.print(f"“{resolution.typed}”不是已知的文号或标题 / no document number or title in it")
    if resolution.nearest:
        out.print("相近的 / nearest (不是同一份文件 / other documents):")
        _list(out, resolution.nearest)


def _list(out: Console, found: Iterable[Candidate]) -> None:
    table = plain_table("", "", "", "")
    table.show_header = False
    for one in found:
        known = one.document
        title = known.title or "" if known.number else ""
        table.add_row(known.label, title, f"{one.score:.2f}", f"{one.why_zh} / {one.why_en}")
    out.print(table)
