// A scene as SVG, which stands alone as a file too, and as a bitmap. No style attributes: the
// page's Content-Security-Policy takes none.
import type { Box, Scene } from "./scene";
import type { Column } from "./types";

const SVG = "http://www.w3.org/2000/svg";
const FONTS =
  'system-ui, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export interface Paint {
  readonly ink: string;
  readonly soft: string;
  readonly paper: string;
  readonly columns: Readonly<Record<Column, string>>;
  readonly ribbon: number;
}

export const LIGHT: Paint = {
  ink: "#1b1f23",
  soft: "#55606b",
  paper: "#ffffff",
  columns: {
    document: "#7a2e0e",
    organization: "#55606b",
    basis: "#7a2e0e",
    carrier: "#9a5b00",
    project: "#0b57a4",
    unit: "#1f6f50",
    function: "#6b3fa0",
  },
  ribbon: 0.25,
};

export const DARK: Paint = {
  ink: "#e6e9ec",
  soft: "#a3adb8",
  paper: "#14181c",
  columns: {
    document: "#f0a07c",
    organization: "#a3adb8",
    basis: "#f0a07c",
    carrier: "#e0b25c",
    project: "#7db7f5",
    unit: "#76cfa8",
    function: "#c3a2f0",
  },
  ribbon: 0.35,
};

/** The picture as an SVG element; its boxes are links and can be reached with the keyboard. */
export function drawn(scene: Scene, paint: Paint, title: string): SVGSVGElement {
  const svg = element("svg", {
    xmlns: SVG,
    viewBox: `0 0 ${scene.width} ${scene.height}`,
    width: scene.width,
    height: scene.height,
    "font-family": FONTS,
    "font-size": scene.font,
    role: "group",
    "aria-label": title,
  }) as SVGSVGElement;
  svg.append(element("rect", { width: scene.width, height: scene.height, fill: paint.paper }));
  for (const one of scene.headings)
    svg.append(text(one.text, { x: one.x, y: one.y, fill: paint.soft, "font-weight": 600 }));
  const ribbons = element("g", { fill: "none", "aria-hidden": "true" });
  for (const one of scene.ribbons) {
    const path = element("path", {
      d: one.path,
      stroke: paint.columns[one.column],
      "stroke-opacity": paint.ribbon,
      "stroke-width": one.width,
      "data-from": one.from,
      "data-to": one.to,
    });
    path.append(titled(one.told));
    ribbons.append(path);
  }
  svg.append(ribbons);
  for (const one of scene.boxes) svg.append(box(one, scene, paint));
  return svg;
}

function box(one: Box, scene: Scene, paint: Paint): SVGElement {
  const { node } = one;
  const group = node.href
    ? element("a", { href: node.href })
    : element("g", { tabindex: 0, role: "img" });
  group.setAttribute("data-key", node.key);
  group.append(
    titled(one.told),
    element("rect", {
      x: one.x,
      y: one.y,
      width: one.width,
      height: one.height,
      fill: node.rest ? paint.soft : paint.columns[node.column],
    }),
  );
  for (const line of labels(one, scene))
    group.append(
      text(line.text, {
        x: line.x,
        y: line.y,
        fill: line.soft ? paint.soft : paint.ink,
        stroke: paint.paper,
        "stroke-width": 3,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
      }),
    );
  return group;
}

function labels(one: Box, scene: Scene): { text: string; x: number; y: number; soft: boolean }[] {
  const lines = [...one.label, one.amount];
  const top = one.y + one.height / 2 - (lines.length * scene.line) / 2 + scene.font;
  return lines.map((line, index) => ({
    text: line,
    x: one.x + one.width + 6,
    y: top + index * scene.line,
    soft: index === lines.length - 1,
  }));
}

/** The picture as a PNG, twice as fine as on the page. */
export function bitmap(scene: Scene, paint: Paint): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const scale = 2;
  canvas.width = scene.width * scale;
  canvas.height = scene.height * scale;
  const at = canvas.getContext("2d")!;
  at.scale(scale, scale);
  at.fillStyle = paint.paper;
  at.fillRect(0, 0, scene.width, scene.height);
  for (const one of scene.ribbons) {
    at.globalAlpha = paint.ribbon;
    at.strokeStyle = paint.columns[one.column];
    at.lineWidth = one.width;
    at.stroke(new Path2D(one.path));
  }
  at.globalAlpha = 1;
  at.font = `600 ${scene.font}px ${FONTS}`;
  at.fillStyle = paint.soft;
  for (const one of scene.headings) at.fillText(one.text, one.x, one.y);
  at.font = `${scene.font}px ${FONTS}`;
  at.lineJoin = "round";
  at.lineWidth = 3;
  for (const one of scene.boxes) {
    at.fillStyle = one.node.rest ? paint.soft : paint.columns[one.node.column];
    at.fillRect(one.x, one.y, one.width, one.height);
    for (const line of labels(one, scene)) {
      at.strokeStyle = paint.paper;
      at.strokeText(line.text, line.x, line.y);
      at.fillStyle = line.soft ? paint.soft : paint.ink;
      at.fillText(line.text, line.x, line.y);
    }
  }
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no bitmap"))), "image/png");
  });
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function text(content: string, attributes: Record<string, string | number>): SVGElement {
  const made = element("text", attributes);
  made.textContent = content;
  return made;
}

function titled(content: string): SVGElement {
  const made = element("title", {});
  made.textContent = content;
  return made;
}
