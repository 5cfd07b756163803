"""The vocabulary at its own address: what https://w3id.org/fiscograph redirects to.

``/ontology`` answers itself and not 303: the ontology is a document. A term's IRI differs from it
by a fragment alone, which never reaches a server, so that the page has an anchor per term, with what
it means; how the terms of a group are used stands on a page of the group's own.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fiscograph import resources
from fiscograph.serving.data.documents import FORMATS, HTML, JSON_LD, TURTLE, split_suffix, written
from fiscograph.serving.data.negotiation import Offer, choose
from fiscograph.serving.site import Site
from fiscograph.vocabulary.ontology import ontology
from fiscograph.vocabulary.reference import NAMESPACE, reference

_ONTOLOGY = "ontology"
_SHAPES = "ontology/shapes"
_CONTEXT = "ontology/context.jsonld"


def ontology_document(site: Site, request: Request, path: str) -> Response | None:
    """The answer for the ontology, a group of its terms, its present version, its shapes or its
    context; None for every other path (decoded, without its leading slash).

    Raises:
        HTTPException: 406 where the client takes none of the formats.
    """
    if path == _CONTEXT:
        context = (resources.ontology() / "context.jsonld").read_bytes()
        return Response(context, headers={"Content-Type": JSON_LD.content_type})
    thing, asked = split_suffix(path.removesuffix("/"))
    groups = {f"{_ONTOLOGY}/{group.key}": group for group in reference().groups}
    if asked is HTML and (group := groups.get(thing)) is not None:
        return site.templates.page("ontology_group.html", ontology=reference(), group=group)
    if thing in {_ONTOLOGY, f"{_ONTOLOGY}/{reference().version}"}:
        offer = asked or _chosen(request, FORMATS)
        headers = _headers(_ONTOLOGY, offer, FORMATS)
        if offer is HTML:
            return site.templates.page(
                "ontology.html", headers=headers, ontology=reference(), formats=_hrefs(FORMATS[1:])
            )
        content = written(ontology(), f"{NAMESPACE}{offer.suffix}", offer, site.writer)
        return Response(content, headers=headers)
    if thing == _SHAPES and asked in {None, TURTLE}:
        offer = asked or _chosen(request, (TURTLE,))
        return Response(_shapes(), headers=_headers(_SHAPES, offer, (TURTLE,)))
    return None


def _chosen(request: Request, offers: tuple[Offer, ...]) -> Offer:
    chosen = choose(request.headers.get("accept"), offers)
    if chosen is None:
        names = ", ".join(offer.media_type for offer in offers)
        raise HTTPException(406, f"this document is written as one of {names}")
    return chosen


def _headers(path: str, offer: Offer, offers: tuple[Offer, ...]) -> dict[str, str]:
    links = (
        f'</{path}{other.suffix}>; rel="alternate"; type="{other.media_type}"' for other in offers
    )
    return {
        "Content-Type": offer.content_type,
        "Content-Location": f"/{path}{offer.suffix}",
        "Vary": "Accept",
        "Link": ", ".join(links),
    }


def _hrefs(offers: Iterable[Offer]) -> tuple[tuple[Offer, str], ...]:
    return tuple((offer, f"/{_ONTOLOGY}{offer.suffix}") for offer in offers)


def _shapes() -> bytes:
    """The files of all shapes one after the other, which Turtle allows: as they are read and kept,
    with their remarks.
    """
    return b"\n".join(path.read_bytes() for path in sorted(resources.shapes().glob("*.ttl")))
