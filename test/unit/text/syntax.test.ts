import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../engine/model/text/json.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { mostTold } from '../../../engine/model/text/syntax/tell-first.ts';
import { sample } from '../../support/connector-language.ts';
import { applyEdits } from '../../support/edits.ts';
import { parseMarks } from '../../support/marks.ts';

/** `<|…|>` in a text marks the place of a problem; then a part of its message, and what its first fix makes of the text. */
type Fixture = readonly [marked: string, message: string, fixed?: string];

const values: readonly Fixture[] = [
  ["{ <|'a'|>: 1 }", 'straight double quotes', '{ "a": 1 }'],
  [`{ "a": <|'say "x", it\\'s'|> }`, 'straight double quotes', `{ "a": "say \\"x\\", it's" }`],
  ["{ \"a\": <|'it's'|> }", 'straight double quotes', `{ "a": "it's" }`],
  ['{ "a": <|“x”|> }', 'not in “ and ”', '{ "a": "x" }'],
  ['{ "a": <|“x"|> }', 'not in “ and "', '{ "a": "x" }'],
  ['{ "a": "x<|”|> }', 'not by ”', '{ "a": "x" }'],
  ['{<|a|>:1}', 'A property name needs double quotes', '{"a":1}'],
  ['{<|first name|>:1}', 'A property name needs double quotes', '{"first name":1}'],
  ['{"a": <|True|>}', 'writes true in small letters', '{"a": true}'],
  ['{"a": <|False|>}', 'writes false in small letters', '{"a": false}'],
  ['{"a": <|None|>}', 'JSON has no None', '{"a": null}'],
  ['{"a": <|undefined|>}', 'JSON has no undefined', '{"a": null}'],
  ['{"a": <|NaN|>}', 'JSON has no NaN', '{"a": null}'],
  ['{"a": <|tru|>}', 'Did you mean true?', '{"a": true}'],
  ['{"a": <|flase|>}', 'Did you mean false?', '{"a": false}'],
  ['[<|01|>]', 'does not begin with a zero', '[1]'],
  ['[<|.5|>]', 'a digit before its point', '[0.5]'],
  ['[<|5.|>]', 'a digit behind its point', '[5]'],
  ['[<|+1|>]', 'no plus sign', '[1]'],
  ['[<|0x1F|>]', 'no hexadecimal numbers', '[31]'],
  ['[<|1_000|>]', 'no underscores', '[1000]'],
  ['[<|-|>]', 'not finished'],
  ['[<|1e+|>]', 'not finished'],
  ['{"a": <|2024-01-31|>}', 'not a number', '{"a": "2024-01-31"}'],
  ['{"a": <|12:30|>, "b": 1}', 'not a number', '{"a": "12:30", "b": 1}'],
  ['{"a": <|John Smith|>, "b": 1}', 'Text needs double quotes', '{"a": "John Smith", "b": 1}'],
  ['{"a": <|https://x.y/{id}/z|>, "b": 1}', 'Text needs double quotes', '{"a": "https://x.y/{id}/z", "b": 1}'],
  ['{"a": <|C:\\temp|>}', 'Text needs double quotes', '{"a": "C:\\\\temp"}'],
];

