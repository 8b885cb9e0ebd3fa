import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { copySample, startEditor } from '../support/language-server.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const corpus = path.join(process.env['SOLLIST_CORPUS'] ?? path.join(repository, '../shared/corpus'), 'connectors');
const present = existsSync(corpus);
if (!present)
  console.warn(`Skipped: the shipped connectors are not at ${corpus}. Set SOLLIST_CORPUS to the folder that holds "connectors".`);

/** Milliseconds that feel immediate, with room for a small machine under load. */
const immediate = 500;

async function timed<Answer>(work: () => Promise<Answer>): Promise<{ readonly answer: Answer; readonly milliseconds: number }> {
  const start = performance.now();
  const answer = await work();
  return { answer, milliseconds: Math.round(performance.now() - start) };
}

describe.skipIf(!present)('the largest shipped connector in a workspace', () => {
  it('is completed, hovered and checked at once after each keystroke', async () => {
    using sample = copySample();
    const names = readdirSync(corpus).sort((a, b) => statSync(path.join(corpus, b)).size - statSync(path.join(corpus, a)).size);
    for (const name of names) copyFileSync(path.join(corpus, name), path.join(sample.folder, 'connectors', name));
    await using editor = await startEditor({ folder: sample.folder });
    const largest = `connectors/${names[0] ?? ''}`;
    await editor.open(largest);
    const times: Record<string, number[]> = { completion: [], hover: [], symbols: [], diagnostics: [] };
    const piece = '"crud_objects"';
    for (let round = 0; round < 5; round++) {
      await editor.edit(largest, piece, `${piece} `);
      const at = editor.at(largest, '"crud_<|>objects"');
      const parameters = { textDocument: { uri: editor.uri(largest) }, position: at };
      for (const [kind, method] of [
        ['completion', 'completion'],
        ['hover', 'hover'],
        ['symbols', 'documentSymbol'],
      ] as const) {
        times[kind]?.push((await timed(() => editor.request(`textDocument/${method}`, parameters))).milliseconds);
      }
      const broken = round % 2 === 0;
      const check = await timed(async () => {
        await (broken ? editor.edit(largest, '"schema"', '"scheme"') : editor.edit(largest, '"scheme"', '"schema"'));
        return editor.diagnostics(largest, (all) => all.some(({ message }) => message.includes('"scheme"')) === broken);
      });
      times['diagnostics']?.push(check.milliseconds);
    }
    console.log(
      `${largest}: ${Object.entries(times)
        .map(([kind, list]) => `${kind} ${list.join(' ')} ms`)
        .join('; ')}`,
    );
    // The first answer compiles schemas and warms the machine up.
    for (const [kind, list] of Object.entries(times)) expect(Math.min(...list.slice(1)), kind).toBeLessThan(immediate);
  });
});

it('a workspace of several hundred files is checked while a person types', async () => {
  using sample = copySample();
  for (let index = 0; index < 200; index++) {
    writeFileSync(
      path.join(sample.folder, `filters/F${index}.filter`),
      "select p.employeeNumber, p.displayName, d.name as department\nfrom hr.persons as p\nleft join hr.departments as d\nwhere p.status = 'active'\n",
    );
    const attributes = {
      externalId: { column: 'employeeNumber' },
      displayName: { column: 'displayName' },
      title: { column: 'department' },
    };
    writeFileSync(
      path.join(sample.folder, `mappings/M${index}.json`),
      JSON.stringify({ filter: `F${index}`, target: { system: 'directory', table: 'users', operation: 'user_create' }, attributes }),
    );
  }
  await using editor = await startEditor({ folder: sample.folder });
  await editor.open('mappings/M0.json');
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const broken = round % 2 === 0;
    const { milliseconds } = await timed(async () => {
      await (broken ? editor.edit('mappings/M0.json', '"F0"', '"F0x"') : editor.edit('mappings/M0.json', '"F0x"', '"F0"'));
      return editor.diagnostics('mappings/M0.json', (all) => all.some(({ code }) => code === 'unknown-filter') === broken);
    });
    times.push(milliseconds);
  }
  const { milliseconds } = await timed(() => editor.ask('completion', 'mappings/M0.json', '"F0<|>x"'));
  console.log(`400 files more: diagnostics ${times.join(' ')} ms; completion ${milliseconds} ms`);
  expect(Math.min(...times.slice(1))).toBeLessThan(2 * immediate);
  expect(milliseconds).toBeLessThan(immediate);
});
