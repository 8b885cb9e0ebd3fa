import { childOf, elementsOf, numberOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name } from '../text/problem.ts';
import type { Allowance, Call, Operation, OperationAuth, Semantics } from './connector.ts';
import { mergeNamed, namedTemplates } from './named-templates.ts';
import { readPaging } from './read-paging.ts';
import { templateOf } from './template.ts';

const allSemantics: readonly string[] = ['create', 'update', 'delete', 'set', 'memberships-update'] satisfies Semantics[];
const allAllowances: readonly string[] = ['optional', 'mandatory', 'prohibited'] satisfies Allowance[];

export function readOperation(table: string, name: Name, node: JsonNode): Operation {
  const text = (...path: string[]): string | undefined => stringOf(childOf(node, ...path))?.text;
  const method = text('method')?.toLowerCase();
  const role = method === 'get' ? 'get' : 'write';
  const outputField = text('processing_options', 'output_field');
  const stringArrayColumn = stringOf(childOf(node, 'processing_options', 'stringArrayColumnName'));
  const semantics = text('semantics');
  const allowance = text('resource_allowance_default');
  const body = childOf(node, 'body');
  const auth = readAuth(childOf(node, 'authOptions'));
  const ownPaging = readPaging(childOf(node, 'pagination'));
  const maxPageCount = numberOf(childOf(node, 'maxPageCount')) ?? numberOf(childOf(node, 'call', 'maxPageCount'));
  const maxSessionCount = numberOf(childOf(node, 'maxSessionCount')) ?? numberOf(childOf(node, 'call', 'maxSessionCount'));
  return {
    name,
    table,
    role,
    ...(method !== undefined && { method }),
    verb: (role === 'get' ? (text('verb') ?? 'get') : (method ?? 'post')).toUpperCase(),
    call: readCall(childOf(node, 'call'), node),
    ...(outputField !== undefined && outputField !== 'null' && outputField !== '' && { outputField }),
    ...(stringArrayColumn && { stringArrayColumn }),
    ...(semantics !== undefined && allSemantics.includes(semantics) && { semantics: semantics as Semantics }),
    allowanceDefault: allowance !== undefined && allAllowances.includes(allowance) ? (allowance as Allowance) : 'optional',
    mandatory: namesOf(childOf(node, 'resource_mandatory')),
    prohibited: namesOf(childOf(node, 'resource_prohibited')),
    warningOnly: elementsOf(childOf(node, 'warning_only')).flatMap((element) => numberOf(element) ?? []),
    ...(body && { body }),
    paging: text('pagination') !== 'none' && ownPaging?.mode?.text !== 'none',
    ...(ownPaging && { ownPaging }),
    ...(maxPageCount !== undefined && { maxPageCount }),
    ...(maxSessionCount !== undefined && { maxSessionCount }),
    ...(auth && { auth }),
    node,
  };
}

/** An empty list of scopes replaces nothing: a token without any right would serve nobody. */
function readAuth(node: JsonNode | undefined): OperationAuth | undefined {
  const scopes = elementsOf(childOf(node, 'scopes')).flatMap((element) => templateOf(element) ?? []);
  const subject = templateOf(childOf(node, 'JWT', 'sub'));
  if (scopes.length === 0 && !subject) return undefined;
  return { ...(scopes.length > 0 && { scopes }), ...(subject && { subject }) };
}

function readCall(node: JsonNode | undefined, operation: JsonNode): Call {
  const mode = stringOf(childOf(node, 'mode'))?.text;
  const path = templateOf(childOf(node, 'path'));
  const table = stringOf(childOf(node, 'table'));
  const iterator = stringOf(childOf(node, 'iterator'));
  const values = childOf(node, 'values');
  return {
    mode: mode === 'iteration' || mode === 'constant' ? mode : 'normal',
    ...(path && { path }),
    ...(table && { table }),
    ...(iterator && { iterator }),
    iteratorColumns: namesOf(childOf(node, 'iterator_columns')),
    base: namedTemplates(childOf(node, 'base')),
    // Both spellings occur; the call's own wins where both name one parameter.
    query: mergeNamed(
      ...[operation, node].flatMap((owner) => [
        namedTemplates(childOf(owner, 'query_parameters')),
        namedTemplates(childOf(owner, 'queryParameters')),
      ]),
    ),
    ...(values && { values }),
    ...(node && { node }),
  };
}

export function namesOf(node: JsonNode | undefined): readonly Name[] {
  return elementsOf(node).flatMap((element) => stringOf(element) ?? []);
}
