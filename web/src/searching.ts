// Searches the JSON files that src/fiscograph/search/static.py writes, as asking.py and ranking.py
// search the index itself. Where more than `most` entries of a kind hold the words, the first of
// them are ranked; the server then also looks among all names, here only among those.
import { MOST_TYPED, askedTokens, fold, foldedText, key, numberOf, terms } from "./words";
import type { Token } from "./words";

export type Load = (name: string) => Promise<unknown>;
type Span = [number, number];

interface Meta {
  layout: number;
  chunk: number;
  most: number;
  files: { t: string; c: string };
  kinds: { key: string; zh: string; en: string; first: number }[];
}

interface Entry {
  number: number;
  kind: number;
  href: string;
  name: string;
  text: string;
  where: string;
}

interface Ranked {
  entry: Entry;
  rank: number;
  length: number;
}

export interface Hit {
  kind: string;
  href: string;
  name: string;
  excerpt: string;
  where: string;
  rank: string;
  nameMarks: Span[];
  excerptMarks: Span[];
}

export interface OfKind {
  key: string;
  zh: string;
  en: string;
  count: number;
  best: Ranked[];
}

export interface Answer {
  typed: string;
  terms: string[];
  kinds: OfKind[];
  near: Hit[];
}

const RANKS = ["code", "name", "prefix", "in_name", "in_text", "pieces"];
const NOT_NAMED = new Set(["row", "finding", "citation", "statement", "text", "line"]);
const AROUND = 40;
const LONGEST_NAME = 160;
const MOST_MARKS = 50;
const MOST_NEAR = 5;
const NEAR_ENOUGH = 0.3;
const COMPARED = 200;
const WIDE = 0x2e80;

export class Searcher {
  private readonly kept = new Map<string, Promise<unknown>>();
  private names?: Promise<Record<"t" | "c", Set<string>>>;

  /** `load` gives a file as JSON. */
  constructor(private readonly load: Load) {}

  async search(typed: string): Promise<Answer> {
    const meta = await this.meta();
    const asked = new Asked(typed);
    const answer: Answer = { typed: asked.typed, terms: asked.terms, kinds: [], near: [] };
    if (!asked.terms.length) return answer;
    const [inName, every] = await this.holding(asked.tokens);
    const byCode = await this.byCode(asked.codes);
    for (const [at, kind] of meta.kinds.entries()) {
      const last = meta.kinds[at + 1]?.first ?? Infinity;
      const of = (numbers: number[]) => numbers.filter((one) => one >= kind.first && one < last);
      const held = of(every);
      const wanted = [...of(byCode), ...of(inName).slice(0, meta.most), ...held.slice(0, meta.most)];
      const found = await this.entries([...new Set(wanted)], meta);
      if (!found.length) continue;
      const best = found.map((one) => ranked(asked, one, byCode.includes(one.number))).sort(order);
      answer.kinds.push({ key: kind.key, zh: kind.zh, en: kind.en, count: Math.max(held.length, found.length), best });
    }
    answer.kinds.sort((one, other) => order(one.best[0]!, other.best[0]!));
    if (!answer.kinds.length) answer.near = await this.near(asked, meta);
    return answer;
  }

  /** The best of all kinds in one order. */
  best(answer: Answer): Ranked[] {
    return answer.kinds.flatMap((one) => one.best).sort(order);
  }

  shown(answer: Answer, some: Ranked[], meta: Meta): Hit[] {
    return some.map((one) => hit(answer.terms, one, meta));
  }

  async meta(): Promise<Meta> {
    return (await this.file("meta.json")) as Meta;
  }

  private file(name: string): Promise<unknown> {
    let file = this.kept.get(name);
    if (!file) this.kept.set(name, (file = this.load(name)));
    return file;
  }

  /** What is filed under the beginning of a text; a file that is not there is never asked for. */
  private async part<Value>(folder: "t" | "c", text: string): Promise<Record<string, Value>> {
    const name = fileOf(text);
    this.names ??= this.meta().then(({ files }) => ({
      t: new Set(files.t.split(" ")),
      c: new Set(files.c.split(" ")),
    }));
    if (!(await this.names)[folder].has(name)) return {};
    return (await this.file(`${folder}/${name}.json`)) as Record<string, Value>;
  }

