"""One of the two releases: what its manifest promises and its tables hold, read row by row."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fiscograph.release import manifest
from fiscograph.release.comparison.subjects import CHECKS, FUNDING, Row, Subject
from fiscograph.release.errors import ManifestError

_PROJECT = "/project/"
_SEVERAL = ("source_file", "sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """``graphs`` is the hash of each filing's graph, by the filing's path."""

    folder: Path
    version: str
    identity: str
    graphs: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path) -> Side:
        """The release in a folder.

        Raises:
            NotAReleaseError: there is none.
            ManifestError: its manifest is damaged.
        """
        document: Mapping[str, Any] = manifest.read(folder)
        graphs = {one["iri"]: one["rdfc10_sha256"] for one in document.get("graphs", ())}
        files = {}
        for one in document["files"]:
            if one["path"].startswith("filings/") and one["path"].endswith(".ttl"):
                name = Path(one["path"]).stem
                # The graph's own hash does not change with how a file is written.
                iri = f"{document['base']}graph/filing/{name}"
                files[f"filing/{name}"] = str(graphs.get(iri, one["sha256"]))
        return cls(
            folder=folder,
            version=str(document["program"].get("version", "")),
            identity=str(document.get("identity", "")),
            graphs=files,
        )

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, in the order of the file; none is kept.

        Raises:
            ManifestError: the table is missing or damaged.
        """
        name = f"tables/{table}.csv"
        try:
            with (self.folder / name).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, strict=True):
                    if None in row or None in row.values():
                        raise ManifestError(self.folder, (f"{name} is damaged",))
                    yield row
        except FileNotFoundError as error:
            raise ManifestError(self.folder, (f"{name} is missing",)) from error
        except (csv.Error, UnicodeDecodeError) as error:
            raise ManifestError(self.folder, (f"{name} is damaged: {error}",)) from error

    def filings(self) -> list[Row]:
        """The filings, each once, its sources' names and hashes joined."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("filings"):
            found[row["filing"]].append(row)
        return [
            {
                **several[0],
                **{name: "|".join(row.get(name, "") for row in several) for name in _SEVERAL},
            }
            for several in found.values()
        ]

    def by_filing(self, subject: Subject, wanted: Collection[str]) -> Mapping[str, list[Row]]:
        """The rows of some filings."""
        found: dict[str, list[Row]] = defaultdict(list)
        counted: Counter[tuple[str, str, str]] = Counter()
        for row in self.rows(subject.table):
            filing = _filing(subject, row)
            if filing not in wanted:
                continue
            if subject is CHECKS:
                counted[filing, row["rule"], row["outcome"]] += 1
            else:
                found[filing].append(row)
        for (filing, rule, outcome), number in counted.items():
            found[filing].append({"rule": rule, "outcome": outcome, "count": str(number)})
        return found

    def counts(self, subject: Subject, wanted: Collection[str]) -> Counter[str]:
        """How many rows some filings have."""
        return Counter(
            filing
            for row in self.rows(subject.table)
            if (filing := _filing(subject, row)) in wanted
        )


def _filing(subject: Subject, row: Row) -> str:
    if subject is FUNDING:
        return row["project_budget"].partition(_PROJECT)[0]
    return row["filing"]
