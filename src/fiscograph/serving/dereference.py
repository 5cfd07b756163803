"""Every IRI of the release: a thing answers 303 to its documents, a document 200."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fiscograph.queries import load
from fiscograph.serving.describe import PAGE_LIMITS, Description, describe
from fiscograph.serving.documents import FORMATS, HTML, split_suffix, write
from fiscograph.serving.negotiation import Offer, choose
from fiscograph.serving.paths import escape
from fiscograph.serving.site import Site
from fiscograph.serving.surroundings import with_surroundings
from fiscograph.serving.things import thing_page

_MOST_PATH = 2000


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
        return _document(site, thing, offer)
    if not _exists(site, path):
        raise HTTPException(404, "the release says nothing about this address")
    chosen = choose(request.headers.get("accept"), FORMATS)
    if chosen is None:
        names = ", ".join(item.media_type for item in FORMATS)
        raise HTTPException(406, f"this thing is described as one of {names}")
    return RedirectResponse(
        escape(f"/{path}{chosen.suffix}"),
        status_code=303,
        headers={"Vary": "Accept", "Link": _alternates(path)},
    )


def _exists(site: Site, path: str) -> bool:
    try:
        thing = NamedNode(site.paths.iri(path))
    except ValueError:
        return False
    return bool(site.pages.select(load("existence", thing=thing), PAGE_LIMITS))


def _document(site: Site, path: str, offer: Offer) -> Response:
    description = _described(site, path)
    if description is None:
        raise HTTPException(404, "the release says nothing about this address")
    headers = {"Link": _alternates(path), "Content-Type": offer.content_type}
    if offer is HTML:
        return thing_page(site, description, f"/{path}", headers)
    document = site.paths.base + path + offer.suffix
    whole = with_surroundings(site.pages, description)
    return Response(write(whole, document, offer, site.writer), headers=headers)


def _described(site: Site, path: str) -> Description | None:
    try:
        return describe(site.pages, site.paths.iri(path))
    except ValueError:
        return None


def _alternates(path: str) -> str:
    return ", ".join(
        f'<{escape(f"/{path}{offer.suffix}")}>; rel="alternate"; type="{offer.media_type}"'
        for offer in FORMATS
    )
