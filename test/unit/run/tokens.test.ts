import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTokens, renewalOf, type Token, type Wanted } from '../../../engine/run/http/auth/tokens.ts';
import { createRedactor } from '../../../engine/run/http/redact.ts';
import { manualClock } from './support.ts';

interface Fetched {
  readonly wanted: Wanted;
  readonly refused?: string;
}

function stage(options: { readonly seconds?: number; readonly most?: number } = {}): {
  readonly tokens: ReturnType<typeof createTokens>;
  readonly fetched: Fetched[];
  readonly clock: ReturnType<typeof manualClock>;
  readonly redactor: ReturnType<typeof createRedactor>;
} {
  const clock = manualClock();
  const redactor = createRedactor([]);
  const fetched: Fetched[] = [];
  const fetch = async (wanted: Wanted, refused?: Token): Promise<Token> => {
    fetched.push({ wanted, ...(refused && { refused: refused.value }) });
    const value = `a-token-that-is-long-${fetched.length}`;
    await new Promise((resolve) => setImmediate(resolve));
    redactor.learn(value);
    return { value, ...renewalOf(options.seconds, clock), secrets: [value] };
  };
  return {
    tokens: createTokens({ clock, redactor, fetch, ...(options.most !== undefined && { most: options.most }) }),
    fetched,
    clock,
    redactor,
  };
}

const general: Wanted = { scopes: ['read'] };

test('all who ask at the same time share one token; another wish has its own', async () => {
  const { tokens, fetched } = stage();
  const values = await Promise.all(Array.from({ length: 20 }, () => tokens.use(general, async (source) => (await source.current()).value)));
  expect(new Set(values)).toEqual(new Set(['a-token-that-is-long-1']));
  await tokens.use({ scopes: ['read'], subject: 'ann' }, (source) => source.current());
  await tokens.use({ scopes: ['read', 'write'] }, (source) => source.current());
  await tokens.use(general, (source) => source.current());
  expect(fetched.map(({ wanted }) => wanted)).toEqual([general, { scopes: ['read'], subject: 'ann' }, { scopes: ['read', 'write'] }]);
});

test.each([
  [3600, 3570],
  [20, 10],
])('a token of %i s is renewed after %i s, before it ends', async (seconds, until) => {
  const { tokens, fetched, clock } = stage({ seconds });
  const ask = (): Promise<Token> => tokens.use(general, (source) => source.current());
  await ask();
  clock.advance(until * 1000 - 1);
  await ask();
  expect(fetched).toHaveLength(1);
  clock.advance(1);
  await Promise.all([ask(), ask()]);
  expect(fetched).toHaveLength(2);
});

test('a refused token is replaced once for all who were refused, also for those who hear of it late', async () => {
  const { tokens, fetched } = stage();
  const first = await tokens.use(general, (source) => source.current());
  const renewed = await Promise.all(Array.from({ length: 10 }, () => tokens.use(general, (source) => source.renewed(first))));
  expect(new Set(renewed.map(({ value }) => value))).toEqual(new Set(['a-token-that-is-long-2']));
  expect((await tokens.use(general, (source) => source.renewed(first))).value).toBe('a-token-that-is-long-2');
  expect(fetched.map(({ refused }) => refused)).toEqual([undefined, 'a-token-that-is-long-1']);
});

test('a failure is no token: who asks next tries again', async () => {
  let tries = 0;
  const tokens = createTokens({
    clock: manualClock(),
    redactor: createRedactor([]),
    fetch: () => (++tries === 1 ? Promise.reject(new Error('no')) : Promise.resolve({ value: 'x', secrets: [] })),
  });
  await expect(tokens.use(general, (source) => source.current())).rejects.toThrow('no');
  expect((await tokens.use(general, (source) => source.current())).value).toBe('x');
});

test('of tokens for very many names those used last are kept, and the others are no secret any more', async () => {
  const { tokens, fetched, redactor } = stage({ most: 3 });
  const ask = (subject: string): Promise<Token> => tokens.use({ scopes: [], subject }, (source) => source.current());
  const values: string[] = [];
  for (const subject of ['a', 'b', 'c', 'a', 'd']) values.push((await ask(subject)).value);
  await ask('a');
  expect(fetched.map(({ wanted }) => wanted.subject)).toEqual(['a', 'b', 'c', 'd']);
  await ask('b');
  expect(fetched).toHaveLength(5);
  // Of b's first token nothing is left but its text, which is no secret of this run now; c made room for b.
  expect([values[0], values[1], values[2]].map((value) => redactor.finds(value ?? ''))).toEqual([true, false, false]);
});

test('a token in use is not given up, however many others there are', async () => {
  const { tokens, fetched, redactor } = stage({ most: 2 });
  await tokens.use({ scopes: [], subject: 'slow' }, async (source) => {
    const { value } = await source.current();
    for (let i = 0; i < 10; i++) await tokens.use({ scopes: [], subject: `u${i}` }, (other) => other.current());
    expect(redactor.finds(value)).toBe(true);
    expect((await source.current()).value).toBe(value);
  });
  expect(fetched).toHaveLength(11);
});

test('whatever is asked in whatever order, there is one request for each wish while its token holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }), async (subjects) => {
      const { tokens, fetched } = stage({ seconds: 3600 });
      await Promise.all(subjects.map((subject) => tokens.use({ scopes: [], subject }, (source) => source.current())));
      expect(fetched).toHaveLength(new Set(subjects).size);
    }),
    { numRuns: 50 },
  );
});
