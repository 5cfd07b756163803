"""Answers that stay true as long as the release is the same (RFC 9110, section 8.8.3)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from fiscograph.serving.site import Site


def tagged(site: Site, request: Request, response: Response) -> Response:
    """The response under the release's entity tag; 304 without content where the client has it.

    The tag is weak: every representation of an answer shares it, and ``Vary`` tells them apart.
    """
    tag = f'W/"{site.identity}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if response.status_code == 200 and is_known(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def is_known(given: str | None, tag: str) -> bool:
    """Whether the client names the tag; weak comparison (section 8.8.3.2)."""
    if given is None:
        return False
    names = [name.strip().removeprefix("W/") for name in given.split(",")]
    return "*" in names or tag.removeprefix("W/") in names