const signs: readonly Fixture[] = [
  ['{\n  "a": 1<|\n|>  "b": 2\n}', 'A comma is missing', '{\n  "a": 1,\n  "b": 2\n}'],
  ['[1<| |>2]', 'A comma is missing', '[1, 2]'],
  ['{ "a"<| |>1 }', 'A colon is missing here, after "a"', '{ "a": 1 }'],
  ['{ "a" <|=|> 1 }', 'followed by a colon', '{ "a" : 1 }'],
  ['{ "a":<|:|> 1 }', 'a colon too many', '{ "a": 1 }'],
  ['{ "a": 1,<|,|> "b": 2 }', 'a comma too many', '{ "a": 1, "b": 2 }'],
  ['[<|,|>1]', 'a comma too many', '[1]'],
  ['[1, 2<|,|>]', 'no comma after the last entry', '[1, 2]'],
  ['{ "a": 1<|;|> "b": 2 }', 'not semicolons', '{ "a": 1, "b": 2 }'],
  ['{ "a": <|}|>', 'A value is expected here, after "a"'],
  ['{ "a":<|\n|>  "b": 1 }', 'A value is expected here, after "a"'],
  ['{ "a"<|,|> "b": 1 }', '"a" has no value'],
  ['{ <|:|> 1 }', 'A property name in double quotes is missing'],
  ['{ <|{|> } }', 'A property name in double quotes is missing before this object'],
  ['{ "a": "b"<|:|> 1 }', 'This colon follows a value'],
  ['[ "a"<|:|> 1 ]', 'An array holds no names'],
  ['{ "a": 1 }<|;|>', 'The document has ended', '{ "a": 1 }'],
  ['{} <|{|>}', 'The document has ended'],
  ['<|this|> is no JSON', 'A JSON object is expected'],
  ['<|"a"|>: 1', 'Put braces around'],
];

const texts: readonly Fixture[] = [
  ['{\n  "a": <|"|>abc,\n  "b": 1\n}', 'closing double quote', '{\n  "a": "abc",\n  "b": 1\n}'],
  ['{ "a": <|"|>abc }', 'closing double quote', '{ "a": "abc" }'],
  ['{ "a": <|"|>/users/{id} }', 'closing double quote', '{ "a": "/users/{id}" }'],
  ['{\n  <|"|>a: "abc",\n  "b": 2\n}', 'closing double quote', '{\n  "a": "abc",\n  "b": 2\n}'],
  ['{\n  <|"|>a: { "b": 2 }\n}', 'closing double quote', '{\n  "a": { "b": 2 }\n}'],
  ['["a", <|"|>b, "c"]', 'closing double quote', '["a", "b", "c"]'],
  ['{ "a": <|id|>", "b": 1 }', 'opening double quote', '{ "a": "id", "b": 1 }'],
  ['{ "a": <|{iterator}/x|>", "b": 1 }', 'opening double quote', '{ "a": "{iterator}/x", "b": 1 }'],
  ['{ "b": 1, <|a|>": 1 }', 'opening double quote', '{ "b": 1, "a": 1 }'],
  ['{ "a": "say <|"|>hi" now", "b": 1 }', 'inside a text is written \\"', '{ "a": "say \\"hi\\" now", "b": 1 }'],
  ['{\n  "a": <|"|>one\n  two",\n  "b": 2\n}', 'over the end of a line', '{\n  "a": "one\\n  two",\n  "b": 2\n}'],
  ['{ "a": "C:<|\\u|>sers\\new" }', 'A backslash is written \\\\', '{ "a": "C:\\\\users\\\\new" }'],
  ['{ "a": "C:\\new<|\\"|>, "b": 1 }', 'A backslash is written \\\\', '{ "a": "C:\\\\new\\\\", "b": 1 }'],
  ['{ "a": "^<|\\d|>+\\n$" }', 'A backslash is written \\\\', '{ "a": "^\\\\d+\\n$" }'],
  ['{ "a": "it<|\\\'|>s" }', 'without a backslash', '{ "a": "it\'s" }'],
  ['{ "a": "<|\\u12|>" }', 'four hexadecimal digits'],
  ['{ "a": "x<|\t|>y" }', 'a tab', '{ "a": "x\\ty" }'],
  ['{ "a": "x<|\u0001|>y" }', 'U+0001', '{ "a": "x\\u0001y" }'],
];

