// What the server sends for a picture of flows, and what is made of it. Amounts are yuan as plain
// decimal texts: they are added as whole cents, never as floats.

/** One project budget and its way to the money: the columns of the picture, from left to right. */
export interface FlowRow {
  readonly project: string;
  readonly href: string;
  readonly carrier: Named | null;
  readonly unit: Named | null;
  readonly basis: Named | null;
  readonly amount: string;
  readonly functions: readonly FunctionPart[];
}

export interface Named {
  readonly name: string;
  readonly href: string | null;
}

export interface FunctionPart extends Named {
  readonly amount: string;
}

/** The project budgets of one year and phase, the most money first. */
export interface FlowGroup {
  readonly label: string;
  readonly total: string;
  readonly rows: readonly FlowRow[];
}

/** ``of`` is what the money starts from: a policy document, or a department or unit. */
export interface Flow {
  readonly of: "document" | "organization";
  readonly start: Named;
  readonly groups: readonly FlowGroup[];
}

export type Column = "document" | "organization" | "carrier" | "project" | "unit" | "basis" | "function";

/** ``cents`` is the money that runs through the node. */
export interface FlowNode {
  readonly key: string;
  readonly column: Column;
  readonly name: string;
  readonly href: string | null;
  readonly cents: bigint;
  readonly rest: boolean;
}

export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly cents: bigint;
}

export interface Prepared {
  readonly columns: readonly Column[];
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}
