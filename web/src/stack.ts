// On a phone a wide table becomes a card for each row: every cell says what it is. The style sheet
// does it, for narrow windows alone; here the cells are told their headings. A table whose headings
// stand in several rows keeps its columns, and so does one of few that does not ask for it.
const NARROW = 3;

export function stack(table: HTMLTableElement): void {
  const heads = table.tHead?.rows;
  if (heads?.length !== 1 || table.classList.contains("result")) return;
  const names = [...heads[0]!.cells].map((cell) => (cell.textContent ?? "").trim());
  if (names.length <= NARROW && !table.classList.contains("stacked")) return;
  // As blocks the parts of a table are no longer one to a screen reader, unless they say so.
  table.setAttribute("role", "table");
  for (const part of [table.tHead!, ...table.tBodies]) part.setAttribute("role", "rowgroup");
  for (const row of table.rows) {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, at) => {
      cell.setAttribute("role", row.parentElement === table.tHead ? "columnheader" : "cell");
      const empty = /^[\s—]*$/.test(cell.textContent ?? "");
      if (empty) cell.classList.add("empty");
      else cell.dataset["label"] = names[at] ?? "";
    });
  }
  table.classList.add("stacked");
}
