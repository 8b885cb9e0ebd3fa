import { variablesOf, type Variable } from '../../template.ts';
import type { ConnectorFacts, TableOperation } from '../../facts.ts';
import type { PlacedTemplate } from '../../templates.ts';

/** The variables of a write that take their value from a column of its own table, with the text they stand in. */
export function rowVariables(
  facts: ConnectorFacts,
  { table, operation }: TableOperation,
): readonly { readonly variable: Variable; readonly placed: PlacedTemplate }[] {
  return facts.templatesOf(operation).flatMap((placed) => {
    const variables = variablesOf(placed.template);
    if (variables.length === 0) return [];
    const scope = facts.scopeAt(placed.place);
    return variables.flatMap((variable) => {
      const origin = scope.get(variable.name);
      return origin?.kind === 'column' && origin.table === table ? [{ variable, placed }] : [];
    });
  });
}
