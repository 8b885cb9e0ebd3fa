import { childOf } from '../../model/text/json.ts';
import { findTable, type Column, type Connector, type NamedTemplate, type Operation, type Table } from '../../model/connector/connector.ts';
import { parseSpecifier } from '../../model/connector/columns.ts';
import { ownHandling, pagingFor } from '../../model/connector/paging.ts';
import { parseTemplate, type Template } from '../../model/connector/template.ts';

/** A get operation as it is called for the columns of a run, and what was assumed where the format is silent. */
export interface EffectiveCall {
  readonly operation: Operation;
  readonly assumed: readonly string[];
}

/** What is to be collected: a table and its columns. */
interface Wanted {
  readonly table: Table;
  readonly columns: readonly Column[];
}

/**
 * Adds what the operation does not say itself: the field of the rows that a call handling implies, the parameters of `get.selector`, and the
 * `url_part` of the paging. `targets` are the tables to be filled, the operation's own first.
 */
export function effectiveCall(connector: Connector, operation: Operation, targets: readonly Wanted[]): EffectiveCall {
  const assumed: string[] = [];
  let effective = operation;
  if (operation.call.mode !== 'constant') {
    const field = impliedField(connector, operation);
    if (field !== undefined) {
      effective = { ...effective, outputField: field };
      assumed.push(
        `${operation.name.text} has no output_field, so the rows are taken from "${field}", as the call handling ${connector.rest.callHandling?.text ?? ''} does.`,
      );
    }
    const paths = selectedPaths(connector, operation, targets);
    if (paths.length > 0) {
      const { params, assumption } = selectorParams(connector, paths);
      effective = withQuery(effective, params);
      assumed.push(assumption);
    }
    const part = pagingFor(connector, operation)?.mode?.text === 'url' ? pagingFor(connector, operation)?.urlPart : undefined;
    if (part) {
      effective = { ...effective, call: { ...effective.call, path: append(effective, part) } };
      assumed.push(`url_part "${part.text}" is appended to the path.`);
    }
  }
  return { operation: effective, assumed: [...assumed, ...typeAssumptions(targets)] };
}

/** Where the handlings `google` and `azure` find rows without being told: under the table's name, and in `value`. */
function impliedField(connector: Connector, { node, outputField, table }: Operation): string | undefined {
  const handling = ownHandling(connector);
  if (!handling || outputField !== undefined || childOf(node, 'processing_options', 'output_field')) return undefined;
  return handling === 'google' ? table : 'value';
}

/** The dotted paths of the columns to be collected, as the API has them; none where the operation names its columns itself. */
function selectedPaths(connector: Connector, { call }: Operation, targets: readonly Wanted[]): readonly string[] {
  const { selector, query } = connector.rest;
  if (!selector) return [];
  const isNamed = (name: string): boolean => name === selector.name.text || name.startsWith(`${selector.name.text}[`);
  const inPath = new URLSearchParams(call.path?.text.split('?').slice(1).join('?')).keys();
  if ([...inPath].some(isNamed) || [...query, ...call.query].some(({ name }) => isNamed(name.text))) return [];
  const paths = targets.flatMap(({ table, columns }) => {
    const prefix = prefixOf(connector, table);
    return columns.filter(({ source }) => source === 'resource').map(({ path }) => [...prefix, ...path].join('.'));
  });
  return [...new Set(paths)];
}

/** The path from the row of an answer down to the rows of a child table. */
function prefixOf(connector: Connector, { parent }: Table): readonly string[] {
  if (!parent) return [];
  const above = findTable(connector, parent.table);
  return [...(above ? prefixOf(connector, above) : []), ...parent.path];
}

function selectorParams(
  { rest }: Connector,
  paths: readonly string[],
): { readonly params: readonly NamedTemplate[]; readonly assumption: string } {
  const name = rest.selector?.name ?? { text: '', span: { offset: 0, length: 0 } };
  // Column names may hold braces, so they are no templates.
  const literal = (text: string): Template => ({ text, parts: [{ kind: 'text', text }], variables: [], span: name.span });
  if (rest.selector?.mode === 'array') {
    return {
      params: paths.map((path, index) => ({ name: { ...name, text: `${name.text}[${index}]` }, template: literal(path) })),
      assumption: `The selector asks for the columns collected as ${name.text}[0], ${name.text}[1], …: the dotted paths of their resources.`,
    };
  }
  return {
    params: [{ name, template: literal(paths.join(',')) }],
    assumption: `The selector asks for the columns collected in one parameter, ${name.text}: the dotted paths of their resources, joined by commas.`,
  };
}

function withQuery(operation: Operation, params: readonly NamedTemplate[]): Operation {
  return { ...operation, call: { ...operation.call, query: [...operation.call.query, ...params] } };
}

/** Behind the path, before its query. */
function append({ call, table }: Operation, part: Template): Template {
  const text = call.path?.text ?? encodeURIComponent(table);
  const at = text.includes('?') ? text.indexOf('?') : text.length;
  return parseTemplate(`${text.slice(0, at)}${part.text}${text.slice(at)}`, call.path?.span ?? part.span);
}

/** Types that are read as text although they may mean more. */
function typeAssumptions(targets: readonly Wanted[]): readonly string[] {
  const columns = new Map<string, Set<string>>();
  for (const { table, columns: own } of targets) {
    for (const { name, specifier } of own) {
      const type = specifier.replace(/^_:/, '').replace(/[*^]+$/, '');
      if (specifier === '' || (parseSpecifier(specifier).known && !readAsText.has(type))) continue;
      columns.set(type, (columns.get(type) ?? new Set()).add(`${table.name}.${name}`));
    }
  }
  return [...columns].map(([type, names]) => {
    const first = [...names].slice(0, 5).join(', ');
    const more = names.size > 5 ? ` and ${names.size - 5} more` : '';
    return `The type "${type}" is read as text: ${first}${more}.`;
  });
}

/** Known types without a meaning of their own here. */
const readAsText: ReadonlySet<string> = new Set(['_nim', 'powerschool_extension_table', 'etag', 'id']);
