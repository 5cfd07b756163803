// What a chart of a result shows: labels with numbers, and how they lie in pixels. Amounts are
// texts of plain decimals up to here; only lengths and angles are floats.

export type Shape = "bar" | "line" | "pie";

export interface Item {
  label: string;
  href: string | null;
  // The number as the data have it, and as the table shows it.
  value: string;
  text: string;
}

export const MOST: Record<Shape, number> = { bar: 40, line: 200, pie: 12 };

// What can be drawn: a pie has parts of a whole, so that it takes no number below zero.
export function drawable(items: readonly Item[], shape: Shape): boolean {
  if (items.length < 2) return false;
  if (shape !== "pie") return true;
  return items.every((item) => !item.value.trim().startsWith("-")) && items.some((item) => Number(item.value) > 0);
}

export interface Bar {
  item: Item;
  start: number;
  end: number;
}

// Bars between two ends of one scale that always holds zero.
export function bars(items: readonly Item[], width: number): { bars: Bar[]; zero: number } {
  const numbers = items.map((item) => Number(item.value));
  const low = Math.min(0, ...numbers);
  const high = Math.max(0, ...numbers);
  const span = high - low || 1;
  const at = (number: number): number => ((number - low) / span) * width;
  const found = items.map((item, index) => {
    const end = at(numbers[index]!);
    return { item, start: Math.min(at(0), end), end: Math.max(at(0), end) };
  });
  return { bars: found, zero: at(0) };
}

export interface Slice {
  item: Item;
  share: number;
  from: number;
  to: number;
}

// Slices of a whole turn, the largest first; what is over the limit becomes one slice.
export function slices(items: readonly Item[], rest: (count: number) => string): Slice[] {
  const sorted = items.filter((item) => Number(item.value) > 0);
  sorted.sort((one, other) => Number(other.value) - Number(one.value));
  const shown = sorted.length > MOST.pie ? sorted.slice(0, MOST.pie - 1) : sorted;
  const others = sorted.slice(shown.length);
  const sum = (all: readonly Item[]): number => all.reduce((total, item) => total + Number(item.value), 0);
  const total = sum(sorted);
  const parts = shown.map((item) => ({ item, share: Number(item.value) / total }));
  if (others.length)
    parts.push({
      item: { label: rest(others.length), href: null, value: "", text: "" },
      share: sum(others) / total,
    });
  let at = 0;
  return parts.map(({ item, share }) => ({ item, share, from: at, to: (at += share) }));
}

// The table's columns that a chart can take: what numbers, and what they are of.
export interface Columns {
  names: string[];
  meanings: string[];
  numbers: number[];
  label: number;
}

export function columnsOf(table: HTMLTableElement): Columns | null {
  const heads = [...table.tHead!.rows[0]!.cells];
  const names = heads.map((head) => head.dataset["name"] ?? "");
  const numbers = heads.flatMap((head, index) => ("number" in head.dataset ? [index] : []));
  const meanings = heads.map((head) => head.querySelector("small")?.textContent ?? "");
  const label = telling(table, heads.length, numbers);
  return numbers.length ? { names, meanings, numbers, label } : null;
}

// The column that tells rows apart best: the one of most different texts; of equals, words before
// codes, then the first.
function telling(table: HTMLTableElement, columns: number, numbers: readonly number[]): number {
  const rows = [...table.tBodies[0]!.rows];
  let best = -1;
  let most = 0;
  for (let index = 0; index < columns; index++) {
    if (numbers.includes(index)) continue;
    const texts = new Set(rows.map((row) => row.cells[index]!.textContent!.trim()));
    const words = [...texts].some((text) => /\p{L}/u.test(text)) ? 0.5 : 0;
    if (texts.size + words > most) [best, most] = [index, texts.size + words];
  }
  return best;
}

// The number column that people mean: an amount before a count, a count before a line.
export function likeliest(columns: Columns): number {
  const rank = (index: number): number => {
    const name = columns.names[index]!.toLowerCase();
    if (/amount|yuan|sum|total|money/.test(name)) return 0;
    return /line|start|end|tolerance|year/.test(name) ? 2 : 1;
  };
  return [...columns.numbers].sort((one, other) => rank(one) - rank(other) || one - other)[0]!;
}

export function itemsOf(table: HTMLTableElement, label: number, number: number): Item[] {
  return [...table.tBodies[0]!.rows].flatMap((row, index) => {
    const cell = row.cells[number]!;
    const value = cell.dataset["value"];
    if (value === undefined) return [];
    const named = label < 0 ? null : row.cells[label]!;
    const link = named?.querySelector("a");
    return [
      {
        label: (named?.querySelector("a, bdi") ?? named)?.textContent?.trim() || String(index + 1),
        href: link?.getAttribute("href") ?? null,
        value,
        text: cell.textContent!.trim(),
      },
    ];
  });
}
