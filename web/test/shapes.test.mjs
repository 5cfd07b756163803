// What the pictures of tables are made of: the whole of the rows, and nothing else.
import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));
const bundled = await build({
  absWorkingDir: here,
  stdin: {
    contents: 'export * from "./src/shapes"; export { centsOf } from "./src/table"; export { wrapped } from "./src/scene";',
    resolveDir: here,
    loader: "ts",
  },
  bundle: true,
  format: "esm",
  write: false,
});
const { areas, bars, centsOf, short, ways, wordsOf, wrapped } = await import(
  `data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString("base64")}`
);
const words = wordsOf(["其余 {n} 项", "元", "万元=10000", "亿元=100000000"]);

function row(names, yuan, more = {}) {
  return {
    names: names.map((name) => ({ name, href: `/${name}` })),
    part: null,
    cents: BigInt(yuan) * 100n,
    key: null,
    parent: null,
    ...more,
  };
}

test("an amount with separators is read as whole cents, a dash is none", () => {
  assert.equal(centsOf("1,234,567.89"), 123456789n);
  assert.equal(centsOf("-5"), -500n);
  assert.equal(centsOf("—"), null);
  assert.equal(centsOf(""), null);
});

test("amounts are labelled in the largest unit that they reach", () => {
  assert.equal(short(4144000000n, words), "4,144 万元");
  assert.equal(short(15531210000n, words), "1.553 亿元");
  assert.equal(short(99999n, words), "999.99 元");
});

test("areas fill the picture in proportion, what a class keeps for itself included", () => {
  const rows = [
    row(["208 甲"], 1000, { key: "208" }),
    row(["20801 乙"], 600, { key: "20801", parent: "208" }),
    row(["213 丙"], 500, { key: "213" }),
  ];
  const { shapes, width, height, key } = areas(rows, 1000, words);
  assert.deepEqual(
    shapes.map((one) => one.told.split("：")[0]).sort(),
    ["20801 乙", "208 甲", "213 丙"].sort(),
  );
  const whole = shapes.reduce((sum, one) => sum + one.width * one.height, 0);
  assert.ok(whole > 0.97 * width * height && whole <= width * height);
  const area = (name) => shapes.filter((one) => one.told.startsWith(name)).reduce((sum, one) => sum + one.width * one.height, 0);
  assert.ok(Math.abs(area("213 丙") / whole - 500 / 1500) < 0.02);
  assert.equal(key.length, 2);
  assert.equal(new Set(shapes.filter((one) => one.told.startsWith("208")).map((one) => one.tone)).size, 1);
});

test("a tree that bites its tail is drawn and ends", () => {
  const rows = [row(["甲"], 10, { key: "a" }), row(["乙"], 5, { key: "b", parent: "b" })];
  assert.equal(areas(rows, 400, words).shapes.length, 1);
});

test("a bar is as long as the sum of its parts, and what has no room is counted", () => {
  const rows = Array.from({ length: 30 }, (_, index) => [
    row([`部门${index}`], 100 + index, { part: "接待" }),
    row([`部门${index}`], 50, { part: "用车" }),
  ]).flat();
  const { shapes, notes, key } = bars(rows, 800, words);
  assert.equal(shapes.length, 40);
  assert.ok(notes.some((one) => one.text === "其余 10 项"));
  assert.deepEqual(key.map((one) => one.text), ["接待", "用车"]);
  const [first, second, third, fourth] = shapes;
  const [longest, next] = [first.width + second.width, third.width + fourth.width];
  assert.ok(Math.abs(longest / next - 179 / 178) < 0.01);
  // The amount beside the longest bar has its room.
  const amount = notes.find((one) => one.text === "179 元");
  assert.ok(amount.x >= longest && amount.x + 13 * 4 <= 800);
});

test("ribbons carry every yuan from column to column", () => {
  const rows = Array.from({ length: 40 }, (_, index) => row(["资金", `类型${index % 2}`, `科目${index}`], index + 1));
  const { shapes, ribbons } = ways(rows, 900, words);
  const total = "820 元";
  assert.ok(shapes.some((one) => one.told === `资金：${total}`));
  assert.equal(shapes.filter((one) => one.told.startsWith("科目")).length, 9);
  assert.ok(shapes.some((one) => one.told.startsWith("其余 31 项：")));
  for (const one of [...shapes, ...ribbons]) assert.ok(Number.isFinite(one.width) && one.width > 0);
});

test("a Latin word is not cut where another stands before it", () => {
  const lines = wrapped("30201 Office expenses", 90, 4);
  assert.deepEqual(lines, ["30201", "Office", "expenses"]);
  assert.equal(wrapped("基本支出基本支出", 4 * 13, 4).join(""), "基本支出基本支出");
  assert.ok(wrapped("Telecommunications".repeat(3), 60, 2).length === 2);
});
