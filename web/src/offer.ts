// Names offered below a search box while somebody types: the combobox of the ARIA Authoring Practices
// Guide with a list that is chosen from by arrow keys or by mouse. Each name leads to its own page;
// Enter without a choice searches, as it does where no script runs.
import { say } from "./say";

// Milliseconds without a key before the server is asked.
const PAUSE = 150;

/** What the server suggests: OpenSearch Suggestions 1.1, the text, names, descriptions, addresses. */
type Suggested = [string, string[], string[], string[]];

let boxes = 0;

export function offer(input: HTMLInputElement): void {
  const asked = new URL(input.dataset["suggest"]!, location.href);
  // A page that stands elsewhere than its server may not ask it.
  if (asked.origin !== location.origin) return;
  const id = `offered-${++boxes}`;
  const list = document.createElement("ul");
  list.id = id;
  list.className = "offered";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("建议", "Suggestions"));
  const told = document.createElement("span");
  told.className = "unseen";
  told.setAttribute("role", "status");
  const holder = document.createElement("div");
  holder.className = "offering";
  input.replaceWith(holder);
  holder.append(input, list, told);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", id],
  ] as const)
    input.setAttribute(name, value);

  let chosen = -1;
  let asking = new AbortController();
  let waiting = 0;

  const close = (): void => {
    clearTimeout(waiting);
    asking.abort();
    list.hidden = true;
    choose(-1);
    told.textContent = "";
    input.setAttribute("aria-expanded", "false");
  };
  const choose = (at: number): void => {
    chosen = at;
    [...list.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    const option = list.children[at];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const show = ([, names, descriptions, addresses]: Suggested): void => {
    list.replaceChildren(
      ...names.map((name, at) => {
        const option = document.createElement("li");
        option.id = `${id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const small = document.createElement("small");
        small.textContent = descriptions[at] ?? "";
        const words = document.createElement("bdi");
        words.lang = "zh-Hans";
        words.textContent = name;
        option.append(words, " ", small);
        // The address is of the server that was asked, by whatever name it knows itself.
        const address = new URL(addresses[at]!, location.href);
        option.dataset["href"] = address.pathname + address.search + address.hash;
        return option;
      }),
    );
    choose(-1);
    list.hidden = !names.length;
    input.setAttribute("aria-expanded", String(names.length > 0));
    told.textContent = names.length
      ? say(`${names.length} 条建议，用上下键选择`, `${names.length} suggestions: choose with the arrow keys`)
      : say("没有建议", "No suggestions");
  };
  const ask = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const typed = input.value.trim();
    if (!typed) return close();
    const address = new URL(asked);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()) as Suggested);
    } catch {
      // Without suggestions the box still searches.
    }
  };
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), PAUSE);
  };
  const go = (option: Element | undefined | null): void => {
    const href = (option as HTMLElement | undefined | null)?.dataset["href"];
    if (href) location.assign(href);
  };

  input.addEventListener("input", (event) => {
    // What an input method is still composing is not typed yet.
    if (!(event as InputEvent).isComposing) soon();
  });
  input.addEventListener("compositionend", soon);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const many = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && many) {
      // The first press closes the list, the next one clears the box.
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && many && chosen >= 0) {
      event.preventDefault();
      go(list.children[chosen]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!many) {
        if (event.key === "ArrowDown") soon();
        return;
      }
      event.preventDefault();
      // One place more than there are names: the text itself.
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + many + 1) % (many + 1)) - 1);
    } else if (event.key === "Tab") close();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => go((event.target as Element).closest("[role=option]")));
  input.addEventListener("blur", close);
}
