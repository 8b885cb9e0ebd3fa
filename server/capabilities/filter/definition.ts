import type { Location } from 'vscode-languageserver/node';
import type { Target } from '../../../engine/model/references/target.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { rangeOf } from '../../convert.ts';
import type { OpenFilter } from './document.ts';
import { nameAt, type FilterName } from './names.ts';

/**
 * Where the name at `offset` is declared: here, or in another file, which `locate` finds. What comes from the filter that this one extends has no place
 * here.
 */
export function definition(filter: OpenFilter, offset: number, locate: (target: Target) => Location[]): Location[] {
  const name = nameAt(filter.bound, offset);
  if (!name) return [];
  const here = spanHere(name, filter);
  if (here && here.length > 0) return [{ uri: filter.uri, range: rangeOf(filter.lines, here) }];
  const target = targetOf(name);
  return target ? locate(target) : [];
}

function spanHere(name: FilterName, { document }: OpenFilter): Span | undefined {
  switch (name.kind) {
    case 'alias':
      return name.declaration;
    case 'parameter':
      return document.parameters.includes(name.parameter) ? name.parameter.name.span : undefined;
    case 'output':
      return name.column.span;
    default:
      return undefined;
  }
}

function targetOf(name: FilterName): Target | undefined {
  if (name.kind === 'filter') return { kind: 'filter', filter: name.filter };
  if (name.kind !== 'table' && name.kind !== 'column') return undefined;
  const { system, table } = name.table;
  return name.kind === 'table' ? { kind: 'table', system, table } : { kind: 'column', system, table, column: name.column.name };
}
