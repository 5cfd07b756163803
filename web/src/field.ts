// The text field of a query as an editor: colours, brackets, completion, faults at their place.
import {
  acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap,
} from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import {
  HighlightStyle, StreamLanguage, bracketMatching, indentUnit, syntaxHighlighting,
  syntaxTree,
} from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import type { Transaction } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers, placeholder,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { say } from "./say";
import { lacking, matching, offsetOf, prologueEnd, variables } from "./terms";
import type { Offered, Term } from "./terms";

export interface Fault {
  line: number;
  column: number;
  message: string;
}

const KEYWORDS = [
  "SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "FILTER NOT EXISTS", "UNION", "VALUES", "BIND",
  "GRAPH", "GROUP BY", "ORDER BY", "ORDER BY DESC", "HAVING", "LIMIT", "OFFSET", "COUNT", "SUM", "AVG",
  "MIN", "MAX", "SAMPLE", "COALESCE", "IF", "LANG", "STR", "CONTAINS", "STRSTARTS", "CONSTRUCT", "ASK",
  "DESCRIBE", "PREFIX", "MINUS",
];
const KINDS: Record<string, [string, string]> = {
  class: ["类", "class"],
  property: ["属性", "property"],
  list: ["代码表", "code list"],
  cube: ["数据立方体", "data cube"],
};

export class QueryField {
  private readonly view: EditorView;
  private offered: Promise<Offered> | null = null;
  private known: Offered = { prefixes: {}, terms: [] };

  constructor(text: HTMLTextAreaElement, private readonly terms: string, run: () => void) {
    const place = document.createElement("div");
    place.className = "editor";
    const height = text.offsetHeight;
    text.before(place);
    // In a shadow root the editor may bring its style by script, which the page's own
    // Content-Security-Policy lets nothing else do.
    const root = place.attachShadow({ mode: "open" });
    const label = text.labels?.[0];
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text.value,
        extensions: [
          lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(),
          highlightActiveLine(), indentUnit.of("  "), EditorView.lineWrapping,
          StreamLanguage.define(sparql), syntaxHighlighting(COLOURS), LOOK, placeholder("SELECT …"),
          autocompletion({ override: [(context) => this.complete(context)], icons: false }),
          Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
          keymap.of([
            { key: "Tab", run: acceptCompletion },
            ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap,
          ]),
          EditorView.contentAttributes.of({
            "aria-label": label?.textContent?.trim() ?? "SPARQL",
            tabindex: "0",
            autocapitalize: "off",
            autocorrect: "off",
            spellcheck: "false",
          }),
          EditorState.phrases.of(phrases()),
          EditorView.domEventHandlers({ beforeinput: overwrite }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) text.value = this.query;
            if (update.focusChanged && update.view.hasFocus) void this.load();
          }),
        ],
      }),
    });
    this.view.scrollDOM.style.minHeight = `${Math.min(height, 420)}px`;
    text.hidden = true;
    label?.addEventListener("click", () => this.view.focus());
  }

  get query(): string {
    return this.view.state.doc.toString();
  }

  // Underlines a fault and leads there; null takes the mark away.
  mark(fault: Fault | null): void {
    if (!fault) {
      this.view.dispatch(setDiagnostics(this.view.state, []));
      return;
    }
    const from = offsetOf(this.query, fault.line, fault.column);
    const to = Math.min(from + 1, this.query.length);
    const start = from === to && from > 0 ? from - 1 : from;
    const told = { from: start, to, severity: "error" as const, message: fault.message };
    this.view.dispatch(setDiagnostics(this.view.state, [told]), {
      selection: { anchor: from },
      scrollIntoView: true,
    });
  }

  private load(): Promise<Offered> {
    this.offered ??= fetch(this.terms, { headers: { Accept: "application/json" } })
      .then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json() as Promise<Offered>;
      })
      .then((offered) => (this.known = offered))
      .catch(() => {
        this.offered = null;
        return this.known;
      });
    return this.offered;
  }

  private async complete(context: CompletionContext): Promise<CompletionResult | null> {
    const variable = context.matchBefore(/[?$][\p{L}\d_]*/u);
    if (variable) return this.ofVariables(context, variable.from, variable.text);
    const word = context.matchBefore(/[\p{L}_][\p{L}\d_-]*(?::[\p{L}\d_-]*)?/u);
    if (!word && !context.explicit) return null;
    const inside = syntaxTree(context.state).resolveInner(context.pos, -1).name;
    if (/string|comment/i.test(inside)) return null;
    const { terms } = await this.load();
    const typed = word?.text ?? "";
    const from = word?.from ?? context.pos;
    const found = typed ? matching(terms, typed) : terms.slice(0, 60);
    const options = found.map((term) => this.option(term));
    const keywords = KEYWORDS.filter((one) => typed && one.startsWith(typed.toUpperCase()));
    options.unshift(...keywords.map((label) => ({ label, type: "keyword" })));
    return options.length ? { from, options, filter: false } : null;
  }

  private ofVariables(context: CompletionContext, from: number, typed: string): CompletionResult | null {
    const others = context.state.sliceDoc(0, from) + " " + context.state.sliceDoc(context.pos);
    const names = variables(others).map((name) => `?${name}`);
    const options = names.filter((name) => name.startsWith(`?${typed.slice(1)}`) && name !== typed);
    return options.length ? { from, options: options.map((label) => ({ label })), filter: false } : null;
  }

  private option(term: Term): Completion {
    const kind = KINDS[term.kind] ?? ["", ""];
    const says = say(term.zhSays || term.enSays, term.enSays || term.zhSays);
    const option: Completion = {
      label: term.text,
      displayLabel: term.text.length > 44 ? `…${term.text.slice(-40)}` : term.text,
      detail: `${say(`${term.zh} · ${term.en}`, `${term.en} · ${term.zh}`)} (${say(...kind)})`,
      type: term.kind,
      apply: (view, _chosen, from, to) => this.write(view, term, from, to),
    };
    return says ? { ...option, info: says } : option;
  }

  // Writes a term, and declares its prefix where the query does not.
  private write(view: EditorView, term: Term, from: number, to: number): void {
    const query = view.state.doc.toString();
    const after = query.slice(0, from) + term.text + query.slice(to);
    const missing = lacking(after, this.known.prefixes).filter((one) =>
      one.startsWith(`PREFIX ${term.text.split(":")[0]}:`),
    );
    const at = Math.min(prologueEnd(query), from);
    const declared = missing.join("");
    view.dispatch({
      changes: [
        { from: at, insert: declared },
        { from, to, insert: term.text },
      ],
      selection: { anchor: from + declared.length + term.text.length },
      userEvent: "input.complete",
    });
  }
}

