import { nearest } from '../../../text/nearest.ts';
import type { Place } from '../../scope.ts';
import { variablesOf, type Variable } from '../../template.ts';
import { suggestColumn } from '../../suggest.ts';
import { defineRule } from '../rule.ts';

/**
 * A variable that has no value in its place. Values come from the inputs of the authentication and of `connection.items`; for a write
 * from the columns of its table, and for a member operation from the attributes of `groupmembership`; for an iteration from `{iterator}`,
 * `iterator_columns` and `base`; for a get operation from the engine's page variables; for the sign-in addresses also from its own names; in a
 * header with `custom_post_token` it may be `{token}`.
 *
 * Why: nothing would be put in, and the request would go to a wrong address or say something else than meant. In an address it is an
 * error, elsewhere a warning.
 *
 * Example: `"path": "/users/{userid}"` where the column is called `userId`.
 */
export const unresolvedVariable = defineRule('unresolved-variable', 'warning', ({ facts }) =>
  facts.templates.flatMap(({ template, place, use }) => {
    const variables = variablesOf(template);
    if (variables.length === 0) return [];
    const scope = facts.scopeAt(place);
    return variables
      .filter(({ name }) => !scope.has(name))
      .map((variable) => {
        const meant =
          (place.kind === 'operation' && place.operation.role === 'write' && suggestColumn(place.table, variable.name)) ||
          nearest(variable.name, scope.keys());
        return {
          span: variable.span,
          message: `{${variable.name}} has no value here. ${explain(variable, place, meant)}`,
          ...(use === 'address' && { severity: 'error' as const }),
          ...(meant !== undefined && { fixes: [{ title: `Change to {${meant}}`, span: variable.span, text: written(variable, meant) }] }),
        };
      });
  }),
);

const pageVariables: readonly string[] = ['page_number', 'skip_count', 'take_count'];

function explain({ name }: Variable, place: Place, meant: string | undefined): string {
  if (name === 'iterator') return 'It exists only in a get operation whose call has the mode iteration.';
  if (pageVariables.includes(name)) return 'It exists only where pages are read: in get operations and paging.';
  if (meant !== undefined) return `Did you mean {${meant}}?`;
  if (place.kind !== 'operation') return 'Declare it in connection.items.';
  return place.operation.role === 'write'
    ? `Declare it as a column of "${place.table.name}", or in connection.items.`
    : 'Declare it in connection.items, or take it from the iterated row with iterator_columns.';
}

function written({ modifier }: Variable, name: string): string {
  return modifier === undefined ? `{${name}}` : `{${name}:${modifier}}`;
}