const unseen: readonly Fixture[] = [
  ['<|\u00a0|>{ "a": 1 }', 'a no-break space (U+00A0)', ' { "a": 1 }'],
  ['{\n<|\u00a0\u00a0|>"a": 1\n}', 'a no-break space', '{\n  "a": 1\n}'],
  ['{ "a":<|\u200b|>1 }', 'a zero-width space (U+200B)', '{ "a":1 }'],
  ['{ "a": tr<|\u200b|>ue }', 'a zero-width space', '{ "a": true }'],
  ['{ }<|\ufeff|>', 'a byte order mark', '{ }'],
  ['\ufeff{ "a": 1<|,|> }', 'no comma after the last entry', '\ufeff{ "a": 1 }'],
];

const comments: readonly Fixture[] = [
  ['{ "a": 1, <|// why|>\n  "b": 2 }', 'strict JSON, which has no comments', '{ "a": 1,\n  "b": 2 }'],
  ['{ <|/* why */|> "a": 1 }', 'no comments', '{ "a": 1 }'],
  ['{\r\n  <|// one\r\n  // two|>\r\n  "a": 1\r\n}', 'no comments. Remove these.', '{\r\n  "a": 1\r\n}'],
  ['{\n  <|# one|>\n  "a": 1\n}', 'no comments', '{\n  "a": 1\n}'],
  ['{ "a": 1 <|/* never|>\n}', 'never closed', '{ "a": 1\n}'],
];

const brackets: readonly Fixture[] = [
  ['[1,2<|}|>', 'Close it with "]"', '[1,2]'],
  ['{"a":[1,2<|}|>}', 'The "[" of "a" is closed by "}" here', '{"a":[1,2]}'],
  ['{"a":[1,2<|}|>', 'The "[" of "a" is not closed: "]" is missing here', '{"a":[1,2]}'],
  ['{"a":{"b":1}<|}|>,"c":2}', 'one too many', '{"a":{"b":1},"c":2}'],
  ['{"a":1}<|}|>', 'one too many', '{"a":1}'],
  ['{"a":[{"b":1<|,|>', '3 brackets are not closed', '{"a":[{"b":1}]}'],
  ['{ "a": [1, 2<|,|> "b": 3 }', 'The "[" of "a" is not closed', '{ "a": [1, 2], "b": 3 }'],
  [
    '{\n  "users": {\n    "key": "id",\n    "get": {\n      "a": 1\n    }<|,|>\n  "groups": {\n    "key": "id"\n  }\n}\n',
    'The "{" of "users" is not closed: "}" is missing here',
    '{\n  "users": {\n    "key": "id",\n    "get": {\n      "a": 1\n    }\n  },\n  "groups": {\n    "key": "id"\n  }\n}\n',
  ],
  [
    '{\r\n\t"users": {\r\n\t\t"get": {\r\n\t\t\t"a": 1<|\r|>\n\t},\r\n\t"groups": {}\r\n}',
    'The "{" of "get" is not closed',
    '{\r\n\t"users": {\r\n\t\t"get": {\r\n\t\t\t"a": 1\r\n\t\t}\r\n\t},\r\n\t"groups": {}\r\n}',
  ],
  [
    '{\n  "users": [\n    "a"<|\n|>  "groups": {\n    "key": "id"\n  }\n}',
    'The "[" of "users" is not closed',
    '{\n  "users": [\n    "a"\n  ],\n  "groups": {\n    "key": "id"\n  }\n}',
  ],
  [
    '{\n  "users": {\n    "a": 1\n  },\n  <|}|>,\n  "groups": {}\n}',
    'one too many',
    '{\n  "users": {\n    "a": 1\n  },\n  "groups": {}\n}',
  ],
  ['{\n  "users":<|\n|>    "a": 1\n  },\n  "groups": {}\n}', '"{" is missing here', '{\n  "users": {\n    "a": 1\n  },\n  "groups": {}\n}'],
  ['{\n  "users":<| |>"a", "b"],\n  "groups": {}\n}', '"[" is missing here', '{\n  "users": [ "a", "b"],\n  "groups": {}\n}'],
  ['<|"|>a": 1 }', '"{" is missing here', '{ "a": 1 }'],
];

