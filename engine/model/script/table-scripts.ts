import { childOf, elementsOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name, Span } from '../text/problem.ts';
import type { ScriptType } from './script-stage.ts';

/** A column that a script computes when a table is collected, from the other columns of the same row. */
export interface TableScript {
  readonly name: Name;
  readonly type: ScriptType;
  readonly code: string;
  /** Where the code stands in the file, line by line or as one: from an offset of the code on. */
  readonly lines: readonly { readonly offset: number; readonly span: Span }[];
}

const types: readonly string[] = ['text', 'number', 'boolean', 'date', 'datetime'] satisfies readonly ScriptType[];

/** What the column that a script makes holds. */
export function catalogColumnType({ type }: Pick<TableScript, 'type'>): Exclude<ScriptType, 'any'> {
  return type === 'any' ? 'text' : type;
}

/** Reads `scripts` of a table: column → `{ "code": "…" | ["line", …], "type": "text" }`. What cannot be understood is absent. */
export function readTableScripts(node: JsonNode | undefined): readonly TableScript[] {
  return propertiesOf(node).flatMap(({ name, value }) => {
    const code = childOf(value, 'code');
    const one = stringOf(code);
    const several = elementsOf(code).flatMap((line) => stringOf(line) ?? []);
    const type = stringOf(childOf(value, 'type'))?.text ?? 'text';
    if (!types.includes(type) || (!one && several.length === 0)) return [];
    const lines: { readonly offset: number; readonly span: Span }[] = [];
    let offset = 0;
    for (const { text, span } of one ? [one] : several) {
      lines.push({ offset, span });
      offset += text.length + 1;
    }
    return [{ name, type: type as ScriptType, code: (one ? [one] : several).map(({ text }) => text).join('\n'), lines }];
  });
}
