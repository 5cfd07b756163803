// The picture of where a document's money goes. The page works without it: the figure is hidden
// until the data is here, and the table beside it holds every row.
import { DARK, LIGHT, bitmap, drawn } from "./draw";
import type { Paint } from "./draw";
import { prepare } from "./prepare";
import { lay } from "./scene";
import type { Scene } from "./scene";
import type { Flow, FlowGroup } from "./types";

const NARROWEST = 320;
const FEW = 8;
const MANY = 14;
const PHONE = 640;

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-flow]"))
  start(figure).catch((problem: unknown) => {
    figure.hidden = true;
    console.error(problem);
  });

async function start(figure: HTMLElement): Promise<void> {
  const answer = await fetch(figure.dataset["flow"]!, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  const flow = (await answer.json()) as Flow;
  if (!flow.groups.some((group) => group.rows.length)) return;
  figure.hidden = false;
  new Picture(figure, flow);
}

class Picture {
  private readonly place: HTMLElement;
  private readonly told: HTMLElement;
  private readonly title: string;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private group: FlowGroup;
  private width = 0;

  constructor(
    private readonly figure: HTMLElement,
    private readonly flow: Flow,
  ) {
    this.place = figure.querySelector<HTMLElement>("[data-place]")!;
    this.told = figure.querySelector<HTMLElement>("[data-told]")!;
    this.title = figure.querySelector("figcaption")?.textContent?.trim() ?? flow.start.name;
    this.group = flow.groups.find((group) => group.rows.length)!;
    this.offerGroups();
    this.offerFiles();
    this.place.addEventListener("focusin", (event) => this.point(event.target));
    this.place.addEventListener("pointerover", (event) => this.point(event.target));
    this.place.addEventListener("pointerleave", () => this.point(null));
    new ResizeObserver(() => this.draw(false)).observe(this.place);
    this.dark.addEventListener("change", () => this.draw(true));
    addEventListener("beforeprint", () => this.draw(true, LIGHT));
    addEventListener("afterprint", () => this.draw(true));
  }

  private draw(again: boolean, paint: Paint = this.dark.matches ? DARK : LIGHT): void {
    const width = Math.max(NARROWEST, Math.floor(this.place.clientWidth));
    if (!again && width === this.width) return;
    this.width = width;
    this.place.replaceChildren(drawn(this.scene(), paint, this.title));
  }

  private scene(): Scene {
    // A phone has room for three columns: what the page is about need not stand in it.
    if (this.place.clientWidth < PHONE)
      return lay(prepare(this.flow, this.group, FEW, ["document", "organization", "carrier"]), this.width, 3);
    return lay(prepare(this.flow, this.group, MANY), this.width, 2);
  }

  private offerGroups(): void {
    const select = this.figure.querySelector("select");
    if (!select) return;
    for (const [index, group] of this.flow.groups.entries())
      select.add(new Option(group.label, String(index), group === this.group, group === this.group));
    select.parentElement!.hidden = this.flow.groups.length < 2;
    select.addEventListener("change", () => {
      this.group = this.flow.groups[Number(select.value)]!;
      this.draw(true);
    });
  }

  private offerFiles(): void {
    const name = this.flow.start.name.replace(/[\\/:*?"<>|\s]+/g, "_");
    this.figure.querySelector("[data-save=svg]")?.addEventListener("click", () => {
      const svg = drawn(this.scene(), LIGHT, this.title);
      // The file is read elsewhere: its links name this server.
      for (const link of svg.querySelectorAll("a"))
        link.setAttribute("href", new URL(link.getAttribute("href")!, location.href).href);
      const text = new XMLSerializer().serializeToString(svg);
      save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
    });
    this.figure.querySelector("[data-save=png]")?.addEventListener("click", () => {
      void bitmap(this.scene(), LIGHT).then((blob) => save(blob, `${name}.png`));
    });
  }

  /** Shows what stands under the pointer or has the focus, and lets its ribbons stand out. */
  private point(target: EventTarget | null): void {
    const box = target instanceof Element ? target.closest("[data-key]") : null;
    const ribbon = target instanceof Element ? target.closest("[data-from]") : null;
    const key = box?.getAttribute("data-key") ?? null;
    for (const path of this.place.querySelectorAll("[data-from]")) {
      const chosen =
        path === ribbon ||
        (key !== null &&
          (path.getAttribute("data-from") === key || path.getAttribute("data-to") === key));
      path.classList.toggle("chosen", chosen);
    }
    const told = box?.querySelector("title")?.textContent ?? ribbon?.textContent ?? "";
    this.told.textContent = told || "\u00a0";
  }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