  /** The numbers of the entries that have all tokens in their name, and in name or text. */
  private async holding(tokens: Token[]): Promise<[number[], number[]]> {
    const found = await Promise.all(tokens.map((token) => this.postings(token)));
    return [common(found.map(([named]) => named)), common(found.map(([, every]) => every))];
  }

  private async postings(token: Token): Promise<[Set<number>, Set<number>]> {
    const file = await this.part<[number[], number[]]>("t", token.text);
    const named = new Set<number>();
    const every = new Set<number>();
    for (const [text, [inName, others]] of Object.entries(file)) {
      if (token.prefix ? !text.startsWith(token.text) : text !== token.text) continue;
      for (const one of unstepped(inName)) {
        named.add(one);
        every.add(one);
      }
      for (const one of unstepped(others)) every.add(one);
    }
    return [named, every];
  }

  private async byCode(codes: string[]): Promise<number[]> {
    const found: number[] = [];
    for (const code of codes) {
      const file = await this.part<number[]>("c", code);
      if (Object.prototype.hasOwnProperty.call(file, code)) found.push(...file[code]!);
    }
    return [...new Set(found)].sort((one, other) => one - other);
  }

  private async entries(numbers: number[], meta: Meta): Promise<Entry[]> {
    const chunks = [...new Set(numbers.map((one) => Math.floor(one / meta.chunk)))];
    await Promise.all(chunks.map((chunk) => this.file(`e/${chunk}.json`)));
    return Promise.all(
      numbers.map(async (number) => {
        const file = (await this.file(`e/${Math.floor(number / meta.chunk)}.json`)) as string[][];
        const [href, name, text, where] = file[number % meta.chunk] as [string, string, string, string];
        const kind = meta.kinds.filter((one) => one.first <= number).length - 1;
        return { number, kind, href, name, text, where };
      }),
    );
  }

  private async near(asked: Asked, meta: Meta): Promise<Hit[]> {
    const numbers = new Set<number>();
    for (const width of [1, 2, 3])
      for (let at = 0; at <= asked.tokens.length - width; at++) {
        const rest = [...asked.tokens.slice(0, at), ...asked.tokens.slice(at + width)];
        if (!rest.length) continue;
        for (const one of (await this.holding(rest))[0].slice(0, COMPARED)) numbers.add(one);
      }
    for (const one of await this.nearCodes(asked)) numbers.add(one);
    const like = (await this.entries([...numbers], meta))
      .filter((one) => !NOT_NAMED.has(meta.kinds[one.kind]!.key))
      .map((entry) => ({ entry, score: likeness(asked.key, key(entry.name)) }))
      .filter(({ score }) => score >= NEAR_ENOUGH)
      .sort((one, other) => other.score - one.score || one.entry.number - other.entry.number);
    const best = new Map<string, Entry>();
    for (const { entry } of like) if (!best.has(entry.name)) best.set(entry.name, entry);
    const nearest = [...best.values()].slice(0, MOST_NEAR);
    return nearest.map((entry) => hit(asked.terms, ranked(asked, entry, false), meta));
  }

  private async nearCodes(asked: Asked): Promise<number[]> {
    const begins = asked.numberKey.replace(/号+$/u, "").replace(/[0-9]+$/u, "");
    if (!begins) return [];
    const years = Array.from(asked.numberKey).slice(0, Array.from(begins).length + 4).join("");
    const file = await this.part<number[]>("c", years);
    const like = Object.keys(file).filter((one) => one.startsWith(years));
    return like.sort().flatMap((one) => file[one]!).slice(0, COMPARED);
  }
}

class Asked {
  readonly typed: string;
  readonly terms: string[];
  readonly key: string;
  readonly numberKey: string;
  readonly tokens: Token[];

  constructor(typed: string) {
    this.typed = Array.from(typed).slice(0, MOST_TYPED).join("");
    const number = numberOf(this.typed);
    this.terms = number.parts.length ? number.parts : terms(this.typed);
    this.key = key(this.typed);
    this.numberKey = number.key;
    const tokens = this.terms.flatMap(askedTokens);
    this.tokens = [...new Map(tokens.map((one) => [`${one.prefix} ${one.text}`, one])).values()];
  }

  get codes(): string[] {
    return [...new Set([this.numberKey, this.key])].filter((one) => one !== "");
  }
}

