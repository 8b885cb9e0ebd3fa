import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { checkConnector } from '../../engine/model/connector/check-connector.ts';
import { diagnosticsOf } from '../../server/convert.ts';
import { createFolderCheck } from '../../server/folder-check.ts';
import { createLoneConnectors } from '../../server/lone-connectors.ts';
import { createWorkspaces } from '../../server/workspaces.ts';
import { builtBundles } from '../support/build.ts';
import { startPlainClient } from '../support/plain-client.ts';
import { compare, type Verdict } from './figures.ts';
import { counts, lastFilter, writeLargeWorkspace } from './large-workspace.ts';
import { typing, type KeyStroke } from './typing.ts';

/** A workspace of 200 connectors and 500 filters: checked from cold by the real server, and typed into. */
export async function measureWorkspace(): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-bench-'));
  try {
    const connector = writeLargeWorkspace(folder);
    console.log(`\nA workspace of ${counts.connectors} connectors and ${counts.filters} filters`);
    return [...(await measureCold(folder, connector)), ...(await measureKeyStrokes(folder, connector))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the start of the server's process to its word on the last file, and the most memory it ever had until then. */
async function measureCold(folder: string, connector: string): Promise<readonly Verdict[]> {
  const server = join(await builtBundles(), 'language-server.cjs');
  const times: number[] = [];
  const sizes: number[] = [];
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    // As the editor's client and the command start it.
    const env = { ...process.env, NODE_OPTIONS: '--max-semi-space-size=8' };
    await using client = startPlainClient(server, ['--stdio'], { env });
    const rootUri = URI.file(folder).toString();
    await client.request('initialize', { processId: process.pid, rootUri, capabilities: {} });
    client.notify('initialized', {});
    const text = readFileSync(join(folder, connector), 'utf8');
    const uri = URI.file(join(folder, connector)).toString();
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'sollist-connector', version: 1, text } });
    await client.notified('textDocument/publishDiagnostics', ({ uri: of }: { readonly uri: string }) =>
      of.endsWith(`/${lastFilter}.filter`),
    );
    times.push(performance.now() - start);
    sizes.push(peakMegabytes(client.process.pid ?? 0));
  }
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[1] ?? NaN;
  console.log(`  cold, from process start to the last file: ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
  console.log(`  the most memory the process had: ${sizes.map((size) => size.toFixed(0)).join(', ')} MB`);
  return [
    { what: 'workspace checked from cold', figure: middle(times), unit: 'ms', budget: 3000 },
    { what: 'memory of the server at its peak', figure: middle(sizes), unit: 'MB', budget: 300 },
  ];
}

/** Linux only: elsewhere the figure is missing, and the verdict fails rather than being passed over. */
function peakMegabytes(pid: number): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(peak) / 1024;
}

/** The report on the edited file, in the workspace and for the same file alone. */
async function measureKeyStrokes(folder: string, path: string): Promise<readonly Verdict[]> {
  const uri = URI.file(join(folder, path)).toString();
  const text = readFileSync(join(folder, path), 'utf8');
  let inWorkspace = TextDocument.create(uri, 'sollist-connector', 0, text);
  let alone = TextDocument.create('file:///alone.json', 'sollist-connector', 0, text);
  const workspaces = createWorkspaces({ all: () => [inWorkspace] }, (line) => console.error(line));
  let published = 0;
  const check = createFolderCheck(folder, {
    workspaces,
    publish: () => {
      published++;
    },
    published: () => [],
    guard: (_, work) => work(),
  });
  const lone = createLoneConnectors();
  const reportAlone = (): number => {
    const { json, connector } = lone(alone);
    return diagnosticsOf(alone.getText(), checkConnector(json, connector), { uriOf: () => alone.uri, textOf: () => alone.getText() })
      .length;
  };
  const verdicts: Verdict[] = [];
  for (const kind of ['property', 'value', 'name'] as const) {
    const figures = compare(`key stroke in the workspace, ${kind}`, 'the same file alone');
    const strokes = typing(text, kind, 10);
    for (const [index, stroke] of strokes.entries()) {
      if (index === Math.floor(strokes.length / 5)) figures.reset();
      inWorkspace = press(inWorkspace, stroke);
      alone = press(alone, stroke);
      await figures.theirs.time(reportAlone);
      await figures.ours.time(() => check.changed([path]));
      // The rest of the workspace is looked at between key strokes; the next one ends that.
      check.interrupt();
    }
    figures.print();
    verdicts.push({ what: figures.what, figure: figures.ours.median - figures.theirs.median, unit: 'ms', budget: 2 });
  }
  if (published === 0) throw new Error('Nothing was published, so nothing was measured.');
  return verdicts;
}

function press(document: TextDocument, { offset, cut, insert }: KeyStroke): TextDocument {
  const range = { start: document.positionAt(offset), end: document.positionAt(offset + cut) };
  return TextDocument.update(document, [{ range, text: insert }], document.version + 1);
}
