import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Severity } from '../../engine/model/text/problem.ts';
import { root } from '../editor/paths.ts';

/** What the comment before a rule, or before an entry of the other codes, says. */
export interface DescribedCode {
  readonly code: string;
  readonly severity: Severity;
  readonly group: string;
  readonly text: readonly string[];
  readonly why: readonly string[];
  readonly example: readonly string[];
}

/** A doc comment, then a rule or an entry; the name of a constant may stand between. */
const described =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export const \w+(?:: \w+)? = )?(?:defineRule|describeCode)\(\s*'([a-z-]+)',\s*'(error|warning|info|hint)'(?:,\s*'([a-z]+)')?/g;

/** Every code of the rules for connectors, by their folders, and after them the other codes, in the order of their lists. */
export function readCodes(): readonly DescribedCode[] {
  return [...readFolder('engine/model/connector/rules'), ...readFolder('engine/model/problems/codes')];
}

function readFolder(folder: string): readonly DescribedCode[] {
  return sources(folder).flatMap((path) => readSource(path, readFileSync(join(root, path), 'utf8')));
}

/** The TypeScript files of a folder and those below it, in byte order. */
export function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** The codes one source describes. Throws a sentence where a comment lacks a part. */
export function readSource(path: string, source: string): readonly DescribedCode[] {
  return [...source.matchAll(described)].map(([, comment = '', code = '', severity = '', group]) => {
    const parts = partsOf(comment);
    for (const part of ['text', 'why', 'example'] as const) {
      if (parts[part].length === 0)
        throw new Error(
          `${path}: the comment of "${code}" has no ${part === 'text' ? 'text' : `paragraph "${titles[part]}:"`}. Write one.`,
        );
    }
    return { code, severity: severity as Severity, group: group ?? basename(dirname(path)), ...parts };
  });
}

const titles = { why: 'Why', example: 'Example' } as const;

/** The paragraphs of a comment, by the word they begin with. */
function partsOf(comment: string): Pick<DescribedCode, 'text' | 'why' | 'example'> {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const parts: Record<'text' | 'why' | 'example', string[]> = { text: [], why: [], example: [] };
  let part: keyof typeof parts = 'text';
  for (const paragraph of lines.join('\n').split(/\n{2,}/)) {
    const words = paragraph
      .trim()
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll(/\{@link (\w+)\}/g, '`$1`');
    const [, title, rest] = /^(Why|Example): ([\s\S]*)$/.exec(words) ?? [];
    if (title !== undefined) part = title === 'Why' ? 'why' : 'example';
    if (words !== '' && !words.startsWith('@')) parts[part].push(rest ?? words);
  }
  return parts;
}
