"""What can stop a release from being written, switched or read."""

from __future__ import annotations

from pathlib import Path

from fiscograph.errors import FiscographError


class ReleaseError(FiscographError):
    """The base of this room's errors."""


class BlankNodeError(ReleaseError):
    """A graph holds a blank node: its bytes would not be the same twice.

    Args:
        graph: the IRI of the graph.
        triple: the offending triple as N-Triples.
    """

    def __init__(self, graph: str, triple: str) -> None:
        super().__init__(graph, triple)
        self.graph = graph
        self.triple = triple

    def __str__(self) -> str:
        return f"{self.graph}: a blank node stands in {self.triple} (mint an IRI for it)"


class ForeignQuadError(ReleaseError):
    """Among the quads of a filing is one of another graph.

    Args:
        graph: the IRI of the filing's own graph.
        quad: the offending quad as N-Quads.
    """

    def __init__(self, graph: str, quad: str) -> None:
        super().__init__(graph, quad)
        self.graph = graph
        self.quad = quad

    def __str__(self) -> str:
        return f"{self.graph}: a quad of another graph is among its own: {self.quad}"


class ContextError(ReleaseError):
    """The JSON-LD context uses a feature that our writer does not know.

    Args:
        term: the term whose definition it is.
        reason: what is not known.
    """

    def __init__(self, term: str, reason: str) -> None:
        super().__init__(term, reason)
        self.term = term
        self.reason = reason

    def __str__(self) -> str:
        return f"context.jsonld: {self.term}: {self.reason}"


class ManifestError(ReleaseError):
    """A folder does not hold what its manifest says.

    Args:
        folder: the release's folder.
        problems: one clause for each file that is missing, changed or not listed.
    """

    def __init__(self, folder: Path, problems: tuple[str, ...]) -> None:
        super().__init__(folder, problems)
        self.folder = folder
        self.problems = problems

    def __str__(self) -> str:
        return f"{self.folder}: " + "; ".join(self.problems)


class ForeignFilesError(ReleaseError):
    """Files that are not the release's own stand in its folder, and would go with it.

    Args:
        folder: the release's folder.
        files: their paths below the folder.
    """

    def __init__(self, folder: Path, files: tuple[str, ...]) -> None:
        super().__init__(folder, files)
        self.folder = folder
        self.files = files

    def __str__(self) -> str:
        named = ", ".join(self.files[:3]) + (" ..." if len(self.files) > 3 else "")
        return (
            f"{self.folder}: not replaced, these files are not the release's: {named} "
            "(move them away, or publish elsewhere with --out)"
        )


class PublisherBusyError(ReleaseError):
    """Another process is publishing into the same folder.

    Args:
        folder: the release's folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return f"{self.folder}: another fiscograph is publishing here (wait for it to end)"


class NotAReleaseError(ReleaseError):
    """A folder that would be replaced, or read, is no release: it has no manifest.

    Args:
        folder: the folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return f"{self.folder}: no release here: MANIFEST.json is missing (run: fiscograph build)"


class ExtraMissingError(ReleaseError):
    """What is asked for needs a library that the plain installation leaves out.

    Args:
        form: the format that was asked for.
        extra: the extra of the package that brings the library.
    """

    def __init__(self, form: str, extra: str) -> None:
        super().__init__(form, extra)
        self.form = form
        self.extra = extra

    def __str__(self) -> str:
        return f"--format {self.form}: not installed (run: pip install 'fiscograph[{self.extra}]')"


class TooLongForSheetError(ReleaseError):
    """A table has more rows than a spreadsheet holds.

    Args:
        table: the table's file name.
        rows: the most rows of a sheet.
    """

    def __init__(self, table: str, rows: int) -> None:
        super().__init__(table, rows)
        self.table = table
        self.rows = rows

    def __str__(self) -> str:
        return f"{self.table}: more than {self.rows:,} rows, which no sheet holds (take parquet)"
