import { childOf, propertiesOf } from '../../../text/json.ts';
import { fixesOf, fixOf, removeProperties } from '../property-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * `rest.authOptions` holds something that the kind of authentication has no use for: how to get a token, where none is got.
 *
 * Why: it does nothing, and looks as if it did; perhaps `authentication` is the wrong kind.
 *
 * Example: `"authentication": "basic_auth"` with an `authUrl`.
 */
export const unusedSignInOption = defineRule('unused-sign-in-option', 'hint', ({ connector: { rest } }) => {
  const kind = rest.authentication?.text ?? '';
  const options = childOf(rest.node, 'authOptions');
  const idle = (name: string): boolean =>
    (name === 'loginUrl' && loginless.includes(kind)) || (tokenless.includes(kind) && tokenOptions.includes(name));
  if (!options) return [];
  return propertiesOf(options)
    .filter(({ name }) => idle(name.text))
    .map((property) => ({
      span: property.name.span,
      message: `${kind} has no use for ${property.name.text}. Remove it, or check "authentication".`,
      ...fixesOf(fixOf('Remove it', removeProperties([{ property, owner: options }]))),
    }));
});

const tokenless: readonly string[] = ['none', 'basic_auth', 'aeries'];
const loginless: readonly string[] = [...tokenless, 'client_credentials', 'certificate', 'custom_post_token'];
const tokenOptions: readonly string[] = ['authUrl', 'scopes', 'postData', 'JWT', 'directToken', 'tokenPath', 'useBasicAuthPost'];