const groups = { values, signs, texts, 'what nobody sees': unseen, comments, brackets };

function read(text: string, strict = true): readonly Problem[] {
  return parseJson(text, { strict }).problems;
}

/** The text after the first fix of a problem. */
function repaired(text: string, { fixes }: Problem): string | undefined {
  const [fix] = fixes ?? [];
  return fix && applyEdits(text, [{ offset: fix.span.offset, length: fix.span.length, text: fix.text }]);
}

describe('a text that is not JSON says so once, where the author meant it', () => {
  for (const [group, fixtures] of Object.entries(groups)) {
    it.for(fixtures)(`${group}: %j`, ([marked, message, fixed]) => {
      const { text, ranges } = parseMarks(marked);
      const problems = read(text);
      expect(problems.map(({ span }) => span)).toEqual(ranges);
      const [problem] = problems;
      expect(problem).toMatchObject({ code: 'not-json', severity: 'error', message: expect.stringContaining(message) as string });
      expect(problem && repaired(text, problem)).toBe(fixed);
      if (fixed !== undefined) expect(read(fixed)).toEqual([]);
    });
  }

  it('a bracket that is not closed leads to the one that opened it', () => {
    const { text, ranges } = parseMarks('{\n  "a": <|[|>\n    1\n}');
    expect(read(text)[0]?.related?.map(({ span }) => span)).toEqual(ranges);
  });

  it('each of several slips is told, and none twice', () => {
    const { text, ranges } = parseMarks(`{ <|a|>: <|'x'|>, "b": [<|01|>,<|,|> <|None|><|,|>], <|// c|>\n"d": 1<| |>"e" <|=|> <|+5|> }`);
    expect(read(text).map(({ span }) => span)).toEqual(ranges);
  });

  it('an odd indentation is no slip', () => {
    const odd = '{\n"a": {\n      "b": [\n1\n          ]\n  },\n    "c": {\n "d": 1 }\n}';
    expect(read(odd)).toEqual([]);
    expect(read(odd.replace('1\n', '1,\n')).map(({ message }) => message)).toEqual([expect.stringContaining('no comma after the last')]);
  });

  it('of many, the first are told, and how many follow', () => {
    const problems = read(`[${'x, '.repeat(100)}1]`);
    expect(problems).toHaveLength(mostTold + 1);
    expect(problems.at(-1)?.message).toContain('80 more places');
    expect(read(`[${'x, '.repeat(mostTold + 1)}1]`)).toHaveLength(mostTold + 1);
  });
});

