import { booleanOf, childOf, elementsOf, stringOf, type JsonNode } from '../text/json.ts';
import type { PageParameter, Paging } from './connector.ts';
import { namedTemplates } from './named-templates.ts';
import { templateOf } from './template.ts';

/** Reads a `pagination` object: that of `rest.config.get`, or an operation's own. */
export function readPaging(node: JsonNode | undefined): Paging | undefined {
  if (node?.type !== 'object') return undefined;
  const mode = stringOf(childOf(node, 'mode'));
  const pageSize = templateOf(childOf(node, 'page_size'));
  const zeroBased = booleanOf(childOf(node, 'zero_based'));
  const field = stringOf(childOf(node, 'field'))?.text;
  const urlPart = templateOf(childOf(node, 'url_part'));
  const lastPage = readLastPage(childOf(node, 'last_page'));
  return {
    ...(mode && { mode }),
    ...(pageSize && { pageSize }),
    params: namedTemplates(childOf(node, 'params')),
    ...(zeroBased !== undefined && { zeroBased }),
    ...(field !== undefined && field !== '' && { field }),
    replaceInUrl: booleanOf(childOf(node, 'replace_in_url')) ?? false,
    ...(urlPart && { urlPart }),
    answerParams: elementsOf(childOf(node, 'query_params')).flatMap((entry) => readParameter(entry) ?? []),
    ...(lastPage && { lastPage }),
    node,
  };
}

function readParameter(node: JsonNode): PageParameter | undefined {
  const name = stringOf(childOf(node, 'name'));
  const value = childOf(node, 'value');
  if (!name) return undefined;
  const constant = templateOf(value);
  if (constant) return { name, template: constant };
  const field = stringOf(childOf(value, 'value'))?.text;
  return field === undefined || field === '' ? undefined : { name, field };
}

function readLastPage(node: JsonNode | undefined): Paging['lastPage'] {
  const type = stringOf(childOf(node, 'type'))?.text;
  const path = stringOf(childOf(node, type === 'field' ? 'name' : 'path'))?.text;
  return (type === 'field' || type === 'token') && path !== undefined && path !== '' ? { type, path } : undefined;
}
