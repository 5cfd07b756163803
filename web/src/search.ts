// The search page of a site without a server: <div data-search="FOLDER/"> is filled with what the
// address' ?q= finds; data-ending is how the pages of its language end, where not with .html.
// Nothing is written as HTML; every text goes in as text.
import { Searcher } from "./searching";
import type { Answer, Hit } from "./searching";

const OF_EACH = 5;
const english = document.documentElement.lang.startsWith("en");
const say = (zh: string, en: string): string => (english ? en : zh);

for (const place of document.querySelectorAll<HTMLElement>("[data-search]"))
  start(place).catch((problem: unknown) => {
    place.textContent = say("搜索没有成功，请重新载入本页。", "The search failed; please reload the page.");
    console.error(problem);
  });

async function start(place: HTMLElement): Promise<void> {
  const folder = place.dataset["search"]!;
  const asked = new URLSearchParams(location.search);
  const typed = asked.get("q") ?? "";
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name="q"]')) input.value = typed;
  if (!typed.trim()) return;
  // Who changes the language searches for the same.
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language")) link.search = location.search;
  const searcher = new Searcher(async (name) => {
    const answer = await fetch(folder + name);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
    return answer.json() as Promise<unknown>;
  });
  const answer = await searcher.search(typed);
  const meta = await searcher.meta();
  const ending = place.dataset["ending"] ?? ".html";
  place.replaceChildren(...shown(answer, asked.get("kind"), (some) => searcher.shown(answer, some, meta)));
  for (const link of place.querySelectorAll<HTMLAnchorElement>(".hits a"))
    link.setAttribute("href", link.getAttribute("href")!.replace(/\.html(?=#|$)/, ending));
  document.title = `${typed} · ${document.title}`;
}

type Shown = (some: Answer["kinds"][number]["best"]) => Hit[];

function shown(answer: Answer, only: string | null, hits: Shown): HTMLElement[] {
  const total = answer.kinds.reduce((sum, one) => sum + one.count, 0);
  const status = made("p", total ? say(`共 ${total} 条`, `${total} in all`) : nothing(answer));
  status.setAttribute("role", "status");
  const groups = answer.kinds.filter((one) => !only || one.key === only);
  const sections = groups.map((one) => {
    const section = made("section");
    section.append(made("h2", `${say(one.zh, one.en)} ${one.count}`));
    section.append(listed(hits(only ? one.best : one.best.slice(0, OF_EACH))));
    if (!only && one.count > OF_EACH) {
      const all = made("a", say(`这一类的全部 ${one.count} 条`, `all ${one.count} of this kind`));
      all.setAttribute("href", `?${new URLSearchParams({ q: answer.typed, kind: one.key }).toString()}`);
      section.append(all);
    }
    return section;
  });
  return [status, ...(answer.near.length ? [listed(answer.near)] : []), ...sections];
}

function nothing(answer: Answer): string {
  if (answer.near.length) return say("没有找到。是不是要找下面这些？", "Nothing was found. Did you mean one of these?");
  return say("没有找到。可以少写几个字，或换一个说法。", "Nothing was found. Type less, or say it in another way.");
}

function listed(hits: Hit[]): HTMLElement {
  const list = made("ul");
  list.className = "hits";
  for (const one of hits) {
    const item = made("li");
    const link = made("a");
    link.setAttribute("href", one.href);
    link.append(...(one.name ? marked(one.name, one.nameMarks) : marked(one.excerpt, one.excerptMarks)));
    item.append(link);
    if (one.name && one.excerpt) {
      const text = made("span");
      text.append(...marked(one.excerpt, one.excerptMarks));
      item.append(text);
    }
    if (one.where) item.append(made("small", one.where));
    list.append(item);
  }
  return list;
}

function marked(text: string, marks: [number, number][]): Node[] {
  const chars = Array.from(text);
  const nodes: Node[] = [];
  let done = 0;
  for (const [start, end] of marks) {
    nodes.push(document.createTextNode(chars.slice(done, start).join("")));
    nodes.push(made("mark", chars.slice(start, end).join("")));
    done = end;
  }
  nodes.push(document.createTextNode(chars.slice(done).join("")));
  return nodes;
}

function made(name: string, text = ""): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