function fileOf(token: string): string {
  const chars = Array.from(token);
  const begins = chars[0]!.codePointAt(0)! >= WIDE ? chars.slice(0, 1) : chars.slice(0, 2);
  return begins.map((char) => char.codePointAt(0)!.toString(16)).join("-");
}

function unstepped(steps: number[]): number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

function common(sets: Set<number>[]): number[] {
  const [least, ...others] = [...sets].sort((one, other) => one.size - other.size);
  if (!least) return [];
  return [...least].filter((one) => others.every((set) => set.has(one))).sort((one, other) => one - other);
}

function order(one: Ranked, other: Ranked): number {
  return (
    one.rank - other.rank ||
    one.entry.kind - other.entry.kind ||
    one.length - other.length ||
    one.entry.number - other.entry.number
  );
}

function ranked(asked: Asked, entry: Entry, hasCode: boolean): Ranked {
  const name = foldedText(entry.name);
  const rank = hasCode ? 0 : rankOf(asked, name, entry.text);
  return { entry, rank, length: Array.from(name).length };
}

function rankOf(asked: Asked, name: string, text: string): number {
  const joined = name.split(" ").join("");
  if (joined === asked.key) return 1;
  if (joined.startsWith(asked.key)) return 2;
  const missing = asked.terms.filter((term) => !name.includes(term));
  if (!missing.length) return 3;
  const folded = foldedText(text);
  return missing.every((term) => folded.includes(term)) ? 4 : 5;
}

function hit(words: string[], one: Ranked, meta: Meta): Hit {
  const { entry } = one;
  const [excerpt, excerptMarks] = excerpted(entry.text, spans(entry.text, words), 2 * AROUND);
  const [name, nameMarks] = excerpted(entry.name, spans(entry.name, words), LONGEST_NAME);
  const kind = meta.kinds[entry.kind]!.key;
  return { kind, href: entry.href, name, excerpt, where: entry.where, rank: RANKS[one.rank]!, nameMarks, excerptMarks };
}

function spans(text: string, words: string[]): Span[] {
  const folded = fold(text);
  let found = occurrences(folded.chars, words);
  if (!found.length) {
    const pairs = words.flatMap((word) => {
      const chars = Array.from(word);
      const wide = chars.map((char) => char.codePointAt(0)! >= WIDE);
      const pairs = chars.slice(0, -1).map((char, at) => char + chars[at + 1]!);
      return pairs.filter((_, at) => wide[at] && wide[at + 1]);
    });
    found = occurrences(folded.chars, pairs);
  }
  return merged(found.map(([start, end]) => [folded.places[start]!, folded.places[end - 1]! + 1]));
}

function occurrences(chars: string[], words: string[]): Span[] {
  const found: Span[] = [];
  for (const word of words) {
    const wanted = Array.from(word);
    for (let at = 0; at <= chars.length - wanted.length && found.length < MOST_MARKS; )
      if (wanted.every((char, index) => chars[at + index] === char)) {
        found.push([at, at + wanted.length]);
        at += wanted.length;
      } else at++;
  }
  return found;
}

function merged(some: Span[]): Span[] {
  const out: Span[] = [];
  for (const [start, end] of some.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
    else out.push([start, end]);
  }
  return out;
}

function excerpted(text: string, some: Span[], longest: number): [string, Span[]] {
  const chars = Array.from(text);
  if (chars.length <= longest + AROUND) return [text, some];
  const start = Math.max(0, (some[0]?.[0] ?? 0) - AROUND);
  const end = Math.min(chars.length, start + longest);
  const shift = (start ? 1 : 0) - start;
  const inside = some
    .filter(([one, other]) => one < end && other > start)
    .map(([one, other]): Span => [Math.max(one, start) + shift, Math.min(other, end) + shift]);
  const piece = chars.slice(start, end).join("");
  return [`${start ? "…" : ""}${piece}${end < chars.length ? "…" : ""}`, inside];
}

function likeness(one: string, other: string): number {
  const [first, second] = [one, other].map((text) => {
    const chars = Array.from(text);
    if (chars.length < 2) return new Set([text]);
    return new Set(chars.slice(0, -1).map((char, at) => char + chars[at + 1]!));
  }) as [Set<string>, Set<string>];
  const shared = [...first].filter((pair) => second.has(pair)).length;
  return Math.round((2 * shared * 10_000) / (first.size + second.size)) / 10_000;
}
