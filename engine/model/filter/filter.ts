import { notText } from '../text/not-text.ts';
import type { Name, Problem } from '../text/problem.ts';
import { readParameters, type parameterTypes } from './parameters.ts';
import { parseFilter } from './parse.ts';
import type { FilterTree } from './tree.ts';

/** A filter's text and what reading alone tells about it. */
export interface FilterDocument {
  readonly text: string;
  /** Absent where the text holds nothing but blanks and comments. */
  readonly tree: FilterTree | undefined;
  readonly problems: readonly Problem[];
  readonly parameters: readonly FilterParameter[];
}

export type ParameterType = (typeof parameterTypes)[number];

/** An input of a filter. Without a default, whoever runs the filter must give a value. */
export interface FilterParameter {
  readonly name: Name;
  readonly type: ParameterType;
  readonly default?: string | number | boolean | null;
  /** The session variable that gives the value, where there is one. */
  readonly session?: string;
}

/** Reads a filter; never throws, whatever the text. */
export function readFilter(text: string): FilterDocument {
  const unreadable = notText(text);
  if (unreadable) return { text, tree: undefined, problems: [unreadable], parameters: [] };
  const { tree, problems } = parseFilter(text);
  const { parameters, problems: more } = readParameters(tree?.parameters ?? []);
  return { text, tree, problems: [...problems, ...more], parameters };
}
