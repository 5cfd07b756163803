"""Where the files lie that the program reads but that are not code.

In a checkout (an editable install) they stand at its top: ``ontology/``, ``shapes/``. A wheel
carries the same folders as ``fiscograph/_data/``.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fiscograph.errors import FiscographError

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent.parent


class ResourceMissingError(FiscographError):
    """A folder that belongs to the program is not there: the installation is damaged.

    Args:
        name: the folder's name, for instance ``ontology``.
        tried: where it was looked for.
    """

    def __init__(self, name: str, tried: tuple[Path, ...]) -> None:
        super().__init__(name, tried)
        self.name = name
        self.tried = tried

    def __str__(self) -> str:
        places = " and ".join(str(path) for path in self.tried)
        return f"{self.name}: folder not found in {places} (install fiscograph again)"


@cache
def folder(name: str) -> Path:
    """The folder of that name, from the wheel if there, else from the checkout.

    Raises:
        ResourceMissingError: it is in neither.
    """
    tried = (_BUNDLED / name, _CHECKOUT / name)
    for path in tried:
        if path.is_dir():
            return path
    raise ResourceMissingError(name, tried)


def ontology() -> Path:
    """What our words mean: vocabulary, code lists, alignments, JSON-LD context."""
    return folder("ontology")


def codelists() -> Path:
    """The code lists as CSV."""
    return ontology() / "codelists"


def shapes() -> Path:
    """What a release must look like: SHACL."""
    return folder("shapes")


@cache
def program_version() -> str:
    """The version that ``pyproject.toml`` states, as installed."""
    try:
        return version("fiscograph")
    except PackageNotFoundError:
        return _version_of_checkout()


def _version_of_checkout() -> str:
    import tomllib  # noqa: PLC0415  only a checkout that was never installed comes here

    with (_CHECKOUT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
