import type { Connector, Paging } from '../../connector.ts';
import type { ConnectorFacts, TableOperation } from '../../facts.ts';
import { variablesOf, type Template, type Variable } from '../../template.ts';

/** A page variable and the template it stands in. */
export interface PageVariable extends Variable {
  readonly template: Template;
}

/** A get operation that calls, and the page variables of its own texts. */
export interface PagedOperation extends TableOperation {
  readonly variables: readonly PageVariable[];
  readonly templates: readonly Template[];
}

/** How a connector uses the variables that the engine fills page by page. Connection items of the same name are none of them. */
export interface PageUse {
  /** In what holds for every get call: `pagination.params`, the general query, headers and the base address. */
  readonly general: readonly PageVariable[];
  /** Of those, the ones that also hold for an operation with a `pagination` of its own. */
  readonly everywhere: readonly PageVariable[];
  readonly generalTemplates: readonly Template[];
  /** Every get operation that makes calls. */
  readonly operations: readonly PagedOperation[];
}

const names: readonly string[] = ['page_number', 'skip_count', 'take_count', 'page_size'];

const memory = new WeakMap<ConnectorFacts, PageUse>();

/** The use of page variables, worked out once for all rules that ask. */
export function pageUse(connector: Connector, facts: ConnectorFacts): PageUse {
  const known = memory.get(facts) ?? readUse(connector, facts);
  memory.set(facts, known);
  return known;
}

function readUse(connector: Connector, facts: ConnectorFacts): PageUse {
  const { rest } = connector;
  const everywhere = [
    ...rest.query.map(({ template }) => template),
    ...rest.headers.map(({ template }) => template),
    ...(rest.baseUrl ? [rest.baseUrl] : []),
  ];
  const generalTemplates = [
    ...(rest.paging?.params ?? []).map(({ template }) => template),
    ...everywhere,
    ...(rest.paging?.urlPart ? [rest.paging.urlPart] : []),
  ];
  return {
    general: generalTemplates.flatMap(pageVariables),
    everywhere: everywhere.flatMap(pageVariables),
    generalTemplates,
    operations: facts.operations
      .filter(({ operation }) => operation.role === 'get' && operation.call.mode !== 'constant')
      .map((entry) => {
        const templates = facts.templatesOf(entry.operation).map(({ template }) => template);
        return { ...entry, templates, variables: templates.flatMap(pageVariables) };
      }),
  };
}

function pageVariables(template: Template): readonly PageVariable[] {
  if (template.parts.length === 0 || !template.text.includes('{')) return [];
  return variablesOf(template)
    .filter(({ name }) => names.includes(name))
    .map((variable) => ({ ...variable, template }));
}

/** Whether a connection item of that name gives the value instead of the engine. */
export function isItem({ items }: Connector, name: string): boolean {
  return items.some((item) => item.type !== 'text' && item.name.text === name);
}

/** The variable without which every call of a paging mode would ask for the same page. */
export function pageCounter(paging: Paging): 'page_number' | 'skip_count' | undefined {
  switch (paging.mode?.text) {
    case 'generic':
      return 'page_number';
    case 'skip_take':
      return 'skip_count';
    case 'url':
      // A token, or the next address, needs no counter.
      return paging.replaceInUrl && paging.field === undefined && paging.answerParams.length === 0 && paging.lastPage?.type !== 'token'
        ? 'page_number'
        : undefined;
    default:
      return undefined;
  }
}
