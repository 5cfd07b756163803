"""The pages' own scripts as ``web/`` builds them, and the licences of what they carry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.responses import Response

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripts:
    """The built files by name; none where ``web/`` was not built."""

    built: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Scripts:
        folder = files("fiscograph.serving").joinpath("static", "built")
        if not folder.is_dir():
            return cls()
        return cls(built={file.name: file.read_bytes() for file in folder.iterdir()})

    def address(self, name: str) -> str | None:
        """Where a page finds a script; None where it was not built.

        >>> Scripts(built={"flow.js": b""}).address("flow.js")
        '/static/built/flow.js?v=e3b0c44298fc'
        """
        content = self.built.get(name)
        if content is None:
            return None
        return f"/static/built/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"

    def response(self, name: str) -> Response:
        """A built file; its address names its content, so that it may be kept for long.

        Raises:
            HTTPException: 404 where there is none of that name.
        """
        media_type = _MEDIA_TYPES.get(name[name.rfind(".") :])
        if media_type is None or name not in self.built:
            raise HTTPException(404, "there is no such file")
        headers = {"Cache-Control": _A_YEAR, "Content-Type": media_type}
        return Response(self.built[name], headers=headers)
