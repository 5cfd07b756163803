// A drawing as SVG that stands alone as a file too, and as a bitmap. Colours never speak alone: each
// tone has a pattern, and everything is named in words. No style attributes: the page's
// Content-Security-Policy takes none.
import { wrapped } from "./scene";
import { FONT, LINE } from "./shapes";
import type { Drawing, Shape } from "./shapes";

const SVG = "http://www.w3.org/2000/svg";
const FONTS =
  'system-ui, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const KEY = 22;

export interface Theme {
  readonly ink: string;
  readonly soft: string;
  readonly paper: string;
  readonly inside: string;
  readonly tones: readonly string[];
  readonly hatch: string;
}

// Each tone has 4.5:1 against the label inside it and 3:1 against the paper.
export const LIGHT: Theme = {
  ink: "#1b1f23",
  soft: "#55606b",
  paper: "#ffffff",
  inside: "#ffffff",
  tones: ["#0b57a4", "#1f6f50", "#7a2e0e", "#6b3fa0", "#7a5200", "#9c2160", "#2f5d6b", "#55606b"],
  hatch: "#ffffff",
};

export const DARK: Theme = {
  ink: "#e6e9ec",
  soft: "#a3adb8",
  paper: "#14181c",
  inside: "#14181c",
  tones: ["#7db7f5", "#76cfa8", "#f0a07c", "#c3a2f0", "#e0b25c", "#f191bd", "#8fc7d6", "#a3adb8"],
  hatch: "#14181c",
};

let made = 0;

export function drawn(drawing: Drawing, theme: Theme, title: string): SVGSVGElement {
  const places = keyed(drawing);
  const height = drawing.height + places.height;
  const id = `p${(made += 1)}`;
  const svg = element("svg", {
    xmlns: SVG,
    viewBox: `0 0 ${drawing.width} ${height}`,
    width: drawing.width,
    height,
    "font-family": FONTS,
    "font-size": FONT,
    role: "group",
    "aria-label": title,
  }) as SVGSVGElement;
  svg.append(patterns(id, theme), element("rect", { width: drawing.width, height, fill: theme.paper }));
  for (const one of places.key) {
    svg.append(
      filled(id, theme, one.tone, { x: one.x, y: one.y, width: 14, height: 14 }),
      text(one.text, { x: one.x + 20, y: one.y + 12, fill: theme.ink }),
    );
  }
  const body = element("g", { transform: `translate(0 ${places.height})` });
  for (const one of drawing.ribbons) {
    const path = element("path", {
      d: one.path,
      fill: "none",
      stroke: toneOf(theme, one.tone),
      "stroke-opacity": 0.35,
      "stroke-width": one.width,
      "aria-hidden": "true",
    });
    path.append(titled(one.told));
    body.append(path);
  }
  for (const one of drawing.shapes) body.append(shape(one, id, theme));
  for (const one of drawing.notes) body.append(text(one.text, { x: one.x, y: one.y, fill: theme.ink }));
  svg.append(body);
  return svg;
}

function shape(one: Shape, id: string, theme: Theme): SVGElement {
  const group = one.href
    ? element("a", { href: one.href })
    : element("g", { tabindex: 0, role: "img" });
  group.append(
    titled(one.told),
    filled(id, theme, one.tone, { x: one.x, y: one.y, width: one.width, height: one.height }),
  );
  for (const label of one.labels)
    group.append(
      text(label.text, {
        x: label.x,
        y: label.y,
        fill: one.inside ? theme.inside : theme.ink,
        stroke: one.inside ? toneOf(theme, one.tone) : theme.paper,
        "stroke-width": 3,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
      }),
    );
  return group;
}

/** A box in its tone; every tone but the first has a pattern over it. */
function filled(id: string, theme: Theme, tone: number, box: Record<string, number>): SVGElement {
  const group = element("g", {});
  group.append(element("rect", { ...box, fill: toneOf(theme, tone) }));
  const kind = tone % HATCHES.length;
  if (kind) group.append(element("rect", { ...box, fill: `url(#${id}h${kind})` }));
  return group;
}

const HATCHES = ["", "M0 8L8 0", "M4 0V8", "M0 4H8", "M0 0L8 8", "M4 0V8M0 4H8", "M4 4h.1", "M0 8L8 0M0 0L8 8"];

