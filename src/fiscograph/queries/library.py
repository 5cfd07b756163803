"""The package's own queries: ``.rq`` files, named by what they answer.

Values are bound by variable. The engine binds only what a SELECT projects, so each file projects
the variables that it is to be given.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fiscograph.queries.query import Query, Term

_FOLDER = "rq"


@cache
def text(name: str) -> str:
    """The text of a query.

    Raises:
        KeyError: there is no such query.
    """
    file = files("fiscograph.queries").joinpath(_FOLDER, f"{name}.rq")
    if name not in names():
        raise KeyError(name)
    return file.read_text(encoding="utf-8")


@cache
def names() -> tuple[str, ...]:
    """The names of all queries, sorted."""
    folder = files("fiscograph.queries").joinpath(_FOLDER)
    return tuple(
        sorted(item.name.removesuffix(".rq") for item in folder.iterdir() if item.is_file())
    )


def load(name: str, **bindings: Term) -> Query:
    """A query of the package with its values bound.

    Raises:
        KeyError: there is no such query.
    """
    return Query(text=text(name), bindings=bindings)
