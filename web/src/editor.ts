// The page of the query editor. Without this script the page is a plain form with a text field and
// a table made by the server; with it, the same page's answer is fetched and put in its place.
import { say } from "./say";
import { offerViews } from "./views";
import { QueryField } from "./field";

class Page {
  private readonly text: HTMLTextAreaElement;
  private readonly told: HTMLElement;
  private readonly stop: HTMLButtonElement;
  private readonly field: QueryField;
  private running: AbortController | null = null;

  constructor(private readonly form: HTMLFormElement) {
    this.text = form.querySelector("textarea")!;
    this.told = form.querySelector<HTMLElement>("[data-told]")!;
    this.stop = form.querySelector<HTMLButtonElement>("[data-stop]")!;
    form.querySelector<HTMLElement>("[data-keys]")!.hidden = false;
    this.field = new QueryField(this.text, form.dataset["terms"]!, () => form.requestSubmit());
    this.stop.addEventListener("click", () => this.running?.abort());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    // An address that went by is another page: it is asked for anew.
    addEventListener("popstate", () => location.reload());
    this.dress();
  }

  private address(): string {
    const fields = [...new FormData(this.form)].map(([name, value]) => [name, String(value)]);
    return `${this.form.action}?${new URLSearchParams(fields)}`;
  }

  private async run(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.text.value = this.field.query;
    this.stop.hidden = false;
    this.told.textContent = say("运行中……", "Running …");
    const began = performance.now();
    try {
      const address = this.address();
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#answer");
      if (!found) throw new Error(String(answer.status));
      document.querySelector("#answer")!.replaceWith(document.adoptNode(found));
      this.exchange(page, ".about");
      history.pushState(null, "", address);
      this.dress();
      this.tell(performance.now() - began);
    } catch (problem) {
      if (running === this.running)
        this.told.textContent = running.signal.aborted
          ? say("已停止", "Stopped")
          : say("服务没有应答，请稍后再试", "The server does not answer; try again later");
    } finally {
      if (running === this.running) this.stop.hidden = true;
    }
  }

  // The words above the form belong to the query as it was sent.
  private exchange(page: Document, selector: string): void {
    const old = document.querySelector(selector);
    const fresh = page.querySelector(selector);
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    else if (old) old.remove();
    else if (fresh) this.form.before(document.adoptNode(fresh));
    document.title = page.title;
  }

  private tell(milliseconds: number): void {
    const summary = document.querySelector("#answer [data-summary]")?.textContent?.trim();
    const fault = document.querySelector("#answer [role=alert]");
    const seconds = (milliseconds / 1000).toFixed(2);
    this.told.textContent = fault
      ? say("查询有误，见下", "The query has a fault, see below")
      : `${summary ? `${summary} · ` : ""}${seconds} ${say("秒", "s")}`;
  }

  // What only a script can add to the answer.
  private dress(): void {
    const answer = document.querySelector<HTMLElement>("#answer")!;
    const fault = answer.querySelector<HTMLElement>("[role=alert]");
    const line = Number(fault?.dataset["line"] ?? 0);
    const message = fault?.querySelector("[data-message]")?.textContent?.trim() ?? "";
    this.field.mark(line ? { line, column: Number(fault!.dataset["column"]), message } : null);
    const table = answer.querySelector<HTMLTableElement>("table[data-result]");
    if (table) offerViews(answer, table);
    this.offerCopies(answer);
  }

  // The server writes the publisher's own address; a visitor wants the one that is before them.
  private offerCopies(answer: HTMLElement): void {
    const base = answer.querySelector<HTMLElement>("[data-base]")?.dataset["base"];
    for (const snippet of answer.querySelectorAll<HTMLElement>("[data-snippet]")) {
      const code = snippet.querySelector("code")!;
      if (base) code.textContent = code.textContent!.replace(`${base}/sparql`, `${location.origin}/sparql`);
      snippet.before(copier(() => code.textContent!));
    }
    const link = answer.querySelector<HTMLAnchorElement>("[data-permalink]");
    link?.after(" ", copier(() => link.href));
  }
}

function copier(text: () => string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = say("复制", "Copy");
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(text()).then(
      () => (button.textContent = say("已复制", "Copied")),
      () => (button.textContent = say("请手动复制", "Please copy by hand")),
    );
  });
  return button;
}

const form = document.querySelector<HTMLFormElement>("form[data-editor]");
if (form) new Page(form);
