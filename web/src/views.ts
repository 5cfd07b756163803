// A result as table or chart. The chart is drawn from the table's own cells, so that both say one
// thing; boxes are links where the table has them.
import { MOST, bars, columnsOf, drawable, itemsOf, likeliest, slices } from "./chart";
import type { Columns, Item, Shape } from "./chart";
import { say } from "./say";

const SVG = "http://www.w3.org/2000/svg";
const ROW = 28;
const HEIGHT = 320;

export function offerViews(answer: HTMLElement, table: HTMLTableElement): void {
  const columns = columnsOf(table);
  const place = answer.querySelector<HTMLElement>("[data-views]");
  const figure = answer.querySelector<HTMLElement>("[data-chart]");
  if (!columns || !place || !figure || table.tBodies[0]!.rows.length < 2) return;
  new Views(place, figure, table, columns);
}

class Views {
  private shape: Shape | null = null;
  private readonly label: HTMLSelectElement;
  private readonly number: HTMLSelectElement;
  private readonly buttons = new Map<Shape | null, HTMLButtonElement>();
  private readonly choices: HTMLElement;
  private width = 0;

  constructor(
    place: HTMLElement,
    private readonly figure: HTMLElement,
    private readonly table: HTMLTableElement,
    private readonly columns: Columns,
  ) {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", say("显示方式", "View"));
    const kinds: [Shape | null, string][] = [
      [null, say("表", "Table")], ["bar", say("条形图", "Bars")],
      ["line", say("折线图", "Line")], ["pie", say("饼图", "Pie")],
    ];
    for (const [shape, words] of kinds) group.append(this.button(shape, words));
    this.choices = document.createElement("div");
    this.choices.className = "choices";
    this.label = this.choice(say("名称", "Label"), columns.names.map((_, index) => index), columns.label);
    this.number = this.choice(say("数值", "Value"), columns.numbers, likeliest(columns));
    place.replaceChildren(group, this.choices);
    place.hidden = false;
    new ResizeObserver(() => this.draw(false)).observe(figure.parentElement!);
    this.show(null);
  }

  private button(shape: Shape | null, words: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = words;
    button.addEventListener("click", () => this.show(shape));
    this.buttons.set(shape, button);
    return button;
  }

  private choice(words: string, indices: readonly number[], chosen: number): HTMLSelectElement {
    const label = document.createElement("label");
    const select = document.createElement("select");
    for (const index of indices)
      select.add(new Option(`?${this.columns.names[index]}`, String(index), index === chosen, index === chosen));
    select.addEventListener("change", () => this.draw(true));
    label.append(`${words} `, select);
    this.choices.append(label);
    return select;
  }

  private show(shape: Shape | null): void {
    this.shape = shape;
    for (const [one, button] of this.buttons) button.setAttribute("aria-pressed", String(one === shape));
    this.choices.hidden = shape === null;
    this.figure.hidden = shape === null;
    this.table.parentElement!.hidden = shape !== null;
    this.draw(true);
  }

  private draw(again: boolean): void {
    if (this.shape === null) return;
    const width = Math.max(280, this.figure.clientWidth);
    if (!again && width === this.width) return;
    this.width = width;
    const items = itemsOf(this.table, Number(this.label.value), Number(this.number.value));
    const index = Number(this.number.value);
    const name = this.columns.meanings[index] || `?${this.columns.names[index]}`;
    const caption = document.createElement("figcaption");
    if (!drawable(items, this.shape)) {
      caption.textContent =
        this.shape === "pie"
          ? say("有负数或没有大于零的数，不能画成饼图。", "Numbers below zero, or none above it, make no pie.")
          : say("没有足够的数可画。", "There are too few numbers to draw.");
      this.figure.replaceChildren(caption);
      return;
    }
    const shown = this.shape === "pie" ? items : items.slice(0, MOST[this.shape]);
    const left = items.length - shown.length;
    caption.textContent = name + (left ? say(`；前 ${shown.length} 行，其余 ${left} 行见表`, `; the first ${shown.length} rows, the other ${left} are in the table`) : "");
    const drawn = { bar: barChart, line: lineChart, pie: pieChart }[this.shape](shown, width, name);
    this.figure.replaceChildren(caption, drawn);
  }
}

function element(name: string, attributes: Record<string, string | number>, ...inside: (Node | string)[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...inside);
  return made;
}

function canvas(width: number, height: number, title: string): SVGElement {
  const attributes = { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title };
  return element("svg", attributes);
}

function told(item: Item, more = ""): string {
  return `${item.label}${item.text ? `：${item.text}` : ""}${more}`;
}

// A mark with its words; it leads where the table's row leads.
function marked(item: Item, what: string, ...parts: SVGElement[]): SVGElement {
  const title = element("title", {}, what);
  if (item.href) return element("a", { href: item.href }, title, ...parts);
  return element("g", { role: "img", "aria-label": what }, title, ...parts);
}

// How wide a text is about: a Chinese character is a square, others half of one.
function extent(text: string, size: number): number {
  return [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? size : size * 0.58), 0);
}

