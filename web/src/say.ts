// The one of two wordings that is in the page's language; Chinese where there is no page.
export function say(zh: string, en: string): string {
  if (typeof document === "undefined") return zh;
  return document.documentElement.lang.startsWith("zh") ? zh : en;
}
