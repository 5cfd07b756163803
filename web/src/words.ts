// Texts as they are searched: the same folding and cutting as src/fiscograph/search/words.py, so
// that the browser asks for the tokens under which the program filed an entry.
export const MOST_TYPED = 200;
const MOST_TERMS = 16;
const LONGEST_WORD = 64;
const WIDE = 0x2e80;

export interface Folded {
  chars: string[];
  places: number[];
}

export interface Token {
  text: string;
  prefix: boolean;
}

const known = new Map<string, string>();

function folded(char: string): string {
  if (char === "," || char === ".") return char;
  let made = known.get(char);
  if (made === undefined) {
    made = "";
    for (const one of char.normalize("NFKC").toLowerCase()) {
      if (/[\p{L}\p{N}]/u.test(one)) made += one;
      else if (/[\p{Z}\t\n\r\f\v]/u.test(one)) made += " ";
      else if (!/[\p{M}\p{Cf}]/u.test(one)) made += "|";
    }
    known.set(char, made);
  }
  return made;
}

const wide = (char: string): boolean => char.codePointAt(0)! >= WIDE;
const digit = (char: string | undefined): boolean => char !== undefined && /^[0-9]$/.test(char);

/** Compatibility forms in lower case, one space for what parts words; places in code points. */
export function fold(text: string): Folded {
  const chars: string[] = [];
  const places: number[] = [];
  Array.from(text).forEach((char, at) => {
    for (const one of folded(char)) {
      chars.push(one);
      places.push(at);
    }
  });
  const out: Folded = { chars: [], places: [] };
  let gap = "";
  let gapAt = 0;
  chars.forEach((char, index) => {
    if ((char === "," || char === ".") && withinNumber(chars, index)) {
      if (char === ",") return;
    } else if (char === "," || char === "." || char === "|" || char === " ") {
      gapAt = gap ? gapAt : places[index]!;
      gap = gap === "|" || char !== " " ? "|" : " ";
      return;
    }
    if (gap) {
      const last = out.chars[out.chars.length - 1];
      if (last !== undefined && (gap === "|" || !wide(last) || !wide(char))) {
        out.chars.push(" ");
        out.places.push(gapAt);
      }
      gap = "";
    }
    out.chars.push(char);
    out.places.push(places[index]!);
  });
  return out;
}

function withinNumber(chars: string[], at: number): boolean {
  if (!digit(chars[at - 1]) || !digit(chars[at + 1])) return false;
  if (chars[at] === ".") return true;
  return digit(chars[at + 2]) && digit(chars[at + 3]) && !digit(chars[at + 4]);
}

export const foldedText = (text: string): string => fold(text).chars.join("");
export const key = (text: string): string => foldedText(text).split(" ").join("");

const cut = (text: string): string => Array.from(text).slice(0, MOST_TYPED).join("");

export function terms(text: string): string[] {
  const words = cut(text)
    .split(/[\s\x1c-\x1f\x85]+/u)
    .flatMap((word) => foldedText(word).split(" "))
    .filter((word) => word !== "");
  return [...new Set(words)].slice(0, MOST_TERMS);
}

export function askedTokens(term: string): Token[] {
  const found: Token[] = [];
  const runs = term.match(/[\u2e80-\u{10ffff}]+|[^ \u2e80-\u{10ffff}]+/gu) ?? [];
  runs.forEach((run, number) => {
    const chars = Array.from(run);
    if (!wide(run))
      found.push({
        text: chars.slice(0, LONGEST_WORD).join(""),
        prefix: number === runs.length - 1 && chars.length > 1,
      });
    else if (chars.length === 1) found.push({ text: run, prefix: true });
    else
      for (let at = 0; at < chars.length - 1; at++)
        found.push({ text: chars[at]! + chars[at + 1]!, prefix: false });
  });
  return found;
}

/** The key of the document number that a text is, in its one form, and its parts; empty where it is
 * none. The program also finds a number within a sentence and one in Chinese numerals. */
export function numberOf(typed: string): { key: string; parts: string[] } {
  const none = { key: "", parts: [] };
  if (/\d\s*[-－—]\s*\d/u.test(typed)) return none;
  const text = key(cut(typed));
  const numbered = /^([^\d.]{2,20}?)((?:19|20)\d\d)年?第?0*(\d{1,6})号?$/u.exec(text);
  if (numbered) {
    const [code, year, serial] = numbered.slice(1) as [string, string, string];
    if (/(?:令|公告|通告)$/u.test(code)) return { key: `${code}${year}年第${serial}号`, parts: [] };
    return { key: `${code}${year}${serial}号`, parts: [code, year, serial] };
  }
  const order = /^([^\d.]{1,20}?令)第?0*(\d{1,6})号$/u.exec(text);
  if (order) return { key: `${order[1]}第${order[2]}号`, parts: [] };
  const reversed = /^([^\d.]{1,20}?)第0*(\d{1,6})号令$/u.exec(text);
  return reversed ? { key: `${reversed[1]}令第${reversed[2]}号`, parts: [] } : none;
}
