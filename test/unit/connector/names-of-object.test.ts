import { declarationsAt } from '../../../server/capabilities/names/find.ts';
import { aloneIn } from '../../../server/capabilities/names/places.ts';
import { describe, expect, it } from 'vitest';
import { checkConnector } from '../../../engine/model/connector/check-connector.ts';
import { authenticationInputs } from '../../../engine/model/connector/authentication.ts';
import { parseSpecifier } from '../../../engine/model/connector/columns.ts';
import { checkText, openConnector, wrapTables } from '../../support/connector.ts';
import { language, sample } from '../../support/connector-language.ts';

// Names that every JavaScript object has.
const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

/** Every string of the sample, names of properties included: `[offset, length]` with its quotes. */
const strings = [...sample.matchAll(/"(?:[^"\\]|\\.)*"/g)].map((match) => [match.index, match[0].length] as const);

describe.each(names)('a connector that says %s', (name) => {
  it('in any place is checked, and completion and hover answer there', async () => {
    expect(strings.length).toBeGreaterThan(50);
    for (const [offset, length] of strings) {
      const text = `${sample.slice(0, offset)}"${name}"${sample.slice(offset + length)}`;
      const document = openConnector(text);
      for (const { message } of checkConnector(document.json, document.connector)) expect(message).not.toMatch(/native code|undefined/);
      const caret = offset + 3;
      await language.complete(document, caret);
      await language.hover(document, caret);
      declarationsAt(aloneIn(document), caret);
      language.symbols(document);
    }
  });

  it('in every variable is checked', () => {
    const text = sample.replaceAll(/\{[a-z_]+\}/gi, `{${name}}`);
    const { json, connector } = openConnector(text);
    expect(checkConnector(json, connector).length).toBeGreaterThan(0);
  });

  it('is neither an authentication nor a type', () => {
    expect(authenticationInputs(name)).toContain('client_id');
    expect(parseSpecifier(name)).toMatchObject({ known: false, type: 'text' });
  });
});

describe('no authentication', () => {
  it('is one the format knows, and has no inputs', () => {
    const text = wrapTables('').replace('client_credentials', 'none').replace('{tenant_id}', 'example.org');
    expect(checkText(text).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(authenticationInputs('none')).toEqual([]);
  });
});
