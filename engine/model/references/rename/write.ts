import { quoteName } from '../../filter/words.ts';
import type { Edit } from '../../text/problem.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Change } from './changes.ts';
import { writeInScript } from './write-script.ts';

/** What writes the new name into one place; undefined where that place does not hold it. */
export function writeName(occurrence: Occurrence, { to, leaf, follows }: Change, path: string, source: string): Edit | undefined {
  const { span, spelling, writeAt } = occurrence;
  const inFilter = path.endsWith('.filter');
  switch (spelling) {
    case 'name':
      return { span, text: inFilter ? filterName(to, source[span.offset] === '@') : inJson(to) };
    case 'leaf':
      return leaf === undefined ? undefined : { span, text: inJson(leaf) };
    case 'camel':
      return { span, text: inJson(camelCase(to)) };
    case 'implied':
      // The table or column that implies the name keeps its own.
      return writeAt === undefined || follows ? undefined : { span: { offset: writeAt, length: 0 }, text: ` as ${quoteName(to)}` };
    case 'key':
    case 'member':
    case 'identifier':
      return writeInScript(span, spelling, to, source);
    case 'alias':
    case 'derived':
    case 'file':
      return undefined;
  }
}

function filterName(name: string, parameter: boolean): string {
  return parameter ? `@${quoteName(name)}` : quoteName(name);
}

function inJson(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
