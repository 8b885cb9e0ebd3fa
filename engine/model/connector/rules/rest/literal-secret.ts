import { childOf, elementsOf, propertiesOf, spanOf, stringOf, type JsonNode } from '../../../text/json.ts';
import type { Connector } from '../../connector.ts';
import type { ConnectorFacts } from '../../facts.ts';
import { defineRule, type Finding } from '../rule.ts';
import { isSecretName, looksSecret, shapedSecrets } from './secrets.ts';

/**
 * A secret stands in the file: a header, a query parameter, a body or a token request names a password, key or token and gives it a fixed
 * value; an address holds one; a connection item or a scenario has one as its value; or a text has the shape of a private key or of a
 * well-known service's token.
 *
 * Why: connectors are copied, shared and kept in version control, and everybody who can read the file can use the secret.
 *
 * Example: `"headers": {"x-api-key": "4f1c…"}` instead of `"{api_key}"` with a connection item `api_key` that says `"password": true`.
 */
export const literalSecret = defineRule('literal-secret', 'warning', ({ connector, document, facts }) => {
  const found = [
    ...named(connector),
    ...inTemplates(facts),
    ...itemValues(connector),
    ...scenarioValues(connector),
    ...shapedSecrets(document.text).map(({ offset, length, what }): Finding => ({
      span: { offset, length },
      message: `This is ${what}. ${remedy}`,
    })),
  ];
  // A token in a header of that name is one secret, not two.
  const kept: Finding[] = [];
  for (const finding of found) {
    const { offset, length } = finding.span;
    if (kept.every(({ span }) => offset + length <= span.offset || span.offset + span.length <= offset)) kept.push(finding);
  }
  return kept;
});

const remedy = 'Everybody who has this file can use it: take it out, renew it, and ask for it with a connection item.';

/** Header, query and body values under a name that says what they are. */
function named({ rest, tables }: Connector): readonly Finding[] {
  const config = childOf(rest.node, 'config');
  const get = childOf(config, 'get');
  const options = childOf(rest.node, 'authOptions');
  return [
    ...secretsBelow(childOf(config, 'headers')),
    ...secretsBelow(childOf(get, 'query_parameters')),
    ...secretsBelow(childOf(get, 'queryParameters')),
    ...secretsBelow(childOf(options, 'postData')),
    ...tables.flatMap(({ operations }) =>
      operations.flatMap(({ body, call: { query } }) => [
        ...secretsBelow(body),
        ...query.flatMap(({ name, template }) =>
          isSecretName(name.text) && looksSecret(template.text) ? [told(name.text, template.span)] : [],
        ),
      ]),
    ),
  ];
}

function secretsBelow(node: JsonNode | undefined): readonly Finding[] {
  if (!node) return [];
  if (node.type === 'array') return elementsOf(node).flatMap(secretsBelow);
  return propertiesOf(node).flatMap(({ name, value }): readonly Finding[] => {
    if (value.type !== 'string') return secretsBelow(value);
    const text = String(value.value);
    const isSecret = /^authorization$/i.test(name.text)
      ? looksSecret(/^[a-z][\w-]*\s+(.*)$/i.exec(text.trim())?.[1] ?? text)
      : isSecretName(name.text) && looksSecret(text);
    return isSecret ? [told(name.text, spanOf(value))] : [];
  });
}

/** `https://user:password@host` and `?api_key=…`. */
function inTemplates({ templates }: ConnectorFacts): readonly Finding[] {
  return templates.flatMap(({ template: { text, span }, use }): readonly Finding[] => {
    if (use !== 'address' || !/[@?]/.test(text)) return [];
    const user = /^https?:\/\/[^/@:{}]+:([^/@{}]+)@/i.exec(text)?.[1];
    const secret =
      (user !== undefined && looksSecret(user)) ||
      Array.from(text.matchAll(/[?&]([^=&?]+)=([^&]*)/g)).some(([, name = '', value = '']) => isSecretName(name) && looksSecret(value));
    return secret ? [{ span, message: `There is a secret in this address. ${remedy}` }] : [];
  });
}

function itemValues({ items }: Connector): readonly Finding[] {
  return items.flatMap(({ name, type, password, value, node }) => {
    const place = childOf(node, 'value');
    if (type === 'text' || value === undefined || !place || !(password || isSecretName(name.text)) || !looksSecret(value)) return [];
    return [
      {
        span: spanOf(place),
        message: `"${name.text}" is a secret, and its first value stands in this file. Empty it, and renew the secret if it is a real one.`,
      },
    ];
  });
}

function scenarioValues({ root, items }: Connector): readonly Finding[] {
  const hidden = new Set(items.filter(({ password }) => password).map(({ name }) => name.text));
  return elementsOf(childOf(root, 'config_scenarios')).flatMap((scenario) =>
    elementsOf(childOf(scenario, 'name_values')).flatMap((entry) => {
      const name = stringOf(childOf(entry, 'name'))?.text ?? '';
      const value = stringOf(childOf(entry, 'value'));
      if (!value || !(hidden.has(name) || isSecretName(name)) || !looksSecret(value.text)) return [];
      return [{ span: value.span, message: `"${name}" is a secret. Write null here, and renew it if it is a real one.` }];
    }),
  );
}

function told(name: string, span: Finding['span']): Finding {
  return { span, message: `"${name}" has a fixed value here, which looks like a secret. ${remedy}` };
}
