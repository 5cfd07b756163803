"""The ontology itself, for the model graph of a release."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from fiscograph import resources


@cache
def ontology() -> tuple[ox.Triple, ...]:
    """All triples of ``ontology/*.ttl``, in the files' order.

    Raises:
        SyntaxError: a file is no Turtle.
    """
    return tuple(
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for path in sorted(resources.ontology().glob("*.ttl"))
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    )
