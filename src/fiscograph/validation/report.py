"""What validation found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """Our graph breaks a shape.

    ``focus``, ``shape`` and ``path`` are IRIs (a path of several properties is joined by ``|``);
    ``constraint`` is the local name of the constraint that fails (``MinCount``); ``value`` is the
    offending value, if there is one; ``line`` the source line that the focus leads back to.
    """

    focus: str
    shape: str
    path: str
    constraint: str
    value: str | None
    line: int | None
    message_zh: str
    message_en: str

    def __str__(self) -> str:
        where = "" if self.line is None else f", line {self.line}"
        value = "" if self.value is None else f"; found {self.value!r}"
        rule = self.shape.rsplit("#", 1)[-1]
        return f"{self.focus} ({rule}{where}): {self.message_en}{value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome over one graph; ``focus_nodes`` counts the nodes that some shape is about."""

    violations: tuple[Violation, ...]
    focus_nodes: int
    triples: int

    @property
    def conforms(self) -> bool:
        return not self.violations
