// What the picture is made of: every yuan of the rows, whatever is gathered.
import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));
const bundled = await build({
  absWorkingDir: here,
  stdin: {
    contents: 'export * from "./src/prepare"; export * from "./src/scene";',
    resolveDir: here,
    loader: "ts",
  },
  bundle: true,
  format: "esm",
  write: false,
});
const { lay, prepare, shortYuan, shownYuan, toCents, wrapped } = await import(
  `data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString("base64")}`
);

function made(count, units = 7) {
  const rows = Array.from({ length: count }, (_, index) => ({
    project: `项目${index}`,
    href: `/p/${index}`,
    carrier: index % 5 ? null : { name: "渝财社〔2022〕1号", href: "/d" },
    basis: index % 4 ? { name: `某发〔2022〕${index % 30}号`, href: `/b/${index % 30}` } : null,
    unit: index % 11 ? { name: `单位${index % units}`, href: `/u/${index % units}` } : null,
    amount: `${(count - index) * 1000}.0${index % 10}`,
    functions: index % 3 ? [{ name: `科目${index % 20}`, href: `/f/${index % 20}`, amount: "500.5" }] : [],
  }));
  return { of: "document", start: { name: "某文件", href: "/doc" }, groups: [{ label: "2023", total: "0", rows }] };
}

const total = (rows) => rows.reduce((sum, row) => sum + toCents(row.amount), 0n);

for (const count of [1, 5, 500])
  test(`every column that all money passes carries all of it: ${count} projects`, () => {
    const flow = made(count);
    const { columns, nodes } = prepare(flow, flow.groups[0], 14);
    for (const column of columns.filter((one) => one !== "carrier")) {
      const there = nodes.filter((node) => node.column === column);
      assert.equal(there.reduce((sum, node) => sum + node.cents, 0n), total(flow.groups[0].rows));
      assert.ok(there.length <= 14);
    }
  });

test("the tail is gathered and says how many it stands for", () => {
  const flow = made(500);
  const { nodes } = prepare(flow, flow.groups[0], 14);
  const names = nodes.filter((node) => node.column === "project").map((node) => node.name);
  assert.ok(names.includes("其余 487 个项目"));
  assert.ok(names.includes("项目0") && !names.includes("项目499"));
});

test("a column in which nothing is stated is not drawn, nor one that is left out", () => {
  const flow = made(5);
  const rows = flow.groups[0].rows.map((row) => ({ ...row, functions: [], carrier: null }));
  const { columns } = prepare(flow, { ...flow.groups[0], rows }, 14);
  assert.deepEqual(columns, ["document", "project", "unit"]);
  const few = prepare(flow, flow.groups[0], 14, ["document", "carrier"]);
  assert.deepEqual(few.columns, ["project", "unit", "function"]);
});

test("functions never carry more than the project", () => {
  const flow = made(1);
  const row = { ...flow.groups[0].rows[0], amount: "10", functions: [{ name: "a", href: null, amount: "7" }, { name: "b", href: null, amount: "8" }] };
  const { nodes } = prepare(flow, { ...flow.groups[0], rows: [row] }, 14);
  const byName = Object.fromEntries(nodes.map((node) => [node.name, node.cents]));
  assert.equal(byName.a, 700n);
  assert.equal(byName.b, 300n);
});

test("no two labels of a column overlap and all stay inside", () => {
  for (const count of [1, 5, 500]) {
    const flow = made(count);
    const scene = lay(prepare(flow, flow.groups[0], 14), 1100);
    const columns = Map.groupBy
      ? Map.groupBy(scene.boxes, (box) => box.node.column)
      : new Map([["all", []]]);
    for (const boxes of columns.values()) {
      const middles = boxes.map((box) => box.y + box.height / 2).sort((a, b) => a - b);
      for (let index = 1; index < middles.length; index++)
        assert.ok(middles[index] - middles[index - 1] >= scene.line * 3 - 0.01);
      assert.ok(boxes.every((box) => box.y >= 0 && box.y + box.height <= scene.height));
    }
  }
});

test("amounts are exact beyond what a float holds", () => {
  assert.equal(shownYuan(toCents("90071992547409931.07")), "90,071,992,547,409,931.07");
  assert.equal(shownYuan(toCents("1234")), "1,234");
  assert.equal(shortYuan(toCents("12345678")), "1,235 万元");
  assert.throws(() => toCents("1e5"));
});

test("names are wrapped to two lines and cut with an ellipsis", () => {
  assert.deepEqual(wrapped("困难群众", 26), ["困难", "群众"]);
  assert.deepEqual(wrapped("困难群众救助", 26), ["困难", "群…"]);
});

for (const count of [1, 5, 500])
  test(`an organization's money reaches its documents whole, and what has none is drawn last: ${count} projects`, () => {
    const flow = { ...made(count), of: "organization" };
    const { columns, nodes } = prepare(flow, flow.groups[0], 14);
    const all = flow.groups[0].rows.reduce((sum, row) => sum + toCents(row.amount), 0n);
    assert.deepEqual(columns, ["organization", "unit", "project", "basis"]);
    for (const column of columns) {
      const own = nodes.filter((one) => one.column === column);
      assert.ok(own.length <= 15);
      assert.equal(own.reduce((sum, one) => sum + one.cents, 0n), all);
    }
    assert.ok(nodes.some((one) => one.column === "basis" && one.name === "没有文件依据" && one.rest));
  });
