import { isDate, isDatetime } from '../../../../engine/model/filter/parameters.ts';
import { expressionsIn } from '../../../../engine/model/filter/node-places.ts';
import { printLiteral } from '../../../../engine/model/filter/print-expression.ts';
import { everyPart, partsOf, type Expression, type Literal } from '../../../../engine/model/filter/tree.ts';
import { quoteName, sameName } from '../../../../engine/model/filter/words.ts';
import type { Edit, Span } from '../../../../engine/model/text/problem.ts';
import type { OpenFilter } from '../../filter/document.ts';
import { between, endOf, slice, touches, tryEdits, type Rewrite } from './trial.ts';

/** Makes a parameter of the value at the caret, with the value as its default. */
export function extractParameter(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  const { tree } = filter.document;
  if (!tree) return [];
  const all = expressionsIn(tree).flatMap((expression) => [...everyPart(expression)]);
  const literal = all.find((one): one is Literal => one.kind === 'literal' && one.value !== null && touches(one.span, caret));
  if (!literal) return [];
  const holder = all.find((one) => partsOf(one).includes(literal));
  const name = freeName(filter, holder && columnBeside(holder, literal));
  const edits: readonly Edit[] = [
    declaration(filter, `parameter ${quoteName(name)} ${typeOf(filter, literal, holder)} default ${printLiteral(literal)}`),
    { span: literal.span, text: `@${quoteName(name)}` },
  ];
  // A pattern, a number of rows or a place in `order by` must be a literal.
  return tryEdits(filter, edits) ? [{ title: `Make ${slice(filter.text, literal.span)} the parameter @${name}`, edits }] : [];
}

/** Declares a parameter with the type of what it is compared with; a text is declared by the problem's own fix. */
export function declareTyped(filter: OpenFilter, span: Span): readonly Rewrite[] {
  const { tree } = filter.document;
  if (!tree) return [];
  const all = expressionsIn(tree).flatMap((expression) => [...everyPart(expression)]);
  const node = all.find((one) => one.kind === 'parameter' && one.span.offset === span.offset);
  if (node?.kind !== 'parameter') return [];
  const holder = all.find((one) => partsOf(one).includes(node));
  const type = holder && typesBeside(filter, holder, node).find((one) => one !== 'text');
  const edits = [declaration(filter, `parameter ${quoteName(node.name)} ${type ?? 'text'}`)];
  return type && tryEdits(filter, edits) ? [{ title: `Declare @${node.name} as a ${type}`, edits }] : [];
}

/** Takes out a parameter that nothing reads. */
export function removeParameter(filter: OpenFilter, span: Span): readonly Rewrite[] {
  const node = filter.document.tree?.parameters.find(({ name }) => name.span.offset === span.offset);
  if (!node) return [];
  const end = endOf(node.span);
  const rest = /^[^\S\r\n]*(?:\r\n|\n|\r)?/.exec(filter.text.slice(end))?.[0].length ?? 0;
  return [{ title: `Remove the parameter @${node.name.text}`, edits: [{ span: between(node.span.offset, end + rest), text: '' }] }];
}

/** A new line after the last parameter, or before everything but the notes. */
function declaration({ document: { tree }, text, tokens }: OpenFilter, line: string): Edit {
  const last = tree?.parameters.at(-1);
  if (last) return { span: between(endOf(last.span), endOf(last.span)), text: `\n${line}` };
  const first = tokens.tokens[0]?.span.offset ?? 0;
  return { span: between(first, first), text: `${line}\n${/^select/i.test(text.slice(first)) ? '\n' : ''}` };
}

function columnBeside(holder: Expression, literal: Literal): string | undefined {
  const column = partsOf(holder).find((part) => part !== literal && part.kind === 'column');
  return column?.kind === 'column' ? column.column.text : undefined;
}

function freeName({ bound }: OpenFilter, wanted = 'value'): string {
  const taken = (name: string): boolean => bound.parameters.some((one) => sameName(one.name.text, name));
  if (!taken(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken(`${wanted}${number}`)) return `${wanted}${number}`;
}

function typeOf(filter: OpenFilter, literal: Literal, holder: Expression | undefined): string {
  if (typeof literal.value !== 'string') return typeof literal.value;
  const [beside] = holder ? typesBeside(filter, holder, literal) : [];
  if (beside === 'date' && isDate(literal.value)) return 'date';
  return beside === 'datetime' && (isDate(literal.value) || isDatetime(literal.value)) ? 'datetime' : 'text';
}

/** The types of what stands beside a part of an expression. */
function typesBeside({ bound }: OpenFilter, holder: Expression, part: Expression): readonly string[] {
  const types = partsOf(holder).flatMap((one) => (one === part ? [] : (bound.types.get(one) ?? [])));
  return types.filter((type) => ['text', 'number', 'boolean', 'date', 'datetime'].includes(type));
}