function fitted(text: string, room: number, size: number): string {
  if (extent(text, size) <= room) return text;
  let kept = "";
  for (const char of text) {
    if (extent(`${kept}${char}…`, size) > room) break;
    kept += char;
  }
  return `${kept}…`;
}

function barChart(items: readonly Item[], width: number, title: string): SVGElement {
  const size = 13;
  const narrow = width < 560;
  const labels = narrow ? 0 : Math.min(260, Math.max(60, ...items.map((item) => extent(item.label, size) + 8)));
  const values = Math.max(...items.map((item) => extent(item.text, size) + 10));
  const room = Math.max(40, width - labels - values);
  const step = narrow ? ROW + 18 : ROW;
  const laid = bars(items, room);
  const made = canvas(width, items.length * step + 8, title);
  for (const [index, bar] of laid.bars.entries()) {
    const y = index * step + (narrow ? 22 : 4);
    const x = labels + bar.start;
    const label = narrow
      ? element("text", { x: 0, y: y - 5, class: "label" }, fitted(bar.item.label, width, size))
      : element("text", { x: labels - 8, y: y + 15, class: "label", "text-anchor": "end" }, fitted(bar.item.label, labels - 8, size));
    const box = element("rect", { x, y, width: Math.max(1, bar.end - bar.start), height: 20, class: "mark" });
    const value = element("text", { x: labels + bar.end + 6, y: y + 15, class: "value" }, bar.item.text);
    made.append(marked(bar.item, told(bar.item), label, box, value));
  }
  const zero = labels + laid.zero;
  made.append(element("line", { x1: zero, x2: zero, y1: 0, y2: items.length * step + 4, class: "axis" }));
  return made;
}

function lineChart(items: readonly Item[], width: number, title: string): SVGElement {
  const size = 12;
  const numbers = items.map((item) => Number(item.value));
  const low = Math.min(0, ...numbers);
  const high = Math.max(0, ...numbers);
  const highest = items[numbers.indexOf(Math.max(...numbers))]!.text;
  const [left, right, top, bottom] = [12, 12, 24, 28];
  const x = (index: number): number => left + (index / (items.length - 1)) * (width - left - right);
  const y = (number: number): number => top + ((high - number) / (high - low || 1)) * (HEIGHT - top - bottom);
  const made = canvas(width, HEIGHT, title);
  const points = numbers.map((number, index) => `${x(index)},${y(number)}`).join(" ");
  made.append(
    element("line", { x1: left, x2: width - right, y1: y(0), y2: y(0), class: "axis" }),
    element("text", { x: left, y: 14, class: "value" }, highest),
    element("polyline", { points, class: "line" }),
  );
  let free = 0;
  for (const [index, item] of items.entries()) {
    const at = x(index);
    const dot = element("circle", { cx: at, cy: y(numbers[index]!), r: 5, class: "mark" });
    made.append(marked(item, told(item), dot));
    const label = fitted(item.label, 110, size);
    const half = extent(label, size) / 2;
    const middle = Math.min(Math.max(at, half), width - half);
    if (middle - half < free) continue;
    free = middle + half + 12;
    made.append(element("text", { x: middle, y: HEIGHT - 8, class: "label", "text-anchor": "middle" }, label));
  }
  return made;
}

function pieChart(items: readonly Item[], width: number, title: string): SVGElement {
  const found = slices(items, (count) => say(`其余 ${count} 项`, `${count} others`));
  const radius = Math.min(130, width / 2 - 10);
  const beside = width > 560;
  const list = found.length * 24;
  const made = canvas(width, beside ? Math.max(radius * 2 + 20, list + 10) : radius * 2 + list + 30, title);
  const [cx, cy] = [radius + 4, radius + 10];
  const spot = (turn: number): string => {
    const angle = turn * 2 * Math.PI - Math.PI / 2;
    return `${cx + radius * Math.cos(angle)},${cy + radius * Math.sin(angle)}`;
  };
  for (const [index, slice] of found.entries()) {
    const shade = `mark s${index % 6}`;
    const large = slice.share > 0.5 ? 1 : 0;
    const shape =
      slice.share > 0.9999
        ? element("circle", { cx, cy, r: radius, class: shade })
        : element("path", { d: `M${cx},${cy}L${spot(slice.from)}A${radius},${radius},0,${large},1,${spot(slice.to)}Z`, class: shade });
    const x = beside ? radius * 2 + 40 : 4;
    const y = beside ? 22 + index * 24 : radius * 2 + 40 + index * 24;
    const percent = ` ${(slice.share * 100).toFixed(1)}%`;
    const words = fitted(`${slice.item.label}${percent}`, width - x - 24, 13);
    const key = element("rect", { x, y: y - 12, width: 14, height: 14, class: shade });
    const label = element("text", { x: x + 22, y, class: "label" }, words);
    made.append(shape, marked(slice.item, told(slice.item, percent), key, label));
  }
  return made;
}
