import { booleanOf, childOf, elementsOf, numberOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Rest, RetryRule, Selector } from './connector.ts';
import { mergeNamed, namedTemplates } from './named-templates.ts';
import { readPaging } from './read-paging.ts';
import { templateOf } from './template.ts';

/** Reads `rest`. A retry list is also found outside `config`, where one shipped connector had it. */
export function readRest(node: JsonNode | undefined): Rest {
  const config = childOf(node, 'config');
  const get = childOf(config, 'get');
  const baseUrl = templateOf(childOf(config, 'baseUrl'));
  const authentication = stringOf(childOf(config, 'authentication'));
  const callHandling = stringOf(childOf(config, 'call_handling'));
  const accept = templateOf(childOf(config, 'accept'));
  const socketTimeout = numberOf(childOf(config, 'socket_timeout'));
  const maxPageCount = numberOf(childOf(get, 'maxPageCount'));
  const paging = readPaging(childOf(get, 'pagination'));
  const selector = readSelector(childOf(get, 'selector'));
  const testUrl = templateOf(childOf(config, 'test_connection', 'url'));
  return {
    ...(baseUrl && { baseUrl }),
    ...(authentication && { authentication }),
    ...(callHandling && { callHandling }),
    ...(accept && { accept }),
    headers: namedTemplates(childOf(config, 'headers')),
    query: mergeNamed(namedTemplates(childOf(get, 'query_parameters')), namedTemplates(childOf(get, 'queryParameters'))),
    ...(socketTimeout !== undefined && { socketTimeout }),
    ...(maxPageCount !== undefined && { maxPageCount }),
    ...(paging && { paging }),
    ...(selector && { selector }),
    retry: elementsOf(childOf(config, 'retry')).flatMap((entry) => readRetry(entry) ?? []),
    ...(testUrl && { testUrl }),
    auth: readAuth(childOf(node, 'authOptions')),
    ...(node && { node }),
  };
}

function readSelector(node: JsonNode | undefined): Selector | undefined {
  const mode = stringOf(childOf(node, 'mode'))?.text;
  const name = stringOf(childOf(node, mode === 'array' ? 'array' : 'parameter'));
  return (mode === 'array' || mode === 'objects') && name ? { mode, name } : undefined;
}

/** One retry entry; `waitTime` is in seconds, `timeSlice` in milliseconds, as the vendor's connectors use them. */
function readRetry(node: JsonNode): RetryRule | undefined {
  const type = stringOf(childOf(node, 'type'))?.text;
  const status = numberOf(childOf(node, 'statusCode'));
  const on: RetryRule['on'] | undefined =
    type === 'connectionError' ? { kind: 'connection' } : status !== undefined ? { kind: 'status', status } : undefined;
  if (!on) return undefined;
  const retry = childOf(node, 'retry');
  const maxCount = numberOf(childOf(retry, 'maxCount'));
  const kind = stringOf(childOf(retry, 'type'))?.text;
  if (maxCount === undefined) return { on, node };
  return {
    on,
    policy:
      kind === 'exponential'
        ? { kind, maxCount, ceiling: numberOf(childOf(retry, 'ceiling')) ?? maxCount, slice: numberOf(childOf(retry, 'timeSlice')) ?? 1000 }
        : { kind: 'simple', maxCount, wait: (numberOf(childOf(retry, 'waitTime')) ?? 1) * 1000 },
    node,
  };
}

function readAuth(node: JsonNode | undefined): Rest['auth'] {
  const authUrl = templateOf(childOf(node, 'authUrl'));
  const loginUrl = templateOf(childOf(node, 'loginUrl'));
  const jwt = childOf(node, 'JWT');
  const postData = childOf(node, 'postData');
  const tokenPath = stringOf(childOf(node, 'tokenPath'))?.text;
  const texts = (property: string): readonly string[] =>
    elementsOf(childOf(node, property)).flatMap((element) => stringOf(element)?.text ?? []);
  return {
    ...(authUrl && { authUrl }),
    ...(loginUrl && { loginUrl }),
    scopes: texts('scopes'),
    ...(jwt?.type === 'object' && { jwt }),
    ...(postData?.type === 'object' && { postData }),
    ...(tokenPath !== undefined && tokenPath !== '' && { tokenPath }),
    directToken: booleanOf(childOf(node, 'directToken')) ?? false,
    useBasicAuthPost: booleanOf(childOf(node, 'useBasicAuthPost')) ?? false,
    treat500AsAuthError: booleanOf(childOf(node, 'treat500AsAuthError')) ?? false,
    allowedHosts: texts('allowedHosts'),
    ...(node && { node }),
  };
}
