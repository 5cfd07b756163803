// Pictures as boxes, ribbons and labels in pixels: areas, bars, ways. No page in here: each is a
// function of rows and a width, and is drawn on the page and into a file alike.
import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { long, wrapped } from "./scene";
import { shownYuan } from "./prepare";
import type { Named, TableRow } from "./table";

export const FONT = 13;
export const LINE = 17;
const GAP = 2;

/** One thing that is drawn: ``tone`` counts the colours and patterns from 0. */
export interface Shape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly tone: number;
  readonly href: string | null;
  readonly told: string;
  readonly inside: boolean;
  readonly labels: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly ribbons: readonly { readonly path: string; readonly width: number; readonly tone: number; readonly told: string }[];
  readonly notes: readonly { readonly text: string; readonly x: number; readonly y: number }[];
  readonly key: readonly { readonly text: string; readonly tone: number }[];
}

export interface Words {
  readonly others: (n: number) => string;
  readonly unit: string;
  readonly units: readonly { readonly name: string; readonly yuan: number }[];
}

/** The page's words: what is gathered, the unit, then larger units with their size in yuan. */
export function wordsOf(words: readonly string[]): Words {
  const [others = "+{n}", unit = "元", ...larger] = words;
  const units = larger.map((one) => ({ name: one.split("=")[0]!, yuan: Number(one.split("=")[1]) }));
  return {
    others: (n) => others.replace("{n}", String(n)),
    unit,
    units: units.filter((one) => one.yuan > 0).sort((a, b) => b.yuan - a.yuan),
  };
}

/** Yuan in the unit that reads best, for labels: four digits are enough beside an area. */
export function short(cents: bigint, words: Words): string {
  const yuan = Number(cents) / 100;
  const unit = words.units.find((one) => Math.abs(yuan) >= one.yuan);
  if (!unit) return `${shownYuan(cents)} ${words.unit}`;
  const digits = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
  return `${digits.format(yuan / unit.yuan)} ${unit.name}`;
}

interface Tree {
  readonly row: TableRow | null;
  readonly cents: bigint;
  readonly tone: number;
  readonly children: Tree[];
}

/**
 * Nested areas: the finest rows of the tree, coloured by the topmost above them. What a class holds
 * beyond the classes below it is an area of its own, so that the whole is always the sum of the
 * topmost rows. Rows of no money or less have no area.
 */
export function areas(rows: readonly TableRow[], width: number, words: Words): Drawing {
  const height = Math.round(Math.min(520, Math.max(260, width * 0.5)));
  const tops = rows.filter((row) => row.parent === null);
  const trees = tops
    .slice()
    .sort((a, b) => (a.cents < b.cents ? 1 : a.cents > b.cents ? -1 : 0))
    .map((row, index) => grown(row, rows, index, new Set()));
  const root = hierarchy<Tree>({ row: null, cents: 0n, tone: 0, children: trees })
    .sum((one) => (one.children.length ? 0 : Math.max(0, Number(one.cents) / 100)))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<Tree>().tile(treemapSquarify).size([width, height]).paddingInner(GAP)(root);
  const shapes = laid
    .leaves()
    .filter((leaf) => leaf.data.row && leaf.x1 - leaf.x0 > 0 && leaf.y1 - leaf.y0 > 0)
    .map((leaf): Shape => {
      const row = leaf.data.row!;
      const one = row.names[0]!;
      const wide = leaf.x1 - leaf.x0;
      const high = leaf.y1 - leaf.y0;
      const room = Math.floor((high - 8) / LINE);
      const lines =
        wide < 3 * FONT || room < 1
          ? []
          : labelled(wide < 8 * FONT ? uncoded(one.name) : one.name, short(leaf.data.cents, words), wide - 14, room);
      return {
        x: leaf.x0,
        y: leaf.y0,
        width: wide,
        height: high,
        tone: leaf.data.tone,
        href: one.href,
        told: `${one.name}：${shownYuan(leaf.data.cents)} ${words.unit}`,
        inside: true,
        labels: lines.map((text, index) => ({ text, x: leaf.x0 + 7, y: leaf.y0 + 5 + FONT + index * LINE })),
      };
    });
  const key = trees.map((one) => ({ text: `${one.row!.names[0]!.name} ${short(one.cents, words)}`, tone: one.tone }));
  return { width, height, shapes, ribbons: [], notes: [], key: key.length > 1 ? key : [] };
}

