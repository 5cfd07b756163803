// What the editor offers while one types, and the prefixes that a query needs for it.

export interface Term {
  text: string;
  kind: string;
  zh: string;
  en: string;
  zhSays: string;
  enSays: string;
}

export interface Offered {
  prefixes: Record<string, string>;
  terms: Term[];
}

const DECLARED = /^\s*PREFIX\s+([\p{L}\d_.-]*):/gimu;
const USED = /(?:^|[\s({[;,|/^!.])([a-z][\w-]*):(?=[\p{L}\d_%-])/giu;

// The terms that a word may mean, best first: names in the query's own spelling, then names in
// either language. A word is what stands before the cursor, such as `fg:Pro`, `pro` or `项目`.
export function matching(terms: readonly Term[], word: string, most = 60): Term[] {
  const wanted = word.toLowerCase();
  const ranked: [number, number, Term][] = [];
  for (const [index, term] of terms.entries()) {
    const rank = rankOf(term, wanted);
    if (rank !== null) ranked.push([rank, index, term]);
  }
  ranked.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return ranked.slice(0, most).map(([, , term]) => term);
}

function rankOf(term: Term, wanted: string): number | null {
  const text = term.text.toLowerCase();
  const local = text.slice(text.indexOf(":") + 1);
  if (text.startsWith(wanted)) return 0;
  if (local.startsWith(wanted)) return 1;
  if (term.zh.toLowerCase().startsWith(wanted) || term.en.toLowerCase().startsWith(wanted)) return 2;
  const anywhere = [text, term.zh.toLowerCase(), term.en.toLowerCase()];
  return anywhere.some((name) => name.includes(wanted)) ? 3 : null;
}

// Texts and remarks blanked out, so that a colon in them is none of the query's.
function bare(query: string): string {
  return query.replace(
    /<[^<>\s"{}|^`\\]*>|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g,
    (found) => " ".repeat(found.length),
  );
}

// The declarations that a query lacks for the prefixes of ours that it uses.
export function lacking(query: string, prefixes: Readonly<Record<string, string>>): string[] {
  const text = bare(query);
  const declared = new Set([...text.matchAll(DECLARED)].map((match) => match[1]));
  const used = new Set([...text.matchAll(USED)].map((match) => match[1]!));
  return [...used]
    .filter((name) => !declared.has(name) && prefixes[name] !== undefined)
    .map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`);
}

// Where a declaration goes: after the last one, else after the remarks at the top.
export function prologueEnd(query: string): number {
  let end = 0;
  let at = 0;
  let declared = false;
  for (const line of query.split("\n")) {
    at += line.length + 1;
    if (/^\s*(?:PREFIX|BASE)\s/i.test(line)) declared = true;
    else if (/^\s*$/.test(line)) continue;
    else if (!/^\s*#/.test(line)) break;
    else if (declared) continue;
    end = at;
  }
  return Math.min(end, query.length);
}

// Variables of the query itself, without their question marks.
export function variables(query: string): string[] {
  return [...new Set([...bare(query).matchAll(/[?$]([\p{L}_][\p{L}\d_]*)/gu)].map((m) => m[1]!))];
}

// The place that the server names, counted as it counts: lines and characters from 1, a character
// being one code point.
export function offsetOf(query: string, line: number, column: number): number {
  const lines = query.split("\n");
  const before = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const text = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("");
  return Math.min(before + text.length, query.length);
}