describe('our own files', () => {
  it('may hold comments and trailing commas', () => {
    expect(read('{ /* why */ "a": [1, 2,], // b\n }', false)).toEqual([]);
  });

  it.for<Fixture>([
    ['{ "a": 1, <|#|> why\n}', 'begins with //', '{ "a": 1, // why\n}'],
    ['{ "a": 1 <|/*|> why\n}', 'never closed', '{ "a": 1 /* why */\n}'],
    ['{ "a": 1,<|,|> }', 'a comma too many', '{ "a": 1, }'],
    ['<|/|>/ nothing', 'A JSON object is expected'],
  ])('but say what is wrong besides: %j', ([marked, message, fixed]) => {
    const { text, ranges } = parseMarks(marked);
    const problems = read(text, false);
    expect(problems.map(({ span }) => span)).toEqual(ranges);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0] && repaired(text, problems[0])).toBe(fixed);
    if (fixed !== undefined) expect(read(fixed, false)).toEqual([]);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

/** Pieces that break a text in every way the reader knows. */
const pieces = `{ } [ ] , : ; " ' “ ” \` \\ / // /* */ # \\u \\" true tru None 01 .5 +1 - x id: "a" 'b' {id} https:// = => <`
  .split(' ')
  .concat(' ', '  ', '\n', '\r\n', '\t', '\u00a0', '\u200b', '\ufeff', '\u2028', '😀', '\u0001', 'C:\\', '# ');

describe('whatever the text', () => {
  const broken = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((all) => all.join('')),
    fc.array(fc.tuple(fc.nat(sample.length), fc.nat(20), fc.constantFrom('', ...pieces)), { minLength: 1, maxLength: 4 }).map((edits) => {
      const cut = (text: string, [at, length, piece]: readonly [number, number, string]): string =>
        text.slice(0, at) + piece + text.slice(at + length);
      return edits.reduce(cut, sample);
    }),
  );

  it('there is a problem exactly where it is not JSON, and each lies in the text at a place of its own', () => {
    fc.assert(
      fc.property(broken, (text) => {
        fc.pre(text.trim() !== '');
        const problems = read(text);
        expect(problems.length === 0).toBe(isJson(text));
        expect(problems.length).toBeLessThanOrEqual(mostTold + 1);
        expect(new Set(problems.map(({ span }) => span.offset)).size).toBe(problems.length);
        for (const { span, fixes = [], related = [], message } of problems) {
          expect(message).not.toContain('Compare it with');
          for (const { offset, length } of [span, ...fixes.map((fix) => fix.span), ...related.map((other) => other.span)]) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset + length).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('a fix changes it', () => {
    fc.assert(
      fc.property(broken, (text) => {
        for (const problem of read(text)) expect(repaired(text, problem)).not.toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('what is wrong in one table is told the same, whatever stands around it', () => {
    const table = /"users": \{/.exec(sample)?.index ?? 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(6), fc.constantFrom('', ...pieces)), { minLength: 1, maxLength: 4 }), (edits) => {
        let document = parseJson(sample, { strict: true });
        let text = sample;
        for (const [at, length, piece] of edits) {
          const start = table + 10 + at;
          text = text.slice(0, start) + piece + text.slice(start + length);
          document = parseJson(text, { strict: true, previous: document });
          expect(JSON.stringify(document.problems)).toBe(JSON.stringify(read(text)));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('a single sign that is lost is found, and put back', () => {
    let lost = 0;
    let told = 0;
    let back = 0;
    for (let at = 0; at < sample.length; at++) {
      const text = sample.slice(0, at) + sample.slice(at + 1);
      if (!'{}[],:"'.includes(sample[at] ?? '') || isJson(text)) continue;
      lost++;
      const [problem, ...more] = read(text);
      if (more.length === 0) told++;
      const after = problem && repaired(text, problem);
      if (after !== undefined && isJson(after) && JSON.stringify(JSON.parse(after)) === JSON.stringify(JSON.parse(sample))) back++;
    }
    expect(lost).toBeGreaterThan(500);
    expect(told / lost).toBeGreaterThan(0.99);
    expect(back / lost).toBeGreaterThan(0.99);
  });

  it.each([
    ['quotes', '"\n'.repeat(20_000)],
    ['quotes in one line', '"a"b '.repeat(20_000)],
    ['apostrophes', "' ".repeat(50_000)],
    ['comments', '/*/ '.repeat(50_000)],
    ['brackets', '{}]['.repeat(20_000)],
    ['colons', ':'.repeat(100_000)],
    ['invisible signs', '\u200b '.repeat(50_000)],
    ['words', 'x '.repeat(50_000)],
    ['backslashes', '\\"'.repeat(50_000)],
    ['variables', '{x}"'.repeat(20_000)],
    ['names without braces', '"a":'.repeat(20_000) + '}'.repeat(150)],
    ['missing brackets', '['.repeat(150) + '1]['.repeat(10_000)],
    ['lost array brackets', '{"a": 1' + ', "b": 2]'.repeat(10_000)],
    ['template quotes', '`“\'"'.repeat(20_000)],
  ])('%s without end are read in a moment', (_, text) => {
    const start = performance.now();
    expect(read(text).length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
