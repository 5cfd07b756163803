"""What can go wrong when a static site is written."""

from __future__ import annotations

from pathlib import Path

from fiscograph.errors import FiscographError


class NotASiteError(FiscographError):
    """The folder holds something else than a site of ours, which is not touched.

    Args:
        folder: the folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return (
            f"{self.folder}: 已有别的内容，未改动 / it holds something that is no site of ours and was "
            "left as it is (choose another folder with --out, or empty it)"
        )


class PageFailed(FiscographError):
    """A page that other pages lead to cannot be made.

    Args:
        address: the address at the server.
        status: the status of its answer.
    """

    def __init__(self, address: str, status: int) -> None:
        super().__init__(address, status)
        self.address = address
        self.status = status

    def __str__(self) -> str:
        return f"{self.address}: the page cannot be made, its answer is {self.status}"


class SiteUnwritableError(FiscographError):
    """The site cannot be written: the disk is full, or the folder is closed.

    Args:
        folder: the folder.
        reason: what the system says.
    """

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder = folder
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"{self.folder}: 网站写不完（{self.reason}），原有的未改动 / the site cannot be written "
            f"({self.reason}); what stood there was left as it is"
        )


class DeadLinksError(FiscographError):
    """Links of a site lead nowhere; the site was not put in place.

    Args:
        links: the links, each with the file that it stands in.
    """

    def __init__(self, links: tuple[str, ...]) -> None:
        super().__init__(links)
        self.links = links

    def __str__(self) -> str:
        shown = "".join(f"\n  {one}" for one in self.links[:20])
        return (
            f"{len(self.links):,} 个链接无处可去，网站未换上 / links lead nowhere and the site was not "
            f"put in place:{shown}"
        )
