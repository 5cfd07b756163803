"""Two-sided forms whose labels are folded within columns that white space draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fiscograph.forms.grid import NumberCell
from fiscograph.forms.labels import LabelReader, Meaning, is_part, plain_label
from fiscograph.forms.rows_read import EMPTY, number_cells
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """A label of one side with its numbers, whatever lines they are folded over."""

    label: Cell
    meaning: Meaning
    numbers: tuple[NumberCell, ...]


@dataclass(slots=True)
class _Label:
    pieces: list[Cell]
    first: int
    last: int
    numbers: list[Cell] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def end(self) -> int:
        return max(piece.span.end for piece in self.pieces)


class BandReader:
    """Reads a form page by page; a label that a page cuts goes on on the next one."""

    def __init__(self, reader: LabelReader) -> None:
        self.reader = reader
        self.rows: list[BandRow] = []
        self.cut: list[_Label] = []

    def page(self, lines: Sequence[Line]) -> bool:
        """Read one page's rows, where labels and numbers stand in columns of their own.

        A label goes on over lines until the next one begins; a number belongs to the label on its
        left beside whose lines it stands.

        Args:
            lines: the lines of one page below its header.

        Returns:
            whether every label is known and every number has one.
        """
        cells = [c for line in lines for c in line.words if c.text not in EMPTY]
        texts = [c for c in cells if c.number is None]
        amounts = [c for c in cells if c.number is not None]
        columns = [
            self._labels(
                sorted(
                    (c for c in texts if start <= c.span.start <= end),
                    key=lambda cell: (cell.span.line, cell.span.start),
                )
            )
            for start, end in _bands(texts)
        ]
        if not all(self._row(label) for label in self.cut):
            return False
        self.cut = []
        for cell in amounts:
            beside = [
                label
                for labels in columns
                for label in labels
                if label.end < cell.span.start and label.first <= cell.span.line <= label.last
            ]
            if not beside:
                return False
            max(beside, key=lambda label: label.end).numbers.append(cell)
        for labels in columns:
            for label in labels:
                meaning = self.reader.meaning(label.text, None)
                if label is labels[-1] and (meaning is None or meaning.key is None):
                    self.cut.append(label)
                elif not self._row(label):
                    return False
        return True

    def close(self) -> bool:
        """Whether the labels that the last page ends with are known."""
        return all(self._row(label) for label in self.cut)

    def _row(self, label: _Label) -> bool:
        meaning = self.reader.meaning(label.text, None)
        if meaning is not None:
            numbers = number_cells(label.numbers)
            self.rows.append(BandRow(label=_cell(label), meaning=meaning, numbers=numbers))
        # What a part of the row above is called needs no meaning where no amount stands beside it.
        return meaning is not None or (not label.numbers and is_part(label.text))

    def settled(self) -> list[BandRow]:
        """All rows, those that may stand on either side on the one where they stand."""
        starts = [row.label.span.start for row in self.rows if row.meaning.side == "expenditure"]
        right = min(starts, default=0)
        found = []
        for row in sorted(self.rows, key=lambda row: row.label.span.line):
            side = "income" if row.label.span.start < right else "expenditure"
            either = row.meaning.side == "either"
            found.append(replace(row, meaning=replace(row.meaning, side=side)) if either else row)
        return found

    def _labels(self, pieces: Sequence[Cell]) -> list[_Label]:
        """The labels of one column; the first goes on with what the page before cut, if it can."""
        labels = [label for label in self.cut if self._goes_on(label, pieces[0])][:1]
        self.cut = [label for label in self.cut if label not in labels]
        for piece in pieces:
            if labels and not _begins(piece, labels[-1], self.reader):
                labels[-1].pieces.append(piece)
                labels[-1].last = piece.span.line
            else:
                labels.append(_Label([piece], piece.span.line, piece.span.line))
        return labels

    def _goes_on(self, label: _Label, piece: Cell) -> bool:
        whole = self.reader.meaning(label.text + piece.text, None)
        return whole is not None and whole.key is not None


def _cell(label: _Label) -> Cell:
    """A label as one cell; its place is that of its first line."""
    span = label.pieces[0].span
    end = [piece.span.end for piece in label.pieces if piece.span.line == span.line][-1]
    return Cell(text=label.text, span=Span(line=span.line, start=span.start, end=end))


def _bands(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    bands: list[tuple[int, int]] = []
    for start, end in sorted((cell.span.start, cell.span.end) for cell in cells):
        # Words of one cell stand one or two characters apart where they are spaced out.
        if bands and start <= bands[-1][1] + 2:
            bands[-1] = (bands[-1][0], max(bands[-1][1], end))
        else:
            bands.append((start, end))
    return bands


def _begins(piece: Cell, above: _Label, reader: LabelReader) -> bool:
    """Whether a piece begins a label: it is enumerated, or the one above is whole without it, as it
    is before a total.
    """
    if plain_label(piece.text) != squeeze(piece.text):
        return True
    if piece.span.line == above.last:
        return False
    whole = reader.meaning(above.text, None)
    longer = reader.meaning(above.text + piece.text, None)
    if longer is not None and longer.key is not None:
        return False
    own = reader.meaning(piece.text, None)
    sums = own is not None and own.role in {"subtotal", "total"}
    return whole is not None and (whole.key is not None or sums)
