import { applyEdits, modify, parse, type FormattingOptions, type JSONPath, type ModificationOptions, type ParseError } from 'jsonc-parser';
import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit } from 'vscode-languageserver/node';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { unsilenced } from '../../../engine/model/problems/apply-settings.ts';
import { pointerAt } from '../../../engine/model/problems/pointer.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { rangeOf } from '../../convert.ts';
import type { Workspaces } from '../../workspaces.ts';

/** A document in a workspace, and the workspace's own file, which is what these actions change. */
export interface SuppressContext {
  /** Of the document, relative to the workspace. */
  readonly path: string;
  readonly text: string;
  readonly settings: { readonly uri: string; readonly text: string };
}

/** What is needed of a document for these actions; undefined where it lies in no workspace. */
export function suppressContextOf(workspaces: Workspaces, uri: string, text: string): SuppressContext | undefined {
  const place = workspaces.placeOf(uri);
  const settings = place && workspaces.view(place.folder).files.get('sollist.json');
  if (!place || settings === undefined) return undefined;
  return { path: place.path, text, settings: { uri: workspaces.uriOf(place.folder, 'sollist.json'), text: settings } };
}

/** For each finding: suppress it in its place, and turn its code off; both are lines of `sollist.json`. */
export function suppressActions({ path, text, settings }: SuppressContext, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const own = diagnostics.filter(({ source, code }) => source === 'sollist' && typeof code === 'string' && !unsilenced.has(code));
  if (own.length === 0) return [];
  const lines = indexLines(text);
  const isJson = path.endsWith('.json');
  const { root } = isJson ? parseJson(text, { strict: false }) : { root: undefined };
  const action = (title: string, diagnostic: Diagnostic, steps: JSONPath, value: unknown): CodeAction[] => {
    const edits = editsOf(settings.text, steps, value);
    if (edits.length === 0) return [];
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: { changes: { [settings.uri]: edits } } }];
  };
  const counted = countOf(settings.text);
  const several = own.some(({ code }) => code !== own[0]?.code);
  return own.flatMap((diagnostic) => {
    const code = String(diagnostic.code);
    const { line, character } = diagnostic.range.start;
    const at = isJson ? { at: pointerAt(root, lines.offsetAt({ line, column: character })) } : {};
    const here = !isJson ? `Suppress "${code}" in this file` : several ? `Suppress "${code}" here` : 'Suppress this finding here';
    return [
      ...action(here, diagnostic, ['problems', 'suppressed', counted], { code, file: path, ...at }),
      ...action(`Turn off "${code}" in this workspace`, diagnostic, ['problems', 'severities', code], 'off'),
    ];
  });
}

/** How many suppressions there are: the place of the next one. */
function countOf(text: string): number {
  const value = parse(text) as { readonly problems?: { readonly suppressed?: unknown } } | null | undefined;
  const suppressed = value?.problems?.suppressed;
  return Array.isArray(suppressed) ? suppressed.length : 0;
}

/** Writes a value into a JSON text; comments and the form of what is there stay. None where the text is not of that form. */
function editsOf(text: string, steps: JSONPath, value: unknown): TextEdit[] {
  const lines = indexLines(text);
  try {
    const [place, options] = placeOf(text, steps, value);
    const edits = modify(text, place, value, { ...options, formattingOptions: formOf(text) });
    const [before, broken]: [ParseError[], ParseError[]] = [[], []];
    parse(text, before, { allowTrailingComma: true });
    const after: unknown = parse(applyEdits(text, edits), broken, { allowTrailingComma: true });
    // A text that is half typed may come back as something else; then there is nothing to offer.
    if (edits.length === 0 || broken.length > before.length || JSON.stringify(valueAt(after, place)) !== JSON.stringify(value)) return [];
    return edits.map(({ offset, length, content }) => ({ range: rangeOf(lines, { offset, length }), newText: content }));
  } catch {
    // jsonc-parser throws where a step leads through something that is no object; an author has to mend that first.
    return [];
  }
}

/** What is new goes to the end, except where it would come between the last entry and its remark. */
function placeOf(text: string, steps: JSONPath, value: unknown): readonly [place: JSONPath, options: ModificationOptions] {
  const [edit] = modify(text, steps, value, {});
  if (!edit || edit.length > 0 || !/^[ \t]*\/[/*]/.test(text.slice(edit.offset))) return [steps, {}];
  const isEntry = typeof steps.at(-1) === 'number' && countOf(text) > 0;
  return [isEntry ? [...steps.slice(0, -1), 0] : steps, { isArrayInsertion: isEntry, getInsertionIndex: () => 0 }];
}

function valueAt(value: unknown, steps: JSONPath): unknown {
  return steps.reduce<unknown>(
    (current, step) =>
      typeof current === 'object' && current !== null ? (current as Readonly<Record<string | number, unknown>>)[step] : undefined,
    value,
  );
}

/** The indentation and line ends that a text has. */
function formOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
