"""What a publisher settles in ``fiscograph.toml``: base IRI, publisher, folders, limits of queries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from fiscograph.errors import UsageError

FILE_NAME = "fiscograph.toml"
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#%/]+/(?:[^\s<>\"{}|\\^`?#%]*/)?\Z")

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
# http://purl.org/adms/publishertype/, the list that DCAT-AP wants.
PUBLISHER_TYPES = (
    "Academia-ScientificOrganisation",
    "Company",
    "IndustryConsortium",
    "LocalAuthority",
    "NationalAuthority",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "PrivateIndividual(s)",
    "RegionalAuthority",
    "StandardisationBody",
    "SupraNationalAuthority",
)


class SettingsError(UsageError):
    """A setting that cannot be used.

    Args:
        file: the settings file.
        key: the key in it, dotted; empty when the whole file is meant.
        reason: what is wrong and what is expected, in one clause.
    """

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(file, key, reason)
        self.file = file
        self.key = key
        self.reason = reason

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else f"{self.file}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes the release, in Chinese and English.

    ``homepage`` is an IRI or None; ``type`` a term of the ADMS list of publisher types, or None;
    ``license`` the IRI of the licence that the publisher gives the data, None where it gives none.
    """

    name_zh: str
    name_en: str
    homepage: str | None = None
    type: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """What one query of a visitor may use: ``seconds``, ``rows`` of a SELECT and ``bytes`` of the
    result; ``workers`` are the processes that stand ready for them, as many again may be started.
    """

    seconds: int = 10
    rows: int = 100_000
    bytes: int = 10_000_000
    workers: int = 4


# A larger result would be held in memory several times over; more workers than a machine has.
_MOST = Queries(seconds=3_600, rows=100_000_000, bytes=1_000_000_000, workers=256)
UNSIGNED = Publisher(name_zh="未署名的发布者", name_en="unnamed publisher")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``base`` ends in ``/``; the folders are absolute: ``filings`` is read, ``published`` and
    ``var`` (the server's own releases) are written.
    """

    base: str
    publisher: Publisher
    filings: Path
    published: Path
    var: Path
    queries: Queries = field(default_factory=Queries)

    @classmethod
    def default(cls, folder: Path) -> Settings:
        """The settings of a folder without a settings file."""
        return cls(
            base="https://fiscograph.example/",
            publisher=UNSIGNED,
            filings=folder / "filings",
            published=folder / "published",
            var=folder / "var",
        )


def find(start: Path) -> Path | None:
    """The nearest settings file, in ``start`` or a folder above it."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def load(start: Path, file: Path | None = None) -> Settings:
    """Read ``file``, else the nearest settings file from ``start`` upwards, else the defaults.

    Raises:
        SettingsError: the file is missing, is no TOML, or holds a key or value that is unknown.
    """
    found = file if file is not None else find(start.resolve())
    if found is None:
        return Settings.default(start.resolve())
    return read(found)


def read(file: Path) -> Settings:
    """Read one settings file; relative folders in it are relative to the file.

    Raises:
        SettingsError: as :func:`load`.
    """
    try:
        data: dict[str, object] = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(file, "", f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(file, "", f"is no TOML: {error}") from error
    return _Reader(file=file, data=data).settings()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    file: Path
    data: Mapping[str, object]

    def settings(self) -> Settings:
        folder = self.file.resolve().parent
        default = Settings.default(folder)
        self._only("", self.data, {"base", "publisher", "paths", "queries"})
        paths = self._table("paths", {"filings", "published", "var"})
        return Settings(
            base=self._base(default.base),
            publisher=self._publisher(default.publisher),
            filings=folder / self._text("paths.filings", paths, "filings", "filings"),
            published=folder / self._text("paths.published", paths, "published", "published"),
            var=folder / self._text("paths.var", paths, "var", "var"),
            queries=self._queries(),
        )

    def _queries(self) -> Queries:
        most = asdict(_MOST)
        table = self._table("queries", set(most))
        for name, value in table.items():
            key = f"queries.{name}"
            if not isinstance(value, int) or isinstance(value, bool):
                kind = type(value).__name__
                raise SettingsError(self.file, key, f"expected a whole number, found {kind}")
            if not 1 <= value <= most[name]:
                expected = f"from 1 to {most[name]:,}"
                raise SettingsError(self.file, key, f"{value} is not {expected}")
        return replace(Queries(), **table)  # type: ignore[arg-type]

    def _base(self, default: str) -> str:
        base = self._text("base", self.data, "base", default)
        if not _BASE.fullmatch(base):
            raise SettingsError(
                self.file, "base", f"{base!r} is no base IRI: expected http(s)://HOST/ ending in /"
            )
        return base

    def _publisher(self, default: Publisher) -> Publisher:
        table = self._table("publisher", {"name_zh", "name_en", "homepage", "type", "license"})
        kind = self._text("publisher.type", table, "type", "")
        if kind and kind not in PUBLISHER_TYPES:
            expected = ", ".join(PUBLISHER_TYPES)
            raise SettingsError(
                self.file, "publisher.type", f"{kind!r} is none of the known types ({expected})"
            )
        return Publisher(
            name_zh=self._text("publisher.name_zh", table, "name_zh", default.name_zh),
            name_en=self._text("publisher.name_en", table, "name_en", default.name_en),
            homepage=self._iri("publisher.homepage", table, "homepage"),
            type=kind or None,
            license=self._iri("publisher.license", table, "license"),
        )

    def _iri(self, key: str, table: Mapping[str, object], name: str) -> str | None:
        text = self._text(key, table, name, "")
        if text and not _IRI.fullmatch(text):
            raise SettingsError(self.file, key, f"{text!r} is no IRI: expected http(s)://…")
        return text or None

    def _table(self, key: str, known: set[str]) -> dict[str, object]:
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise SettingsError(self.file, key, "expected a table")
        self._only(f"{key}.", value, known)
        return value

    def _only(self, prefix: str, table: Mapping[str, object], known: set[str]) -> None:
        for name in table:
            if name not in known:
                expected = ", ".join(sorted(known))
                raise SettingsError(
                    self.file, f"{prefix}{name}", f"unknown key (known: {expected})"
                )

    def _text(self, key: str, table: Mapping[str, object], name: str, default: str) -> str:
        value = table.get(name, default)
        if not isinstance(value, str):
            raise SettingsError(self.file, key, f"expected a text, found {type(value).__name__}")
        return value
