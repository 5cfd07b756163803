"""The style sheet of the pages: the files of ``static/style/`` in the order of their names."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.responses import Response

PATH = "/static/fiscograph.css"
ICON = "/static/icon.svg"
_AN_HOUR = {"Cache-Control": "max-age=3600"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """``css`` is the whole sheet, ``icon`` the picture of the site as SVG."""

    css: str
    icon: str

    @classmethod
    def load(cls) -> Styles:
        static = files("fiscograph.serving").joinpath("static")
        parts = sorted(static.joinpath("style").iterdir(), key=lambda part: part.name)
        return cls(
            css=_bare(
                "\n".join(one.read_text("utf-8") for one in parts if one.name.endswith(".css"))
            ),
            icon=static.joinpath("icon.svg").read_text("utf-8"),
        )

    @property
    def address(self) -> str:
        """Where a page finds the sheet; the address changes with the content, so that a page never
        stands in an older page's clothes.
        """
        return f"{PATH}?v={hashlib.sha256(self.css.encode()).hexdigest()[:12]}"

    def response(self, name: str) -> Response:
        """The sheet or the icon by the name of its file.

        Raises:
            HTTPException: 404 where there is none of that name.
        """
        match name:
            case "fiscograph.css":
                return Response(self.css, media_type="text/css", headers=_AN_HOUR)
            case "icon.svg":
                return Response(self.icon, media_type="image/svg+xml", headers=_AN_HOUR)
        raise HTTPException(404, "there is no such file")


def _bare(css: str) -> str:
    r"""A sheet without what is for its readers alone: every page weighs that much less.

    >>> _bare("/* why */\n@media print {\n  a, b { color: inherit; }\n}\n")
    '@media print{a,b{color:inherit}}'
    """
    told = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    # A colon of a selector has no space behind it, one of a declaration needs none.
    close = re.sub(r"\s*([{},;])\s*", r"\1", re.sub(r"\s+", " ", told)).replace(": ", ":")
    return close.replace(";}", "}").strip()