// Where text is typed over a selection, a browser gives it the style of what was there, inline, which
// the page's Content-Security-Policy refuses and its console tells: so the editor writes it itself.
function overwrite(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main;
  const text = event.data;
  if (empty || event.inputType !== "insertText" || event.isComposing || !text) return false;
  event.preventDefault();
  const plain = (): Transaction =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handler) => handler(view, from, to, text, plain))) view.dispatch(plain());
  return true;
}

function phrases(): Record<string, string> {
  if (say("zh", "en") === "en") return {};
  return { Diagnostics: "错误", "No diagnostics": "没有错误", Completions: "补全", "Fold line": "折叠" };
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--variable)" },
  { tag: [tags.atom, tags.bool], color: "var(--term)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--text)" },
  { tag: [tags.comment, tags.meta], color: "var(--soft)" },
]);

// The page's own colours reach into the shadow root as custom properties.
const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "0.9rem",
    border: "1px solid var(--soft)", borderRadius: "0.35rem" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace",
    lineHeight: "1.55", maxHeight: "32rem", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--tint)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-placeholder": { color: "var(--soft)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--mark)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--soft)",
    maxWidth: "min(40rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "18rem",
    maxWidth: "min(36rem, 90vw)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "1em", opacity: "0.85" },
  ".cm-completionInfo": { maxWidth: "22rem", padding: "0.5rem 0.75rem", lineHeight: "1.5" },
  // The package's own pictures are data: addresses, which the page may not load.
  ".cm-lintRange-error, .cm-lintRange-active": { backgroundImage: "none", backgroundColor: "var(--mark)",
    textDecoration: "underline wavy #c0392b", textUnderlineOffset: "0.2em" },
  ".cm-diagnostic": { padding: "0.35rem 0.75rem" },
});
