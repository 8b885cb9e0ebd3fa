import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationError, window } from 'vscode';
import { newSystemMethod, type NewSystemParameters, type NewSystemResult } from '../../../engine/host/protocol.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { writeDraft } from './write.ts';

/** *New System*: tables, relations and connection values from a scenario of a connector, written to `systems/` and opened. Gives its name. */
export async function newSystem(folders: Folders, server: Server, target: unknown): Promise<string> {
  const folder = folders.require();
  const { connectors, systems } = await folders.overview(folder);
  const connector = isTarget(target, 'connector')
    ? target.connector
    : await pickOne(
        connectors.map((one) => ({ label: one.name, value: one.name })),
        'Connector of the system',
        'This workspace has no connector yet: "New Connector…" makes one.',
      );
  const taken = systems.map(({ name }) => name.toLowerCase());
  const name = isTarget(target, 'name') ? target.name : await askName(connector, taken);
  const path = `systems/${name}.json`;
  if (existsSync(join(folder, path))) throw new SollistFailure('file-exists', `${path} is there already and stays as it is.`, { folder });
  const ask = (more: Pick<NewSystemParameters, 'scenario'>): Promise<NewSystemResult> =>
    server.request<NewSystemResult>(newSystemMethod, { folder, connector, name, ...more } satisfies NewSystemParameters);
  const { scenarios } = await ask({ scenario: false });
  const { made } = await ask({ scenario: scenarios.length === 0 ? false : await chooseScenario(scenarios) });
  if (made.kind === 'refused') throw new SollistFailure('no-system', made.message, { folder });
  await writeDraft(folder, { path, text: made.text });
  const left = [...made.toFill, ...made.secrets.map(({ value }) => value)];
  const said = [...(left.length > 0 ? [`Fill in: ${left.join(', ')}.`] : []), ...made.notes];
  if (said.length > 0) void window.showInformationMessage(plainText(said.join(' '), 400));
  return name;
}

async function askName(connector: string, taken: readonly string[]): Promise<string> {
  const name = await window.showInputBox({
    title: 'New system',
    prompt: 'Name of the system; the file is systems/<name>.json',
    value: connector.toLowerCase().replaceAll(/[^\p{L}\p{N}._-]+/gu, '-'),
    ignoreFocusOut: true,
    validateInput: (text) => checkName(text, taken),
  });
  if (name === undefined) throw new CancellationError();
  return name;
}

function checkName(text: string, taken: readonly string[]): string | undefined {
  if (text.trim() === '' || /[\\/:*?"<>|\p{Cc}]/u.test(text) || /^\.|[. ]$/.test(text))
    return 'A file name: letters, digits, spaces, dots, - and _.';
  if (text === 'internal') return "The internal system is NIM's own: its tables lie in lookups/.";
  return taken.includes(text.toLowerCase()) ? `There is a system "${text}" already.` : undefined;
}

function chooseScenario(scenarios: NewSystemResult['scenarios']): Promise<string | false> {
  const none = { label: 'Every table', description: 'whatever the scenarios say', value: false as const };
  return pickOne<string | false>(
    [...scenarios.map(({ name, description }) => ({ label: name, description, value: name })), none],
    'Scenario to start from',
    'The connector has no scenario.',
  );
}
