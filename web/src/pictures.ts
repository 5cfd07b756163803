// The pictures of tables. The page works without them: a figure is hidden until it is drawn, and the
// table below it holds every row.
import { DARK, LIGHT, bitmap, drawn } from "./paint";
import type { Theme } from "./paint";
import { areas, bars, ways, wordsOf } from "./shapes";
import type { Drawing } from "./shapes";
import { csvOf, drawnOf, rowsOf } from "./table";

const NARROWEST = 280;
// The width of an A4 sheet between its margins, so that labels are printed as large as the text.
const SHEET = 680;

for (const figure of document.querySelectorAll<HTMLElement>("figure.picture")) start(figure);

function start(figure: HTMLElement): void {
  const section = figure.closest("section");
  const table = section?.querySelector("table");
  const place = figure.querySelector<HTMLElement>("[data-place]");
  const told = figure.querySelector<HTMLElement>("[data-told]");
  if (!section || !table || !place || !told) return;
  const what = drawnOf(figure);
  const rows = rowsOf(table, what);
  if (rows.filter((row) => row.cents > 0n).length < 2) return;
  const words = wordsOf(what.words);
  const title = section.querySelector("h2")?.textContent?.trim() ?? document.title;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const lay = (width: number): Drawing => {
    if (what.shape === "areas") return areas(rows, width, words);
    if (what.shape === "ways") return ways(rows, width, words);
    return bars(rows, width, words);
  };
  let width = 0;
  const draw = (theme: Theme = dark.matches ? DARK : LIGHT): void => {
    width = Math.max(NARROWEST, Math.floor(place.clientWidth));
    place.replaceChildren(drawn(lay(width), theme, title));
  };
  let printing = false;
  figure.hidden = false;
  draw();
  new ResizeObserver(() => {
    if (!printing && Math.max(NARROWEST, Math.floor(place.clientWidth)) !== width) draw();
  }).observe(place);
  dark.addEventListener("change", () => draw());
  addEventListener("beforeprint", () => {
    printing = true;
    place.replaceChildren(drawn(lay(SHEET), LIGHT, title));
  });
  addEventListener("afterprint", () => {
    printing = false;
    draw();
  });
  const usual = told.textContent;
  const point = (event: Event): void => {
    const target = event.target instanceof Element ? event.target.closest("a, [role=img], path") : null;
    told.textContent = target?.querySelector("title")?.textContent ?? usual;
  };
  place.addEventListener("pointerover", point);
  place.addEventListener("focusin", point);
  place.addEventListener("pointerleave", () => (told.textContent = usual));
  const name = `${document.title} ${title}`.replace(/[\\/:*?"<>|\s]+/g, "_");
  on(figure, "svg", () => {
    const svg = drawn(lay(width), LIGHT, title);
    // The file is read elsewhere: its links name this page's host.
    for (const link of svg.querySelectorAll("a"))
      link.setAttribute("href", new URL(link.getAttribute("href")!, location.href).href);
    save(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }), `${name}.svg`);
  });
  on(figure, "png", () => void bitmap(lay(width), LIGHT).then((blob) => save(blob, `${name}.png`)));
  on(figure, "csv", () =>
    save(new Blob(["\ufeff", csvOf(table, what.amount)], { type: "text/csv" }), `${name}.csv`),
  );
}

function on(figure: HTMLElement, what: string, act: () => void): void {
  figure.querySelector(`[data-save=${what}]`)?.addEventListener("click", act);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
