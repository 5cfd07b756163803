"""The server's pages and data as files that any plain file host serves."""

from fiscograph.serving.static_site.errors import (
    DeadLinksError,
    NotASiteError,
    PageFailed,
    SiteUnwritableError,
)
from fiscograph.serving.static_site.writer import Written, publish_site, write_site

__all__ = [
    "DeadLinksError",
    "NotASiteError",
    "PageFailed",
    "SiteUnwritableError",
    "Written",
    "publish_site",
    "write_site",
]
