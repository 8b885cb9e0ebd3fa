import type { ParameterInformation, SignatureHelp, SignatureInformation } from 'vscode-languageserver/node';
import { findFunction } from '../../../engine/model/filter/functions.ts';
import type { Token } from '../../../engine/model/filter/tokens.ts';
import { sameName } from '../../../engine/model/filter/words.ts';
import { MarkupKind } from '../connector/json-service.ts';
import { code, describeRelation, relationsOf } from './describe.ts';
import type { OpenFilter } from './document.ts';
import { isSymbol, isWord } from './token-tests.ts';

/** An open bracket before a caret, the tokens before it, and how many commas stand between. */
interface OpenCall {
  readonly before: readonly Token[];
  readonly commas: number;
}

/** How the function, the link or the `distinct on` around a caret is written, and which part of it the caret is in. */
export function signatureHelp(filter: OpenFilter, offset: number): SignatureHelp | undefined {
  const call = openCall(filter, offset);
  const found = call && signaturesOf(filter, call.before);
  if (!found) return undefined;
  const { signatures, doc } = found;
  const all = signatures.map((label) => signature(label, doc));
  const counts = all.map(({ parameters = [] }) => parameters.length);
  const fitting = Math.max(
    0,
    counts.findIndex((count) => count > call.commas),
  );
  const chosen = isStar(filter, offset) ? 0 : signatures.length > 1 ? signatures.length - 1 : fitting;
  // The last one of `coalesce(value, other, …)` stands for all that follow.
  const activeParameter = Math.min(call.commas, Math.max(0, (counts[chosen] ?? 1) - 1));
  return { signatures: all, activeSignature: chosen, activeParameter };
}

function isStar({ tokens: { tokens } }: OpenFilter, offset: number): boolean {
  const last = tokens.findLast(({ kind, span }) => kind !== 'end' && span.offset < offset);
  return last !== undefined && isSymbol(last, '*');
}

/** The innermost bracket that is open at a caret; none in a comment or a script. */
function openCall({ tokens: { tokens, comments } }: OpenFilter, offset: number): OpenCall | undefined {
  const within = ({ span }: Pick<Token, 'span'>): boolean => span.offset < offset && offset < span.offset + span.length;
  if (comments.some(within) || tokens.some((token) => token.kind === 'script' && within(token))) return undefined;
  const before = tokens.filter(({ kind, span }) => kind !== 'end' && span.offset < offset && span.offset + span.length <= offset);
  let depth = 0;
  let commas = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    const token = before[index];
    if (!token) continue;
    if (isSymbol(token, ')')) depth++;
    else if (isSymbol(token, '(')) {
      if (depth === 0) return { before: before.slice(0, index), commas };
      depth--;
    } else if (isSymbol(token, ',') && depth === 0) commas++;
    else if (depth === 0 && isWord(token, 'select', 'from', 'where', 'join', 'having', 'lookup')) return undefined;
  }
  return undefined;
}

function signaturesOf(
  filter: OpenFilter,
  before: readonly Token[],
): { readonly signatures: readonly string[]; readonly doc: string } | undefined {
  const last = before.at(-1);
  if (!last || (last.kind !== 'word' && last.kind !== 'name')) return undefined;
  const previous = before.at(-2);
  const link = linkOf(filter, before);
  if (link) return link;
  if (previous && isSymbol(previous, '.')) return undefined;
  if (isWord(last, 'on') && previous && isWord(previous, 'distinct'))
    return { signatures: ['distinct on (column)'], doc: 'Of all rows that agree in the column, the first one.' };
  if (isWord(last, 'matched')) return { signatures: ['matched(alias)'], doc: 'Whether the left-joined row is there.' };
  if (isWord(last, 'cast'))
    return {
      signatures: ['cast(value as type)'],
      doc: 'The value as another type: null where it is none. Types: text, number, boolean, date, datetime.',
    };
  const known = findFunction(last.value);
  return known && { signatures: known.signature.split(' | '), doc: known.doc };
}

/** `via system.table(near, far)`, with the relations that tell which columns these are. */
function linkOf({ catalog }: OpenFilter, before: readonly Token[]): ReturnType<typeof signaturesOf> {
  const dotted = before.length > 3 && before.at(-2) !== undefined && before.at(-2)?.value === '.';
  const word = before.at(dotted ? -4 : -2);
  if (!word || !isWord(word, 'via')) return undefined;
  const name = before.at(-1)?.value ?? '';
  const system = dotted ? before.at(-3)?.value : undefined;
  const table = catalog.tables.find((one) => sameName(one.table, name) && (system === undefined || sameName(one.system, system)));
  const relations = table ? relationsOf(table, catalog).map((relation) => `- ${describeRelation(relation)}`) : [];
  const about = table ? `Link table ${code(`${table.system}.${table.table}`)}.` : 'Link table.';
  return {
    signatures: [`via ${name}(near, far)`],
    doc: [`${about} *near* refers to a table so far, *far* to the joined one.`, relations.join('\n')]
      .filter((part) => part !== '')
      .join('\n\n'),
  };
}

/** The arguments of a signature, by where they stand in it. */
function signature(label: string, doc: string): SignatureInformation {
  const open = label.indexOf('(');
  const inside = label.slice(open + 1, label.lastIndexOf(')'));
  const parameters = [...inside.matchAll(/[^,[\]]*(?:\[distinct\])?[^,[\]]+/g)].flatMap((match): ParameterInformation[] => {
    const text = match[0].trim();
    if (text === '' || text === '…') return [];
    const start = open + 1 + match.index + match[0].indexOf(text);
    return [{ label: [start, start + text.length] }];
  });
  return { label, documentation: { kind: MarkupKind.Markdown, value: doc }, parameters };
}
