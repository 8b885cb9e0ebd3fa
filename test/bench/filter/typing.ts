import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { findTable } from '../../../engine/model/connector/connector.ts';
import { filterLanguage } from '../../../server/capabilities/filter/language.ts';
import { createFolderCheck } from '../../../server/folder-check.ts';
import { createWorkspaces } from '../../../server/workspaces.ts';
import { Figures, report, type Verdict } from '../figures.ts';
import { generate } from '../samples.ts';
import type { KeyStroke } from '../typing.ts';
import { largeFilter, type JoinedTable } from './large-filter.ts';

const path = 'filters/Large.filter';

/** What is typed, and behind what; taken away again letter by letter. */
const typed: readonly { readonly what: string; readonly after: RegExp; readonly text: string }[] = [
  { what: 'a column', after: /^ {7}(?=t\d+\.)/gm, text: 't3.user' },
  { what: 'a condition', after: /^ {2}and {2}.*$/gm, text: "\n  and  t5.mail = 'x'" },
  { what: 'a join', after: /^ {2}and {2}.*join \d+$/gm, text: '\nleft join s2.users as' },
  { what: 'a script', after: /return String\(/g, text: "data['t2']['mail'] + " },
];

/** Milliseconds that nobody notices. */
const budget = 15;

/**
 * Types into a filter of 300 lines in a workspace of 20 systems and 100 filters: what completion and the report take after every key stroke. In
 * a process of its own, started as the editor's client starts the server: the heap of whoever measures more than this has no part in it.
 */
export async function measureFilterTyping(): Promise<readonly Verdict[]> {
  const child = fork(import.meta.filename, [], { execArgv: ['--max-semi-space-size=8'] });
  const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (!Array.isArray(answer)) throw new Error('Typing into a large filter ended without figures.');
  return answer as readonly Verdict[];
}

async function measureHere(): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-bench-'));
  try {
    const tables = writeWorkspace(folder);
    const text = largeFilter(tables, 300);
    writeFileSync(join(folder, path), text);
    console.log(`\nA filter of ${text.split('\n').length} lines: median and 95th percentile in ms`);
    return await typeInto(folder, text);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function typeInto(folder: string, text: string): Promise<readonly Verdict[]> {
  const uri = URI.file(join(folder, path)).toString();
  let document = TextDocument.create(uri, 'sollist-filter', 0, text);
  const workspaces = createWorkspaces({ all: () => [document] }, (line) => console.error(line));
  const said: number[] = [];
  const check = createFolderCheck(folder, {
    workspaces,
    publish: (_, diagnostics) => said.push(JSON.stringify(diagnostics).length),
    published: () => [],
    guard: (_, work) => work(),
  });
  check.changed([path]);
  check.interrupt();
  const press = async ({ offset, cut, insert, caret }: KeyStroke, { completion, report: reported, own }: Times): Promise<number> => {
    const range = { start: document.positionAt(offset), end: document.positionAt(offset + cut) };
    document = TextDocument.update(document, [{ range, text: insert }], document.version + 1);
    // As the editor asks: first what could stand here, and once a person pauses, what is wrong.
    const before = process.threadCpuUsage();
    const letters = await completion.time(() => {
      const now = document.getText();
      return JSON.stringify(filterLanguage(uri, now, { view: workspaces.view(folder), path }).complete(caret)).length;
    });
    const { user, system } = process.threadCpuUsage(before);
    own.times.push((user + system) / 1000);
    await reported.time(() => check.changed([path]));
    check.interrupt();
    // Between two key strokes the server's loop turns, as it does for a person: what waits there to go on keeps every version of the filter.
    await turn();
    return letters;
  };
  // A server that was just started runs every function for the first time: printed, and no part of the verdicts.
  const cold = newTimes();
  for (const { after, text: word } of typed)
    for (const stroke of strokesOf(text, after, word).slice(0, 2 * word.length)) await press(stroke, cold);
  print('the first key strokes of a server', cold);
  const verdicts: Verdict[] = [];
  for (const { what, after, text: word } of typed) {
    const times = newTimes();
    let answers = 0;
    for (const [index, stroke] of strokesOf(text, after, word).entries()) {
      // The first place warms up.
      if (index === 2 * word.length) for (const one of Object.values(times)) one.times.length = 0;
      answers += await press(stroke, times);
    }
    if (answers < 1000) throw new Error(`Nothing was offered while ${what} was typed, so nothing was measured.`);
    print(`typing ${what}`, times);
    for (const name of ['report', 'completion'] as const)
      verdicts.push({
        what: `filter of 300 lines, ${name}, typing ${what}, 95th percentile`,
        figure: times[name].quantile(0.95),
        unit: 'ms',
        budget,
      });
  }
  if (said.length === 0) throw new Error('Nothing was published, so nothing was measured.');
  return verdicts;
}

/** `own`: the processor's time for completion, which tells a slow server from a busy machine; no person feels it, so it is no verdict. */
type Times = Readonly<Record<'report' | 'completion' | 'own', Figures>>;

function newTimes(): Times {
  return { report: new Figures(), completion: new Figures(), own: new Figures() };
}

function print(what: string, times: Times): void {
  for (const name of ['report', 'completion'] as const) {
    const one = times[name];
    const over = one.times.filter((time) => time > budget).length;
    const line = `  ${`${name}, ${what}`.padEnd(48)} ${one.median.toFixed(2).padStart(8)} ${one.quantile(0.95).toFixed(2).padStart(8)}`;
    const processor =
      name === 'completion' ? `; of the processor ${times.own.median.toFixed(2)} ${times.own.quantile(0.95).toFixed(2)}` : '';
    console.log(`${line}   ${over} of ${one.times.length} over ${budget} ms${processor}`);
  }
}

/** The key strokes of an author who types a word at six places, and takes it away again. */
function strokesOf(text: string, after: RegExp, word: string): readonly KeyStroke[] {
  const ends = [...text.matchAll(after)].map(({ index, 0: found }) => index + found.length);
  const step = Math.max(1, Math.floor(ends.length / 6));
  return ends
    .filter((_, index) => index % step === 0)
    .slice(0, 6)
    .flatMap((start) => [
      ...Array.from(word, (insert, index) => ({ offset: start + index, cut: 0, insert, caret: start + index + 1 })),
      ...Array.from(word, (_, index) => {
        const offset = start + word.length - index - 1;
        return { offset, cut: 1, insert: '', caret: offset };
      }),
    ]);
}

/** 20 systems over one connector, relations between them, 100 small filters; gives the tables with their columns. */
function writeWorkspace(folder: string): readonly JoinedTable[] {
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  for (const name of ['connectors', 'systems', 'filters']) mkdirSync(join(folder, name));
  write('sollist.json', '{ "name": "Large" }\n');
  const connector = generate(18_000);
  write('connectors/api.json', connector);
  const names = Object.keys((JSON.parse(connector) as { schema: { crud_objects: object } }).schema.crud_objects);
  const systems = Array.from({ length: 20 }, (_, index) => `s${index + 1}`);
  const connection = { tenant_id: 'localhost', client_id: 'a', client_secret: { env: 'SECRET' }, page_size: '100' };
  for (const system of systems)
    write(
      `systems/${system}.json`,
      JSON.stringify({ connector: 'api', connection, tables: Object.fromEntries(names.map((name) => [name, {}])) }),
    );
  const workspaces = createWorkspaces({ all: () => [] }, (line) => console.error(line));
  const { model } = workspaces.view(folder).workspace.connectors.get('api') ?? {};
  const tables = names.flatMap((table) => {
    const columns = model && findTable(model, table)?.columns.map(({ name }) => name);
    return columns && columns.length > 2 ? [{ table, columns }] : [];
  });
  const side = (system: string | undefined, index: number): object => ({
    system,
    table: tables[index]?.table,
    column: tables[index]?.columns[1],
  });
  const relations = systems.slice(1).map((system, index) => ({ left: side(systems[index], 0), right: side(system, 0) }));
  write('relations.json', JSON.stringify({ relations }));
  for (let index = 0; index < 100; index++)
    write(`filters/F${index}.filter`, `select p.${tables[0]?.columns[0] ?? ''} from s${(index % 20) + 1}.${tables[0]?.table ?? ''} as p\n`);
  return systems.flatMap((system) => tables.map((table) => ({ system, ...table })));
}

if (process.argv[1] === import.meta.filename) {
  if (process.send) process.send(await measureHere(), () => process.disconnect());
  else process.exitCode = report(await measureFilterTyping()) ? 0 : 1;
}
