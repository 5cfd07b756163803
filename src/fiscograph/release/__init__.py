"""What is published: files, tables, dumps, the manifest, and the switch from old to new.

- :func:`write` fills a folder, :func:`publish` replaces a release by a new one as a whole;
- :func:`verify` proves a folder against its manifest, :func:`examine` tells each trouble;
- :func:`compare` tells two releases apart;
- :func:`quads` reads the named graphs back, :func:`dump` writes them into one file.
"""

from fiscograph.release.comparison import Comparison, compare
from fiscograph.release.compression import COMPRESSIONS
from fiscograph.release.contents import Failure, Input, Release
from fiscograph.release.dumps import DUMPS, Dump, of_suffix
from fiscograph.release.dumps import write as dump
from fiscograph.release.errors import (
    BlankNodeError,
    ContextError,
    ExtraMissingError,
    ForeignFilesError,
    ForeignQuadError,
    ManifestError,
    NotAReleaseError,
    PublisherBusyError,
    ReleaseError,
    TooLongForSheetError,
)
from fiscograph.release.folder import write
from fiscograph.release.manifest import FileEntry, Manifest
from fiscograph.release.manifest import read as read_manifest
from fiscograph.release.stored import quads
from fiscograph.release.switch import publish, require_place
from fiscograph.release.verification import Flaw, Trouble, examine, verify

__all__ = [
    "COMPRESSIONS",
    "DUMPS",
    "BlankNodeError",
    "Comparison",
    "ContextError",
    "Dump",
    "ExtraMissingError",
    "Failure",
    "FileEntry",
    "Flaw",
    "ForeignFilesError",
    "ForeignQuadError",
    "Input",
    "Manifest",
    "ManifestError",
    "NotAReleaseError",
    "PublisherBusyError",
    "Release",
    "ReleaseError",
    "TooLongForSheetError",
    "Trouble",
    "compare",
    "dump",
    "examine",
    "of_suffix",
    "publish",
    "quads",
    "read_manifest",
    "require_place",
    "verify",
    "write",
]
