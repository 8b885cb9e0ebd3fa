import { graphOf } from '../../engine/model/references/graph.ts';
import { isRefusal } from '../../engine/model/references/rename/changes.ts';
import { planRename, prepareRename } from '../../engine/model/references/rename/plan-rename.ts';
import { applyEdits } from '../../engine/model/text/edits.ts';
import { createWorkspaceReader } from '../../engine/model/workspace/read-workspace.ts';
import { parseCaret } from './marks.ts';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** Where a piece with a caret stands in a file. */
export interface Place {
  readonly path: string;
  readonly offset: number;
}

export function placeOf(files: Files, path: string, marked: string): Place {
  const piece = parseCaret(marked);
  const start = files[path]?.indexOf(piece.text) ?? -1;
  if (start < 0) throw new Error(`${path} does not hold ${piece.text}.`);
  return { path, offset: start + piece.caret };
}

/** `path: text of the line, the name between » and «` of every place that names what is named at the caret. */
export function referencesAt(files: Files, path: string, marked: string): readonly string[] {
  const graph = graphOf(createWorkspaceReader()(new Map(Object.entries(files))));
  const { offset } = placeOf(files, path, marked);
  const lines = graph.find(graph.at(path, offset).map(({ entity }) => entity)).map((found) => {
    const text = files[found.path] ?? '';
    const { offset: start, length } = found.span;
    const line = text.lastIndexOf('\n', start - 1) + 1;
    const end = text.indexOf('\n', start);
    return `${found.path}: ${text.slice(line, start)}»${text.slice(start, start + length)}«${text.slice(start + length, end < 0 ? undefined : end)}`.replace(
      /: +/,
      ': ',
    );
  });
  // One place may name two things.
  return [...new Set(lines)];
}

/** The text an author starts a rename from, or the sentence that refuses it. */
export function prepareAt(files: Files, path: string, marked: string): string | undefined {
  const found = prepareRename(createWorkspaceReader()(new Map(Object.entries(files))), path, placeOf(files, path, marked).offset);
  return found && (isRefusal(found) ? found.refused : found.placeholder);
}

/** Every file after a rename, or the sentence that refuses it. */
export function renameAt(files: Files, path: string, marked: string, name: string): Files | string {
  const plan = planRename(createWorkspaceReader()(new Map(Object.entries(files))), placeOf(files, path, marked), name);
  if (!plan) return 'nothing';
  if (isRefusal(plan)) return plan.refused;
  const moved = new Map(plan.moves.map(({ from, to }) => [from, to]));
  return Object.fromEntries(
    Object.entries(files).map(([own, text]) => [moved.get(own) ?? own, applyEdits(text, plan.edits.get(own) ?? [])]),
  );
}

/** The lines a rename changes, `path: line after it`; a sentence where it is refused. */
export function changedBy(files: Files, path: string, marked: string, name: string): readonly string[] | string {
  const after = renameAt(files, path, marked, name);
  if (typeof after === 'string') return after;
  return Object.entries(after).flatMap(([own, text]) => {
    const before = files[own]?.split('\n');
    if (!before) return [`${own}: new`];
    return text.split('\n').flatMap((line) => (before.includes(line) ? [] : [`${own}: ${line.trim()}`]));
  });
}
