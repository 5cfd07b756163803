// The one of two wordings that is in the page's language.
export function say(zh: string, en: string): string {
  return document.documentElement.lang.startsWith("zh") ? zh : en;
}
