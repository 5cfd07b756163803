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
