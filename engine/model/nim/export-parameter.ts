import type { FilterDocument, FilterParameter } from '../filter/filter.ts';
import { sameName } from '../filter/words.ts';
import type { Span } from '../text/problem.ts';
import type { Findings } from './findings.ts';
import type { JsonRecord } from './json-value.ts';
import { remarkBehind } from './note-comments.ts';

const dataTypes = { text: 'string', number: 'number', boolean: 'boolean', date: 'date', datetime: 'date-time' } as const;

/** A parameter as NIM has it; one without a node of its own comes from the parent. */
export function exportParameter(
  { name, type, default: value, session }: FilterParameter,
  document: FilterDocument,
  findings: Findings,
): JsonRecord {
  const node = document.tree?.parameters.find((one) => sameName(one.name.text, name.text));
  if (type !== 'text' && type !== 'number') findings.unproven(`a parameter of the type "${dataTypes[type]}"`, name.span);
  return {
    param_name: name.text,
    param_category: session === undefined ? 'input' : 'variable',
    data_type: dataTypes[type],
    default_value: value === undefined || value === null ? '' : String(value),
    description: node ? behind(node.span, document) : '',
    inherited: node === undefined,
    variable_name: session ?? '',
  };
}

/** The words of the comment in the line of a parameter. */
function behind(span: Span, document: FilterDocument): string {
  return (
    remarkBehind(span, document)
      ?.text.replace(/^--\s?|^\/\*\s*|\s*\*\/$/g, '')
      .trim() ?? ''
  );
}
