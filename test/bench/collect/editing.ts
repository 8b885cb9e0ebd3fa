import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { startEditor } from '../../support/language-server.ts';
import { Figures, type Verdict } from '../figures.ts';
import { samples } from '../samples.ts';
import { typing } from '../typing.ts';
import { connectorFor } from './sollist.ts';

/** Completion in the largest connector while the engine collects without pause: the language server and a collection share the machine. */
export async function measureEditing(url: string, folder: string): Promise<readonly Verdict[]> {
  const [sample] = samples();
  if (!sample) throw new Error('There is no connector to type into.');
  const workspace = join(folder, 'workspace');
  for (const name of ['connectors', 'systems']) mkdirSync(join(workspace, name), { recursive: true });
  const write = (path: string, value: unknown): void => writeFileSync(join(workspace, path), JSON.stringify(value));
  write('sollist.json', { name: 'Bench' });
  write('connectors/bench.json', connectorFor(url, { name: 'pages', rows: 1_000_000, size: 1_000 }));
  write('systems/bench.json', { connector: 'bench', tables: { persons: {} } });
  writeFileSync(join(workspace, 'connectors/large.json'), sample.text);

  await using editor = await startEditor({ folder: workspace });
  await editor.open('connectors/large.json');
  const figures = new Figures();
  const run = { state: 'under way' };
  const stop = new CancellationTokenSource();
  const collection = editor
    .request('sollist/run/collect', { runId: 'bench', folder: workspace, overlay: [], secrets: {}, system: 'bench' }, stop.token)
    .finally(() => (run.state = 'over'));
  const uri = editor.uri('connectors/large.json');
  let text = sample.text;
  let version = 1;
  for (const { offset, cut, insert } of typing(sample.text, 'value', 40)) {
    if (run.state === 'over') break;
    const lines = indexLines(text);
    const at = (place: number): object => {
      const { line, column } = lines.positionAt(place);
      return { line, character: column };
    };
    const range = { start: at(offset), end: at(offset + cut) };
    text = text.slice(0, offset) + insert + text.slice(offset + cut);
    await editor.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range, text: insert }],
    });
    const { line, column } = indexLines(text).positionAt(offset + insert.length);
    await figures.time(() => editor.request('textDocument/completion', { textDocument: { uri }, position: { line, character: column } }));
  }
  const asked = figures.times.length;
  if (run.state === 'over' && asked < 100) throw new Error(`Only ${asked} completions were asked for before the collection ended.`);
  // What it still brings is of no interest.
  stop.cancel();
  await collection.catch(() => undefined);
  console.log(
    `\nCompletion during a collection, ${asked} key strokes: ${figures.median.toFixed(1)} ms, 95th percentile ${figures.quantile(0.95).toFixed(1)} ms`,
  );
  return [{ what: 'completion during a collection, 95th percentile', figure: figures.quantile(0.95), unit: 'ms', budget: 25 }];
}
