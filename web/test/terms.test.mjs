// What the editor offers and writes, from the module itself: esbuild makes it readable for Node.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

async function load(name) {
  const made = await build({ entryPoints: [`src/${name}.ts`], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].text).toString("base64")}`);
}
const { lacking, matching, offsetOf, prologueEnd, variables } = await load("terms");
const { bars, drawable, slices } = await load("chart");

const term = (text, zh, en) => ({ text, kind: "class", zh, en, zhSays: "", enSays: "" });
const TERMS = [
  term("fg:PolicyDocument", "政策文件", "policy document"),
  term("fg:Project", "项目", "project"),
  term("fg:projectType", "项目类型", "project type"),
  term("dcterms:title", "标题", "title"),
];
const PREFIXES = { fg: "https://w3id.org/fiscograph#", dcterms: "http://purl.org/dc/terms/" };

test("a term is found by its prefixed name, its local name, and its name in either language", () => {
  const found = (word) => matching(TERMS, word).map((one) => one.text);
  assert.deepEqual(found("fg:pro"), ["fg:Project", "fg:projectType"]);
  assert.deepEqual(found("proj"), ["fg:Project", "fg:projectType"]);
  assert.deepEqual(found("项目"), ["fg:Project", "fg:projectType"]);
  assert.deepEqual(found("文件"), ["fg:PolicyDocument"]);
  assert.deepEqual(found("policy d"), ["fg:PolicyDocument"]);
  assert.deepEqual(found("nothing"), []);
});

test("the prefixes that a query lacks are those that it uses and does not declare", () => {
  const query = 'PREFIX fg: <https://w3id.org/fiscograph#>\nSELECT * { ?x a fg:Project ; dcterms:title "fg:no" } # dcterms:x';
  assert.deepEqual(lacking(query, PREFIXES), ["PREFIX dcterms: <http://purl.org/dc/terms/>\n"]);
  assert.deepEqual(lacking(`PREFIX dcterms: <x:>\n${query}`, PREFIXES), []);
  assert.deepEqual(lacking('SELECT * { ?x ?y "fg:Project", <fg:Project> }', PREFIXES), []);
});

test("a declaration goes below remarks and declarations, above the query", () => {
  for (const [head, rest] of [
    ["", "SELECT * {}"],
    ["# said\n", "SELECT * {}"],
    ["PREFIX a: <x:>\n", "\nSELECT * {}"],
    ["# said\nPREFIX a: <x:>\n\nBASE <y:>\n", "# more\nASK {}"],
  ])
    assert.equal(prologueEnd(head + rest), head.length, head + rest);
});

test("the place of a fault is counted in characters, not in halves of them", () => {
  assert.equal(offsetOf("a\n𠮷b", 2, 2), 4);
  assert.equal(offsetOf("a\nb", 1, 1), 0);
  assert.equal(offsetOf("a\nb", 9, 9), 3);
});

test("variables are those of the query, not of its texts", () => {
  assert.deepEqual(variables('SELECT ?a { ?a ?项目 "?no" } # ?no'), ["a", "项目"]);
});

const items = (...values) => values.map((value, index) => ({ label: String(index), href: null, value, text: value }));

test("bars share one scale that holds zero", () => {
  const { bars: found, zero } = bars(items("-50", "100"), 300);
  assert.equal(zero, 100);
  assert.deepEqual(found.map((bar) => [bar.start, bar.end]), [[0, 100], [100, 300]]);
});

test("a pie is a whole turn, its small parts together, and never of numbers below zero", () => {
  const parts = slices(items(...Array.from({ length: 30 }, (_, index) => String(index + 1))), (count) => `${count} others`);
  assert.equal(parts.length, 12);
  assert.equal(parts.at(-1).item.label, "19 others");
  assert.ok(Math.abs(parts.at(-1).to - 1) < 1e-9);
  assert.equal(drawable(items("1", "-1"), "pie"), false);
  assert.equal(drawable(items("1"), "bar"), false);
});
