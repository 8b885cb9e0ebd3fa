import { resolve } from '../../../engine/model/references/resolve.ts';
import type { Target } from '../../../engine/model/references/target.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { FolderView } from '../../workspaces.ts';
import { referencesIn } from './references.ts';

/** A name that stands for a file of the workspace. */
export interface FileLink {
  /** The name without its quotes. */
  readonly span: Span;
  /** Relative to the workspace. */
  readonly path: string;
}

/** The names of connectors, systems and filters in one of our own files, each with its file. */
export function fileLinks(view: FolderView, path: string): readonly FileLink[] {
  const text = view.files.get(path) ?? '';
  return referencesIn(view, path).flatMap(({ span, target }): readonly FileLink[] => {
    const file = fileOf(view, target);
    const quoted = text[span.offset] === '"' && span.length > 2;
    return file !== undefined && quoted ? [{ span: { offset: span.offset + 1, length: span.length - 2 }, path: file }] : [];
  });
}

/** The file that a name as a whole stands for; undefined for what is declared inside one. */
export function fileOf({ workspace }: FolderView, target: Target): string | undefined {
  if (target.kind !== 'connector' && target.kind !== 'system' && target.kind !== 'filter') return undefined;
  const resolution = resolve(workspace, target);
  return resolution.kind === 'found' ? resolution.declaration.path : undefined;
}
