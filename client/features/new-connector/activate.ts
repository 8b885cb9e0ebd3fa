import { ProgressLocation, window } from 'vscode';
import { newConnectorMethod, type NewConnectorParameters, type NewConnectorResult } from '../../../engine/host/protocol.ts';
import type { MadeConnector } from '../../../engine/model/new-connector/make-connector.ts';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import type { Log } from '../../infrastructure/log.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { askForConnector } from './ask.ts';
import { chooseTables } from './choose-tables.ts';
import { writeConnector } from './write.ts';

/**
 * *New Connector*: from nothing, an OpenAPI document or a sample answer. The server makes the text; it is written to `connectors/` and opened.
 * Other extensions may give the answers as the command's argument.
 */
export function activateNewConnectorFeature(commands: Commands, folders: Folders, server: Server, log: Log): void {
  commands.register(commandIds.newConnector, async (argument) => {
    const told = isTarget(argument, 'name');
    const wish = told ? (argument as NewConnectorParameters) : await askForConnector();
    const all = await make(server, wish);
    const tables = told || all.source !== 'open-api' ? undefined : await chooseTables(all.tables);
    const made = tables === undefined ? all : await make(server, { ...wish, tables });
    await writeConnector(folders, made.name, made.text);
    tell(made, log);
    return made.name;
  });
}

async function make(server: Server, wish: NewConnectorParameters): Promise<MadeConnector> {
  const result = await window.withProgress({ location: ProgressLocation.Window, title: 'Making the connector' }, () =>
    server.request<NewConnectorResult>(newConnectorMethod, wish),
  );
  if (result.kind === 'refused') throw new SollistFailure('no-connector', result.message);
  return result;
}

/** What was assumed and left out goes to the log in full; the notification says that there is something to check. */
function tell({ name, tables, notes, leftOut }: MadeConnector, log: Log): void {
  log.info(`New connector ${name}: ${tables.map((table) => `${table.name} (${table.operations.join(', ')})`).join('; ')}`);
  for (const note of notes) log.info(`To check: ${note}`);
  for (const { what, why } of leftOut) log.info(`Left out: ${what} – ${why}`);
  const count = tables.length === 1 ? '1 table' : `${String(tables.length)} tables`;
  const more = [
    notes.length > 0 ? 'some of it is assumed' : '',
    leftOut.length > 0 ? `${String(leftOut.length)} things were left out` : '',
  ];
  const said = more.filter((text) => text !== '').join(', and ');
  const message = plainText(
    `${name} has ${count}.${said === '' ? '' : ` ${said.charAt(0).toUpperCase()}${said.slice(1)}: the log says what.`}`,
  );
  const show = 'Show log';
  void window.showInformationMessage(message, ...(said === '' ? [] : [show])).then((chosen) => {
    if (chosen === show) log.show();
  });
}