function patterns(id: string, theme: Theme): SVGElement {
  const defs = element("defs", {});
  for (const [kind, d] of HATCHES.entries()) {
    if (!d) continue;
    const pattern = element("pattern", { id: `${id}h${kind}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" });
    pattern.append(
      element("path", { d, fill: "none", stroke: theme.hatch, "stroke-opacity": 0.28, "stroke-width": kind === 6 ? 2.5 : 1, "stroke-linecap": "round" }),
    );
    defs.append(pattern);
  }
  return defs;
}

/** Where the key stands: in rows above the drawing. */
function keyed(drawing: Drawing): { height: number; key: { text: string; tone: number; x: number; y: number }[] } {
  const key = [];
  let x = 0;
  let y = 0;
  for (const one of drawing.key) {
    const text = wrapped(one.text, drawing.width - 24, 1)[0]!;
    const wide = 34 + [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 0x2e80 ? FONT * 0.6 : FONT), 0);
    if (x && x + wide > drawing.width) {
      x = 0;
      y += KEY;
    }
    key.push({ tone: one.tone, text, x, y: y + 2 });
    x += wide;
  }
  return { key, height: key.length ? y + KEY + LINE / 2 : 0 };
}

function toneOf(theme: Theme, tone: number): string {
  return theme.tones[tone % theme.tones.length]!;
}

/** The drawing as a PNG, twice as fine as on the page. Drawn by itself: the page's policy lets no
 * picture be loaded from text. */
export function bitmap(drawing: Drawing, theme: Theme): Promise<Blob> {
  const places = keyed(drawing);
  const canvas = document.createElement("canvas");
  canvas.width = drawing.width * 2;
  canvas.height = (drawing.height + places.height) * 2;
  const at = canvas.getContext("2d")!;
  at.scale(2, 2);
  at.fillStyle = theme.paper;
  at.fillRect(0, 0, drawing.width, drawing.height + places.height);
  at.font = `${FONT}px ${FONTS}`;
  at.lineJoin = "round";
  for (const one of places.key) {
    box(at, theme, one.tone, one.x, one.y, 14, 14);
    write(at, one.text, one.x + 20, one.y + 12, theme.ink);
  }
  at.translate(0, places.height);
  for (const one of drawing.ribbons) {
    at.globalAlpha = 0.35;
    at.strokeStyle = toneOf(theme, one.tone);
    at.lineWidth = one.width;
    at.stroke(new Path2D(one.path));
  }
  at.globalAlpha = 1;
  for (const one of drawing.shapes) {
    box(at, theme, one.tone, one.x, one.y, one.width, one.height);
    const around = one.inside ? toneOf(theme, one.tone) : theme.paper;
    for (const label of one.labels)
      write(at, label.text, label.x, label.y, one.inside ? theme.inside : theme.ink, around);
  }
  for (const one of drawing.notes) write(at, one.text, one.x, one.y, theme.ink);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no bitmap"))), "image/png");
  });
}

function box(at: CanvasRenderingContext2D, theme: Theme, tone: number, x: number, y: number, width: number, height: number): void {
  at.fillStyle = toneOf(theme, tone);
  at.fillRect(x, y, width, height);
  const d = HATCHES[tone % HATCHES.length];
  if (!d) return;
  at.save();
  at.beginPath();
  at.rect(x, y, width, height);
  at.clip();
  at.globalAlpha = 0.28;
  at.strokeStyle = theme.hatch;
  at.lineWidth = 1;
  at.translate(Math.floor(x / 8) * 8, Math.floor(y / 8) * 8);
  const hatch = new Path2D();
  for (let across = 0; across <= width + 8; across += 8)
    for (let down = 0; down <= height + 8; down += 8)
      hatch.addPath(new Path2D(d), new DOMMatrix([1, 0, 0, 1, across, down]));
  at.stroke(hatch);
  at.restore();
}

function write(at: CanvasRenderingContext2D, text: string, x: number, y: number, ink: string, around?: string): void {
  if (around) {
    at.strokeStyle = around;
    at.lineWidth = 3;
    at.strokeText(text, x, y);
  }
  at.fillStyle = ink;
  at.fillText(text, x, y);
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, String(value));
  return one;
}

function text(content: string, attributes: Record<string, string | number>): SVGElement {
  const one = element("text", attributes);
  one.textContent = content;
  return one;
}

function titled(content: string): SVGElement {
  const one = element("title", {});
  one.textContent = content;
  return one;
}
