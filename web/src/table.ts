// The table beside a picture: what is drawn is what is read. Amounts are decimal texts, added as
// whole cents.
import { toCents } from "./prepare";

export interface Named {
  readonly name: string;
  readonly href: string | null;
}

export interface TableRow {
  readonly names: readonly Named[];
  readonly part: string | null;
  readonly cents: bigint;
  readonly key: string | null;
  readonly parent: string | null;
}

/** Which columns are drawn, as the figure says. */
export interface Drawn {
  readonly shape: string;
  readonly names: readonly number[];
  readonly amount: number;
  readonly parts: number | null;
  readonly words: readonly string[];
}

export function drawnOf(figure: HTMLElement): Drawn {
  const { shape, names, amount, parts, words } = figure.dataset;
  return {
    shape: shape ?? "",
    names: (names ?? "0").split(",").map(Number),
    amount: Number(amount),
    parts: parts === undefined ? null : Number(parts),
    words: (words ?? "").split("|"),
  };
}

/** The rows that have an amount; an amount that is none is not drawn. */
export function rowsOf(table: HTMLTableElement, drawn: Drawn): TableRow[] {
  const rows: TableRow[] = [];
  for (const row of table.tBodies[0]?.rows ?? []) {
    const cents = centsOf(textOf(row.cells[drawn.amount]));
    if (cents === null) continue;
    rows.push({
      names: drawn.names.map((at) => ({
        name: textOf(row.cells[at]),
        href: row.cells[at]?.querySelector("a")?.getAttribute("href") ?? null,
      })),
      part: drawn.parts === null ? null : textOf(row.cells[drawn.parts]),
      cents,
      key: row.dataset["key"] ?? null,
      parent: row.dataset["parent"] ?? null,
    });
  }
  return rows;
}

/** An amount with separators as cents; null for a dash. */
export function centsOf(text: string): bigint | null {
  const plain = text.replace(/[,\s]/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? toCents(plain) : null;
}

/** The table as CSV (RFC 4180): what is shown, amounts without separators. */
export function csvOf(table: HTMLTableElement, amount: number): string {
  return [...table.rows]
    .map((row) =>
      [...row.cells]
        .map((cell, at) => {
          const text = textOf(cell);
          const plain = at === amount && centsOf(text) !== null ? text.replace(/,/g, "") : text;
          return /[",\r\n]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
        })
        .join(","),
    )
    .join("\r\n");
}

function textOf(cell: Element | undefined): string {
  return (cell?.textContent ?? "").replace(/\s+/g, " ").trim();
}
