import { authenticationInputs } from '../../authentication.ts';
import { childOf } from '../../../text/json.ts';
import { insertProperty } from '../property-edits.ts';
import { defineRule } from '../rule.ts';
import { isSecretName } from './secrets.ts';

/**
 * A connection item whose name says password, secret, key or token does not say `"password": true`. One that says `"password": false` is
 * meant to be seen.
 *
 * Why: the secret is shown while it is typed and afterwards, and may be stored unencrypted. An item with the name of an input of the
 * authentication only relabels that input, which NIM may know to hide; there it is a hint.
 *
 * Example: `{"name": "api_key", "type": "textbox", "label": "API key"}`.
 */
export const visiblePassword = defineRule('visible-password', 'warning', ({ connector, document }) => {
  const inputs = authenticationInputs(connector.rest.authentication?.text);
  return connector.items
    .filter(({ name, type, node }) => (type ?? 'textbox') === 'textbox' && isSecretName(name.text) && !childOf(node, 'password'))
    .map(({ name, node }) => ({
      span: name.span,
      message: `"${name.text}" looks like a secret, and is shown as plain text. Add "password": true.`,
      ...(inputs.includes(name.text) && { severity: 'hint' as const }),
      fixes: [{ title: `Hide "${name.text}"`, ...insertProperty(document.text, node, 'password', 'true') }],
    }));
});
