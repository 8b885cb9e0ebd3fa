import { variablesOf } from '../../template.ts';
import { defineRule } from '../rule.ts';

/**
 * A value of a row goes into an address as it is, because its variable says `no_encode`.
 *
 * Why: a value with `?`, `#`, `&` or `../` in it changes which address is called, and values come from data that others write. It is right
 * only for a value that is itself a path, and then the API must answer strange ones with an error.
 *
 * Example: `"path": "/users/{userName:no_encode}"`.
 */
export const unencodedValue = defineRule('unencoded-value', 'hint', ({ facts }) =>
  facts.templates.flatMap(({ template, place, use }) => {
    if (use !== 'address' && use !== 'query') return [];
    return variablesOf(template)
      .filter(({ modifier, name }) => modifier === 'no_encode' && fromData.has(facts.scopeAt(place).get(name)?.kind ?? ''))
      .map(({ name, span }) => ({
        span,
        message: `The value of ${name} goes into the address unencoded, so a "?" or "../" in it calls another address. Leave out no_encode, unless the value is a path.`,
        fixes: [{ title: 'Encode the value', span, text: `{${name}}` }],
      }));
  }),
);

const fromData: ReadonlySet<string> = new Set(['column', 'iteration', 'membership', 'handler', 'base']);
