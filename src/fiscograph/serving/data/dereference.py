"""Every IRI of the release: a thing answers 303 to its documents, a document 200."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fiscograph.serving.data.describe import Description
from fiscograph.serving.data.documents import FORMATS, HTML, N_TRIPLES, split_suffix, write, written
from fiscograph.serving.data.freshness import is_known
from fiscograph.serving.data.negotiation import Offer, choose
from fiscograph.serving.data.paths import escape
from fiscograph.serving.data.prepared import n_triples
from fiscograph.serving.data.ready import MOST_TRIPLES, fresh, tag_of
from fiscograph.serving.data.surroundings import with_surroundings
from fiscograph.serving.site import Site
from fiscograph.serving.things.by_class import all_page, thing_page
from fiscograph.serving.things.resource import ALL

_MOST_PATH = 2000
PLAIN_FORMATS = (N_TRIPLES, *(item for item in FORMATS[1:] if item is not N_TRIPLES))


def dereference(site: Site, request: Request, path: str) -> Response:
    """Answer for a decoded path without its leading slash.

    Raises:
        HTTPException: 404 where the release knows no such thing, 406 where the client takes none
            of the formats.
        QueryError: the store cannot be asked.
    """
    if len(path) > _MOST_PATH:
        raise HTTPException(414, "the address is too long")
    thing, offer = split_suffix(path)
    if offer is not None:
        return _document(site, request, thing, offer)
    if path.endswith("/") and _exists(site, path.rstrip("/")):
        return RedirectResponse(_leading(request, path.rstrip("/")), status_code=301)
    if not _exists(site, path):
        raise HTTPException(404, "the release says nothing about this address")
    chosen = choose(request.headers.get("accept"), FORMATS)
    if chosen is None:
        names = ", ".join(item.media_type for item in FORMATS)
        raise HTTPException(406, f"this thing is described as one of {names}")
    return RedirectResponse(
        _leading(request, path + chosen.suffix),
        status_code=303,
        headers={"Vary": "Accept", "Cache-Control": "no-cache", "Link": _alternates(path)},
    )


def _leading(request: Request, path: str) -> str:
    """What the address chose, a language or a year, is for the page that it leads to."""
    query = request.url.query
    return escape(f"/{path}") + (f"?{query}" if query else "")


def described(site: Site, request: Request, iri: str) -> Response:
    """What the release says with an IRI as its subject, and nothing around it.

    Raises:
        HTTPException: 404 where it says nothing, 406 where no format is taken, 413 where it is more
            than is sent.
    """
    offer = choose(request.headers.get("accept"), PLAIN_FORMATS)
    if offer is None:
        names = ", ".join(item.media_type for item in PLAIN_FORMATS)
        raise HTTPException(406, f"an IRI is described as one of {names}")
    try:
        triples = site.lookup.about(NamedNode(iri), MOST_TRIPLES + 1)
    except ValueError:
        triples = []
    if not triples:
        raise HTTPException(404, "the release says nothing about this address")
    if len(triples) > MOST_TRIPLES:
        raise HTTPException(413, f"more than {MOST_TRIPLES:,} triples, so that none is sent")
    headers = fresh(tag_of(site.identity, offer.media_type))
    if is_known(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = offer.content_type
    if offer is N_TRIPLES:
        return Response(n_triples(site.lookup, NamedNode(iri), MOST_TRIPLES), headers=headers)
    return Response(written(triples, iri, offer, site.writer), headers=headers)


def _exists(site: Site, path: str) -> bool:
    try:
        thing = NamedNode(site.paths.iri(path))
    except ValueError:
        return False
    return site.lookup.knows(thing)


def _document(site: Site, request: Request, path: str, offer: Offer) -> Response:
    freshness = fresh(tag_of(site.identity, offer.media_type))
    known = is_known(request.headers.get("if-none-match"), freshness["ETag"])
    if known and offer is not HTML and _exists(site, path):
        return Response(status_code=304, headers=freshness)
    description = _described(site, path)
    if description is None and offer is HTML and path.endswith(ALL):
        own = path.removesuffix(ALL)
        if (whole := _described(site, own)) is not None:
            return all_page(site, whole, f"/{own}")
    if description is None:
        raise HTTPException(404, "the release says nothing about this address")
    headers = {"Link": _alternates(path), "Content-Type": offer.content_type}
    if offer is HTML:
        return thing_page(site, description, f"/{path}", request.query_params, headers)
    headers |= freshness
    document = site.paths.base + path + offer.suffix
    whole = with_surroundings(site.pages, description)
    return Response(write(whole, document, offer, site.writer), headers=headers)


def _described(site: Site, path: str) -> Description | None:
    try:
        return site.describe(site.paths.iri(path))
    except ValueError:
        return None


def _alternates(path: str) -> str:
    return ", ".join(
        f'<{escape(f"/{path}{offer.suffix}")}>; rel="alternate"; type="{offer.media_type}"'
        for offer in FORMATS
    )
