import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecretIndex, shortestIndexed } from '../../../engine/run/http/secret-index.ts';
import { createRedactor } from '../../../engine/run/http/redact.ts';

/** Few different characters, so that secrets begin alike, end alike, hold one another and lie across each other. */
const secret = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\ud800'), minLength: shortestIndexed, maxLength: 24 });

test('it finds what looking for each secret in turn finds', () => {
  fc.assert(
    fc.property(fc.array(secret, { maxLength: 8 }), fc.array(fc.oneof(secret, fc.nat(7)), { maxLength: 6 }), (secrets, parts) => {
      const index = createSecretIndex();
      for (const each of secrets) index.add(each);
      const text = parts.map((part) => (typeof part === 'string' ? part : (secrets[part] ?? 'ab'))).join('a');
      const covered = new Set<number>();
      for (const each of secrets)
        for (let at = text.indexOf(each); at >= 0; at = text.indexOf(each, at + 1))
          for (let i = 0; i < each.length; i++) covered.add(at + i);
      const found = index.find(text);
      const places = found.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i));
      expect(places).toEqual([...covered].sort((a, b) => a - b));
      expect(index.has(text)).toBe(covered.size > 0);
    }),
  );
});

test('what was added twice is forgotten when it was taken back twice', () => {
  const index = createSecretIndex();
  const one = 'x'.repeat(20);
  index.add(one);
  index.add(one);
  index.remove(one);
  expect(index.has(`>${one}<`)).toBe(true);
  index.remove(one);
  expect(index.has(`>${one}<`)).toBe(false);
  index.remove(one);
  expect(index.find(one)).toEqual([]);
});

test('ten thousand tokens are looked for as fast as one', () => {
  const redactor = createRedactor(['short-one']);
  const tokens = Array.from(
    { length: 10_000 },
    (_, i) => `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(`${i}-${i * 7919}`).toString('base64url')}-signature-${i}`,
  );
  for (const token of tokens) redactor.learn(token);
  const text = `${'lorem ipsum '.repeat(5000)}${tokens[7777] ?? ''} short-one`;
  const start = performance.now();
  expect(redactor.text(text).slice(-10)).toBe('um *** ***');
  // A pattern of them all takes seconds to make, and as long to look.
  expect(performance.now() - start).toBeLessThan(500);
});