/** In a narrow box the name tells more than the code before it. */
const uncoded = (name: string): string => name.replace(/^[0-9]+\s+(?=\S)/, "");

/** A name and below it its amount, where there is room for the whole of it. */
function labelled(name: string, amount: string, wide: number, room: number): string[] {
  const whole = room > 1 && wrapped(amount, wide, 1)[0] === amount;
  // A Latin word that has to be broken is no word any more: what is pointed at tells the name.
  if (name.split(" ").some((word) => /^[A-Za-z]/.test(word) && long(word) > wide)) return [];
  const lines = wrapped(name, wide, whole ? room - 1 : room);
  return whole ? [...lines, amount] : lines;
}

function grown(row: TableRow, rows: readonly TableRow[], tone: number, seen: Set<string>): Tree {
  const below = row.key === null || seen.has(row.key) ? [] : rows.filter((one) => one.parent === row.key);
  if (row.key !== null) seen.add(row.key);
  const children = below.map((one) => grown(one, rows, tone, seen));
  const rest = row.cents - children.reduce((sum, one) => sum + one.cents, 0n);
  if (children.length && rest > 0n) children.push({ row, cents: rest, tone, children: [] });
  return { row, cents: row.cents, tone, children };
}

function fits(text: string, room: number): string {
  return wrapped(text, room, 1)[0] ?? "";
}

/** Bars from one zero, one for each different name; a bar is divided by the parts of its rows. */
export function bars(rows: readonly TableRow[], width: number, words: Words, most = 20): Drawing {
  const groups = new Map<string, { names: readonly Named[]; rows: TableRow[]; cents: bigint }>();
  for (const row of rows) {
    const key = row.names.map((one) => one.name).join(" · ");
    const group = groups.get(key) ?? { names: row.names, rows: [], cents: 0n };
    group.rows.push(row);
    groups.set(key, { ...group, cents: group.cents + row.cents });
  }
  const all = [...groups].sort(([, a], [, b]) => (a.cents < b.cents ? 1 : a.cents > b.cents ? -1 : 0));
  const shown = all.slice(0, most);
  const parts = [...new Set(rows.map((row) => row.part ?? ""))];
  const longest = Number(shown[0]?.[1].cents ?? 1n) || 1;
  const lane = 22;
  const step = lane + 2 * LINE;
  // Beside the longest bar its amount has to stand.
  const beside = Math.max(...shown.map(([, group]) => long(short(group.cents, words))), 0);
  const room = Math.max(width - beside - 24, width / 3);
  const shapes: Shape[] = [];
  const notes: { text: string; x: number; y: number }[] = [];
  for (const [index, [name, group]] of shown.entries()) {
    const y = index * step;
    notes.push({ text: fits(name, width), x: 0, y: y + FONT + 2 });
    let x = 0;
    for (const row of group.rows) {
      const wide = Math.max(0, (Number(row.cents) / longest) * room);
      const part = row.part ? `，${row.part}` : "";
      shapes.push({
        x,
        y: y + LINE + 4,
        width: Math.max(wide - (group.rows.length > 1 ? 1 : 0), 1),
        height: lane,
        tone: parts.indexOf(row.part ?? ""),
        href: row.names[0]?.href ?? null,
        told: `${name}${part}：${shownYuan(row.cents)} ${words.unit}`,
        inside: true,
        labels: [],
      });
      x += wide;
    }
    notes.push({ text: short(group.cents, words), x: x + 8, y: y + LINE + 4 + lane / 2 + FONT / 2 - 2 });
  }
  if (all.length > shown.length)
    notes.push({ text: words.others(all.length - shown.length), x: 0, y: shown.length * step + FONT });
  const key = parts.length > 1 ? parts.map((text, tone) => ({ text, tone })) : [];
  const height = shown.length * step + (all.length > shown.length ? LINE + 6 : 0);
  return { width, height: Math.max(height, 1), shapes, ribbons: [], notes, key };
}

