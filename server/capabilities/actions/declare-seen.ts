import { CodeActionKind, type CodeAction } from 'vscode-languageserver/node';
import type { Connector, Table } from '../../../engine/model/connector/connector.ts';
import { columnsIn, declare, takenNames, type Declaration } from '../../../engine/model/connector/declare.ts';
import type { ConnectorKnowledge, SeenAnswer } from '../../../engine/model/connector/knowledge.ts';
import { undeclaredOf } from '../../../engine/model/connector/undeclared.ts';
import { propertiesOf, type JsonNode } from '../../../engine/model/text/json.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import type { Edit } from '../../../engine/model/text/problem.ts';
import { rangeOf } from '../../convert.ts';

/** What *Declare the columns found* works on. */
export interface DeclareContext {
  readonly uri: string;
  readonly text: string;
  readonly connector: Connector;
  /** From running the connector; without it there is nothing to declare. */
  readonly knowledge: ConnectorKnowledge | undefined;
  /** The place asked about: the action is that of the table it lies in. */
  readonly offset: number;
}

/** *Declare the N columns found in the last answer*, for the table at a place. */
export function declareSeenActions({ uri, text, connector, knowledge, offset }: DeclareContext): CodeAction[] {
  const table = connector.tables.find(({ parent, span, node }) => !parent && span.offset <= offset && offset <= node.offset + node.length);
  const answer = table && knowledge?.get(table.name);
  if (!table || !answer) return [];
  const { edits, count } = declareSeen(connector, table, answer, text);
  if (count === 0) return [];
  const lines = indexLines(text);
  return [
    {
      title: `Declare the ${count === 1 ? 'column' : `${count} columns`} found in the last answer`,
      kind: CodeActionKind.RefactorRewrite,
      edit: { changes: { [uri]: edits.map((edit) => ({ range: rangeOf(lines, edit.span), newText: edit.text })) } },
    },
  ];
}

/** The edits that declare what an answer held, in the objects of `resources` where it belongs, and how many columns that makes. */
export function declareSeen(
  connector: Connector,
  table: Table,
  answer: SeenAnswer,
  text: string,
): { readonly edits: readonly Edit[]; readonly count: number } {
  const edits: Edit[] = [];
  const scopes = new Map<string, ReturnType<typeof takenNames>>();
  let count = 0;
  for (const { holder, path, names } of undeclaredOf(table, answer)) {
    const base = arrayAbove(connector, table, path);
    const scope = JSON.stringify(base);
    // One list of names for all that ends up in one table: two objects may bring the same leaf name.
    const taken = scopes.get(scope) ?? takenNames(connector, table, base);
    scopes.set(scope, taken);
    const entries = names.flatMap((name): [string, Declaration][] => {
      const declared = declare(table, name, taken, base);
      return declared === undefined ? [] : [[name.name, declared]];
    });
    if (entries.length === 0) continue;
    count += entries.reduce((sum, [, declared]) => sum + columnsIn(declared), 0);
    edits.push(holder ? addTo(text, holder, entries) : addTo(text, table.node, [['resources', Object.fromEntries(entries)]]));
  }
  return { edits, count };
}

/** The path of the array of a child table that a path lies in; empty in the table itself. */
function arrayAbove(connector: Connector, table: Table, path: readonly string[]): readonly string[] {
  const child = connector.tables.find(({ parent }) => parent?.table === table.name && parent.path.every((step, i) => step === path[i]));
  return child?.parent?.path ?? [];
}

/** Adds properties at the end of an object, laid out as those it has. */
function addTo(text: string, holder: JsonNode, entries: readonly (readonly [string, Declaration])[]): Edit {
  const own = propertiesOf(holder);
  const [first] = own;
  const last = own.at(-1);
  const outer = indentAt(text, holder.offset);
  const step = /^[ \t]+/m.exec(text)?.[0] ?? '  ';
  const onLines = first ? text.slice(holder.offset, first.name.span.offset).includes('\n') : true;
  const inner = first && onLines ? indentAt(text, first.name.span.offset) : outer + step;
  const write = ([name, declared]: readonly [string, Declaration]): string =>
    `${JSON.stringify(name)}: ${layOut(declared, inner, step, onLines)}`;
  if (first && last) {
    const gap = onLines ? `,\n${inner}` : ', ';
    return {
      span: { offset: last.value.offset + last.value.length, length: 0 },
      text: entries.map((entry) => gap + write(entry)).join(''),
    };
  }
  return {
    span: { offset: holder.offset + 1, length: Math.max(0, holder.length - 2) },
    text: `\n${entries.map((entry) => inner + write(entry)).join(',\n')}\n${outer}`,
  };
}

/** A declaration as an author would write it: lists of a type on one line, objects on lines of their own. */
export function layOut(declared: Declaration, indent: string, step: string, onLines = true): string {
  if (typeof declared === 'string') return JSON.stringify(declared);
  if (Array.isArray(declared)) {
    const [only] = declared as readonly [Declaration];
    if (typeof only === 'string' || !onLines) return `[${layOut(only, indent, step, onLines)}]`;
    return `[\n${indent}${step}${layOut(only, indent + step, step)}\n${indent}]`;
  }
  const entries = Object.entries(declared as { readonly [name: string]: Declaration });
  if (!onLines) return `{ ${entries.map(([name, inner]) => `${JSON.stringify(name)}: ${layOut(inner, '', '', false)}`).join(', ')} }`;
  const lines = entries.map(([name, inner]) => `${indent}${step}${JSON.stringify(name)}: ${layOut(inner, indent + step, step)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** The white space a line begins with. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}
