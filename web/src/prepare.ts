// From the rows of the table to the nodes and links of the picture. What does not fit is gathered
// in one node per column, so that the picture's total is always the table's.
import { say } from "./say";
import type { Column, Flow, FlowGroup, FlowLink, FlowNode, FlowRow, Prepared } from "./types";

const ORDER: Readonly<Record<Flow["of"], readonly Column[]>> = {
  document: ["document", "carrier", "project", "unit", "function"],
  organization: ["organization", "unit", "project", "basis"],
};
// Drawn last and in grey, as what is gathered is.
const NO_BASIS = "rest none";
const noUnit = (): string => say("未注明单位", "unit not stated");
const noFunction = (): string => say("未注明功能分类", "function not stated");
const noBasis = (): string => say("没有文件依据", "no document behind it");

/** A decimal text in yuan as whole cents; what is finer than a cent is cut. */
export function toCents(amount: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount);
  if (!match) throw new Error(`not an amount: ${amount}`);
  const cents = BigInt(match[2]!) * 100n + BigInt((match[3] ?? "").padEnd(2, "0").slice(0, 2));
  return match[1] ? -cents : cents;
}

/** Whole cents as yuan with separators; cents only where there are any. */
export function shownYuan(cents: bigint): string {
  const sign = cents < 0n ? "-" : "";
  const plain = cents < 0n ? -cents : cents;
  const whole = (plain / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = plain % 100n;
  return `${sign}${whole}${rest ? `.${rest.toString().padStart(2, "0")}` : ""}`;
}

/** Yuan in 万元 or 亿元, for labels: three digits are enough beside a width. */
export function shortYuan(cents: bigint): string {
  const yuan = Number(cents) / 100;
  const digits = new Intl.NumberFormat("zh-Hans", { maximumSignificantDigits: 4 });
  if (say("zh", "en") === "en") {
    if (yuan >= 1e6) return `${digits.format(yuan / 1e6)} million yuan`;
    if (yuan >= 1e3) return `${digits.format(yuan / 1e3)} thousand yuan`;
    return `${shownYuan(cents)} yuan`;
  }
  if (yuan >= 1e8) return `${digits.format(yuan / 1e8)} 亿元`;
  if (yuan >= 1e4) return `${digits.format(yuan / 1e4)} 万元`;
  return `${shownYuan(cents)} 元`;
}

/** One way of money, before anything is gathered. */
interface Way {
  readonly stops: ReadonlyMap<Column, Stop>;
  readonly cents: bigint;
}

interface Stop {
  readonly key: string;
  readonly name: string;
  readonly href: string | null;
}

/**
 * The picture of one group.
 *
 * @param most how many nodes a column may have; the smallest beyond it become one.
 * @param left the columns that are left out, where there is no room.
 */
export function prepare(
  flow: Flow,
  group: FlowGroup,
  most: number,
  left: readonly Column[] = [],
): Prepared {
  const ways = group.rows.flatMap((row, index) => waysOf(flow, row, index));
  // A column in which nothing is stated says nothing.
  const stated = group.rows.some((row) => row.functions.length > 0);
  // One who runs all of its projects itself need not stand in two columns.
  const alone = group.rows.every((row) => row.unit !== null && row.unit.href === flow.start.href);
  const columns = ORDER[flow.of].filter(
    (column) =>
      !left.includes(column) &&
      (column !== "function" || stated) &&
      (column !== "organization" || !alone) &&
      ways.some((way) => way.stops.has(column)),
  );
  const gathered = new Map<Column, Map<string, Stop>>();
  for (const column of columns) gathered.set(column, gather(ways, column, most));
  const nodes = new Map<string, FlowNode>();
  const links = new Map<string, FlowLink>();
  for (const way of ways) {
    let before: string | null = null;
    for (const column of columns) {
      const own = way.stops.get(column);
      if (!own) continue;
      const stop = gathered.get(column)!.get(own.key) ?? own;
      add(nodes, stop, column, way.cents);
      if (before !== null) join(links, before, stop.key, way.cents);
      before = stop.key;
    }
  }
  return { columns, nodes: [...nodes.values()], links: [...links.values()] };
}

/** A project's money by function; what no function is stated for is said to be so. */
function waysOf(flow: Flow, row: FlowRow, index: number): Way[] {
  const before = new Map<Column, Stop>();
  before.set(flow.of, { key: flow.of, ...flow.start });
  if (row.carrier) before.set("carrier", { key: `carrier ${row.carrier.name}`, ...row.carrier });
  before.set("project", { key: `project ${index}`, name: row.project, href: row.href });
  const { basis } = row;
  if (basis) before.set("basis", { key: `basis ${basis.href ?? ""} ${basis.name}`, ...basis });
  else before.set("basis", { key: NO_BASIS, name: noBasis(), href: null });
  const unit = row.unit ?? { name: noUnit(), href: null };
  before.set("unit", { key: `unit ${unit.href ?? ""} ${unit.name}`, ...unit });
  let left = toCents(row.amount);
  const ways: Way[] = [];
  for (const part of row.functions) {
    const asked = toCents(part.amount);
    const cents = asked < left ? asked : left;
    if (cents <= 0n) continue;
    left -= cents;
    ways.push({ stops: withFunction(before, part.name, part.href), cents });
  }
  if (left > 0n) ways.push({ stops: withFunction(before, noFunction(), null), cents: left });
  return ways;
}

function withFunction(
  before: ReadonlyMap<Column, Stop>,
  name: string,
  href: string | null,
): Map<Column, Stop> {
  return new Map(before).set("function", { key: `function ${href ?? ""} ${name}`, name, href });
}

/** Which stops of a column are drawn as the one that stands for the smallest. */
function gather(ways: readonly Way[], column: Column, most: number): Map<string, Stop> {
  const sums = new Map<string, bigint>();
  for (const way of ways) {
    const stop = way.stops.get(column);
    if (stop && stop.key !== NO_BASIS) sums.set(stop.key, (sums.get(stop.key) ?? 0n) + way.cents);
  }
  const gathered = new Map<string, Stop>();
  if (sums.size <= most) return gathered;
  // Equal sums keep the order of the table.
  const ordered = [...sums].sort((a, b) => (a[1] < b[1] ? 1 : a[1] > b[1] ? -1 : 0));
  const small = ordered.slice(most - 1);
  const rest: Stop = { key: `rest ${column}`, name: restName(column, small.length), href: null };
  for (const [key] of small) gathered.set(key, rest);
  return gathered;
}

function restName(column: Column, count: number): string {
  const what = {
    document: say("文件", "documents"),
    organization: say("部门", "departments"),
    carrier: say("文件", "documents"),
    project: say("项目", "projects"),
    unit: say("单位", "units"),
    basis: say("份文件", "documents"),
    function: say("科目", "classes"),
  }[column];
  return say(`其余 ${count} 个${what}`, `${count} other ${what}`).replace("个份", "份");
}

function add(nodes: Map<string, FlowNode>, stop: Stop, column: Column, cents: bigint): void {
  const known = nodes.get(stop.key);
  const sum = (known?.cents ?? 0n) + cents;
  nodes.set(stop.key, { ...stop, column, cents: sum, rest: stop.key.startsWith("rest ") });
}

function join(links: Map<string, FlowLink>, from: string, to: string, cents: bigint): void {
  const key = `${from}\u0000${to}`;
  links.set(key, { from, to, cents: (links.get(key)?.cents ?? 0n) + cents });
}