interface Stop {
  readonly id: string;
  readonly column: number;
  readonly name: string;
  readonly href: string | null;
  cents: bigint;
}

/** Ribbons from column to column of the table; a column's smallest stops beyond ``most`` are one. */
export function ways(rows: readonly TableRow[], width: number, words: Words, most = 10): Drawing {
  const positive = rows.filter((row) => row.cents > 0n);
  const columns = positive[0]?.names.length ?? 0;
  if (!columns) return { width, height: 1, shapes: [], ribbons: [], notes: [], key: [] };
  const stops = new Map<string, Stop>();
  const links = new Map<string, { source: string; target: string; cents: bigint }>();
  const rest = Array.from({ length: columns }, (_, column) => restOf(positive, column, most));
  for (const row of positive) {
    let before: string | null = null;
    for (const [column, named] of row.names.entries()) {
      const gathered = rest[column]!;
      const other = gathered.has(named.name);
      const name = other ? words.others(gathered.size) : named.name;
      const id = `${column} ${other ? "" : name}`;
      const stop = stops.get(id) ?? { id, column, name, href: other ? null : named.href, cents: 0n };
      stop.cents += row.cents;
      stops.set(id, stop);
      if (before !== null) {
        const link = links.get(`${before}\u0000${id}`) ?? { source: before, target: id, cents: 0n };
        link.cents += row.cents;
        links.set(`${before}\u0000${id}`, link);
      }
      before = id;
    }
  }
  const counts = rest.map((_, column) => [...stops.values()].filter((one) => one.column === column).length);
  const padding = 3 * LINE;
  const height = Math.max(220, Math.max(...counts) * (padding + 14));
  const step = width / columns;
  const laid = sankey<Stop, { cents: bigint }>()
    .nodeId((one) => one.id)
    .nodeAlign((one) => one.column)
    .nodeWidth(14)
    .nodePadding(padding)
    .extent([
      [0, padding / 2],
      [width - step + 14, height - padding / 2],
    ])({
    nodes: [...stops.values()],
    links: [...links.values()].map((one) => ({ ...one, value: Number(one.cents) / 100 })),
  });
  const tones = new Map([...stops.values()].filter((one) => one.column === columns - 1).map((one, tone) => [one.id, tone]));
  const toned = (id: string) => tones.get(id) ?? 7;
  return {
    width,
    height,
    shapes: laid.nodes.map((node): Shape => {
      const x = node.x0 ?? 0;
      const y = node.y0 ?? 0;
      const high = Math.max(1.5, (node.y1 ?? 0) - y);
      const lines = [...wrapped(node.name, step - 26, 2), short(node.cents, words)];
      const top = y + high / 2 - (lines.length * LINE) / 2 + FONT;
      return {
        x,
        y,
        width: 14,
        height: high,
        tone: toned(node.id),
        href: node.href,
        told: `${node.name}：${shownYuan(node.cents)} ${words.unit}`,
        inside: false,
        labels: lines.map((text, index) => ({ text, x: x + 20, y: top + index * LINE })),
      };
    }),
    ribbons: laid.links.map((link) => {
      const source = link.source as unknown as Stop;
      const target = link.target as unknown as Stop;
      return {
        path: sankeyLinkHorizontal()(link as never) ?? "",
        width: Math.max(1, link.width ?? 0),
        tone: toned(target.id),
        told: `${source.name} → ${target.name}：${shownYuan(link.cents)} ${words.unit}`,
      };
    }),
    notes: [],
    key: [],
  };
}

function restOf(rows: readonly TableRow[], column: number, most: number): Set<string> {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    const { name } = row.names[column]!;
    sums.set(name, (sums.get(name) ?? 0n) + row.cents);
  }
  if (sums.size <= most) return new Set();
  const ordered = [...sums].sort((a, b) => (a[1] < b[1] ? 1 : a[1] > b[1] ? -1 : 0));
  return new Set(ordered.slice(most - 1).map(([name]) => name));
}
