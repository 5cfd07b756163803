"""What validation found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """Our graph breaks a shape.

    ``focus``, ``shape`` and ``path`` are IRIs (a path of several properties is joined by ``|``);
    ``constraint`` is the local name of the constraint that fails (``MinCount``); ``value`` is the
    offending value, if there is one; ``line`` the source line that the focus leads back to;
    ``name`` what the focus is called or prints, for people.
    """

    focus: str
    shape: str
    path: str
    constraint: str
    value: str | None
    line: int | None
    message_zh: str
    message_en: str
    name: str | None = None

    def __str__(self) -> str:
        where = "" if self.line is None else f", line {self.line}"
        value = "" if self.value is None else f"; found {self.value!r}"
        rule = self.shape.rsplit("#", 1)[-1]
        return f"{self.focus} ({rule}{where}): {self.message_en}{value}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Elsewhere:
    """A reference to something that the graph does not describe, so that its class is not known.

    ``shape`` demands that ``value``, to which ``path`` leads, is of one of the classes ``expected``;
    ``focus`` is the first that refers to it in this way, and ``references`` says how many do.
    """

    shape: str
    path: str
    expected: tuple[str, ...]
    value: str
    focus: str
    references: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome over one graph.

    ``focus_nodes`` counts the nodes that some shape is about; ``elsewhere`` are the references that
    could not be checked because what they lead to is described in another graph.
    """

    violations: tuple[Violation, ...]
    focus_nodes: int
    triples: int
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def conforms(self) -> bool:
        return not self.violations
