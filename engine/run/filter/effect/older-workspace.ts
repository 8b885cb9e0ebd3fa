import { identifyFile, type FileKind } from '../../../model/workspace/file-kind.ts';
import { createTrialReader } from '../../../model/workspace/read-workspace.ts';
import type { OpenWorkspace } from '../../workspace/open-workspace.ts';
import type { OlderFiles } from './older-files.ts';

/** What decides which rows a filter gives, beside the data: filters and libraries, and the data model. */
const ofFilters: readonly FileKind[] = ['filter', 'library'];
const ofModel: readonly FileKind[] = ['system', 'connector', 'overlay', 'relations', 'lookup'];

/**
 * The workspace with its filters, libraries and data model from before. Settings and what lies in data folders are those of now, as the data
 * are: an edit is to be seen, not everything that has happened since. Where filters are kept in git and systems are not, the data model is that of now.
 */
export function olderWorkspace(open: OpenWorkspace, older: OlderFiles): OpenWorkspace {
  const { texts } = older;
  const isTaken = (path: string, kinds: readonly FileKind[]): boolean => {
    const kind = identifyFile(path)?.kind;
    return kind !== undefined && kinds.includes(kind);
  };
  const taken = lacksModel(open, older) ? ofFilters : [...ofFilters, ...ofModel];
  const files = new Map([
    ...[...open.files].filter(([path]) => !isTaken(path, taken)),
    ...[...texts].filter(([path]) => isTaken(path, taken)),
  ]);
  const read = createTrialReader(open.workspace)(files);
  const differs = [...new Set([...files.keys(), ...open.files.keys()])].some(
    (path) => isTaken(path, ofModel) && files.get(path) !== open.files.get(path),
  );
  const { filters, libraries } = read;
  return { ...open, files, workspace: differs ? read : { ...open.workspace, filters, libraries } };
}

/** Whether there are systems now, and older files without any. */
export function lacksModel(open: OpenWorkspace, { texts }: OlderFiles): boolean {
  const hasSystems = (files: ReadonlyMap<string, string>): boolean =>
    [...files.keys()].some((path) => identifyFile(path)?.kind === 'system');
  return hasSystems(open.files) && !hasSystems(texts);
}

/** The path a filter had before, where its file has another name now: that of the text most like it which is nowhere any more. */
export function renamedFrom(open: OpenWorkspace, path: string, { texts }: OlderFiles): string | undefined {
  const text = open.files.get(path) ?? '';
  const gone = [...texts].filter(([other]) => identifyFile(other)?.kind === 'filter' && !open.files.has(other));
  const [best] = gone
    .map(([other, then]) => ({ other, alike: likeness(then, text) }))
    .filter(({ alike }) => alike >= alikeEnough)
    .sort((a, b) => b.alike - a.alike);
  return best?.other;
}

/** Share of lines in common from which on git calls a file renamed. */
const alikeEnough = 0.5;

/** The share of lines that two texts have in common, without regard to their order. */
function likeness(one: string, other: string): number {
  const linesOf = (text: string): readonly string[] => text.split('\n').flatMap((line) => line.trim() || []);
  const [a, b] = [linesOf(one), linesOf(other)];
  const left = new Map<string, number>();
  for (const line of a) left.set(line, (left.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of b) {
    const more = left.get(line) ?? 0;
    if (more === 0) continue;
    left.set(line, more - 1);
    common++;
  }
  return a.length + b.length === 0 ? 1 : (2 * common) / (a.length + b.length);
}
