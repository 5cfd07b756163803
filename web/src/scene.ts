// The picture as boxes, ribbons and labels in pixels: drawn on the page, and into a file.
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import type { SankeyLink, SankeyNode } from "d3-sankey";
import { shortYuan, shownYuan } from "./prepare";
import { say } from "./say";
import type { Column, FlowLink, FlowNode, Prepared } from "./types";

const BOX = 14;
const FONT = 13;
const LINE = 17;
const MARGIN = 8;
const HEADING = 30;

const heading = (column: Column): string =>
  ({
    document: say("文件", "Document"),
    organization: say("部门", "Department"),
    carrier: say("经由", "Through"),
    project: say("项目", "Project"),
    unit: say("单位", "Unit"),
    basis: say("依据的文件", "Document behind it"),
    function: say("功能分类", "Function"),
  })[column];

export interface Box {
  readonly node: FlowNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label: readonly string[];
  readonly amount: string;
  readonly told: string;
}

export interface Ribbon {
  readonly from: string;
  readonly to: string;
  readonly column: Column;
  readonly path: string;
  readonly width: number;
  readonly told: string;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly font: number;
  readonly line: number;
  readonly headings: readonly { readonly text: string; readonly x: number; readonly y: number }[];
  readonly boxes: readonly Box[];
  readonly ribbons: readonly Ribbon[];
}

type Extra = { readonly node: FlowNode };
type LinkExtra = { readonly link: FlowLink };
type LaidNode = SankeyNode<Extra, LinkExtra>;
type LaidLink = SankeyLink<Extra, LinkExtra>;

/**
 * The picture of what was prepared, ``width`` pixels wide and as high as its labels need.
 *
 * @param lines how many lines a name may take.
 */
export function lay(prepared: Prepared, width: number, lines = 2): Scene {
  const { columns } = prepared;
  const counts = columns.map((one) => prepared.nodes.filter((node) => node.column === one).length);
  const most = Math.max(1, ...counts);
  const padding = LINE * (lines + 1);
  const height = HEADING + Math.max(260, most * (padding + 12)) + MARGIN;
  const step = (width - MARGIN) / columns.length;
  const laid = sankey<Extra, LinkExtra>()
    .nodeId((one) => one.node.key)
    .nodeAlign((one) => columns.indexOf((one as LaidNode).node.column))
    .nodeSort((one, other) => inOrder(one.node, other.node))
    .nodeWidth(BOX)
    .nodePadding(padding)
    .extent([
      [MARGIN, HEADING + padding / 2],
      [width - step + BOX, height - MARGIN - padding / 2],
    ])({
    nodes: prepared.nodes.map((node) => ({ node })),
    links: prepared.links.map((link) => ({
      source: link.from,
      target: link.to,
      value: Number(link.cents) / 100,
      link,
    })),
  });
  return {
    width,
    height,
    font: FONT,
    line: LINE,
    headings: columns.map((column, index) => ({
      text: heading(column),
      x: MARGIN + index * ((width - step - MARGIN) / Math.max(1, columns.length - 1)),
      y: 16,
    })),
    boxes: laid.nodes.map((one) => box(one as LaidNode, step - BOX - 14, lines)),
    ribbons: laid.links.map((one) => ribbon(one as LaidLink)),
  };
}

/** The most money first, what is gathered last. */
function inOrder(one: FlowNode, other: FlowNode): number {
  if (one.rest !== other.rest) return one.rest ? 1 : -1;
  return one.cents < other.cents ? 1 : one.cents > other.cents ? -1 : 0;
}

function box(one: LaidNode, room: number, lines: number): Box {
  const { node } = one;
  const y = one.y0 ?? 0;
  return {
    node,
    x: one.x0 ?? 0,
    y,
    width: BOX,
    height: Math.max(1.5, (one.y1 ?? 0) - y),
    label: wrapped(node.name, room, lines),
    amount: shortYuan(node.cents),
    told: say(
      `${heading(node.column)}：${node.name}，${shownYuan(node.cents)} 元`,
      `${heading(node.column)}: ${node.name}, ${shownYuan(node.cents)} yuan`,
    ),
  };
}

function ribbon(one: LaidLink): Ribbon {
  const source = one.source as LaidNode;
  const target = one.target as LaidNode;
  return {
    from: source.node.key,
    to: target.node.key,
    column: target.node.column,
    path: sankeyLinkHorizontal<Extra, LinkExtra>()(one) ?? "",
    width: Math.max(1, one.width ?? 0),
    told: say(
      `${source.node.name} → ${target.node.name}，${shownYuan(one.link.cents)} 元`,
      `${source.node.name} → ${target.node.name}, ${shownYuan(one.link.cents)} yuan`,
    ),
  };
}

/** A name cut into at most ``most`` lines of ``room`` pixels; what is left out is an ellipsis. */
export function wrapped(name: string, room: number, most = 2): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const character of name) {
    const wide = widthOf(character);
    if (used + wide > room && line) {
      if (lines.length === most - 1) return [...lines, `${line.slice(0, -1)}…`];
      // A Latin word goes to the next line as a whole, where another stands before it.
      const space = character.charCodeAt(0) < 0x2e80 ? line.lastIndexOf(" ") : -1;
      const word = space > 0 && character !== " " ? line.slice(space + 1) : "";
      const begun = wide + long(word) > room ? "" : word;
      lines.push(begun ? line.slice(0, space) : line);
      line = begun;
      used = long(begun);
      if (character === " ") continue;
    }
    line += character;
    used += wide;
  }
  return [...lines, line];
}

/** About as wide as a text is drawn. */
export function long(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0);
}

/** Chinese fills its square, Latin letters and digits some six tenths of it. */
function widthOf(character: string): number {
  return character.charCodeAt(0) < 0x2e80 ? FONT * 0.6 : FONT;
}
