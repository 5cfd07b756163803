"""What the server tells its operator: one line per event, as text or as JSON (RFC 8259)."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from enum import Enum
from typing import TextIO

_LOGGER = logging.getLogger("fiscograph.serving")
_FIELDS = "fields"


class LogFormat(Enum):
    """``text`` tells of events alone, ``json`` of every request too."""

    TEXT = "text"
    JSON = "json"


def tell(event: str, *, level: str = "info", **fields: object) -> None:
    """Tell of one event; ``fields`` are what belongs to it."""
    _LOGGER.log(logging.getLevelNamesMapping()[level.upper()], event, extra={_FIELDS: fields})


def listen(form: LogFormat, stream: TextIO | None = None) -> None:
    """Have events, and what the ASGI server says, written to a stream (standard error)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonLines() if form is LogFormat.JSON else _Text())
    for name, level in ((_LOGGER.name, logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = getattr(record, _FIELDS, {})
    return fields


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        line = f"{record.getMessage()} {told}".rstrip()
        return (
            line if record.exc_info is None else f"{line}\n{self.formatException(record.exc_info)}"
        )


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info is not None:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
