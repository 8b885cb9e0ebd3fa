import { findOperation, findTable, type Connector } from '../../model/connector/connector.ts';
import { vaultTableName } from '../../model/system/catalog.ts';
import type { System } from '../../model/system/system.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../error.ts';
import type { Cell } from '../records.ts';
import { quoteIdentifier } from '../vault/identifier.ts';
import { readVault } from '../vault/read-vault.ts';
import { refuseBroken, systemToRun, vaultPath, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { previewRequest, type RequestPreview } from './preview-request.ts';

/** Which operation: of a system, or of a connector given by its path or name. */
export interface OperationChoice {
  readonly system?: string;
  readonly connector?: string;
  readonly table: string;
  readonly operation: string;
}

/**
 * Previews the request of an operation of a workspace, with the first row of its table in the vault where there is one. Throws
 * `unknown-system`, `unknown-connector`, `unknown-table`, `unknown-operation`, `file-broken`. Makes no vault and needs no secret.
 */
export function previewOperation(
  open: OpenWorkspace,
  choice: OperationChoice,
  env: Readonly<Record<string, string | undefined>>,
): RequestPreview {
  const { connector, system } = find(open, choice);
  const table = findTable(connector, choice.table);
  if (!table) {
    const names = connector.tables.map(({ name }) => name);
    throw new SollistError('unknown-table', `The connector has no table "${choice.table}".${didYouMean(choice.table, names)}`);
  }
  const operation = findOperation(table, choice.operation);
  if (!operation) {
    const names = table.operations.map(({ name }) => name.text);
    const known = names.length === 0 ? ' It has none.' : ` There are: ${names.join(', ')}.`;
    throw new SollistError(
      'unknown-operation',
      `The table ${table.name} has no operation "${choice.operation}".${didYouMean(choice.operation, names)}${known}`,
    );
  }
  const row = system && operation.role === 'write' ? firstRow(open, system.name, table.name) : undefined;
  return previewRequest({ connector, ...(system && { system }), table, operation, env, ...(row && { row }) });
}

function find(open: OpenWorkspace, { system, connector }: OperationChoice): { readonly connector: Connector; readonly system?: System } {
  const { workspace } = open;
  if (system !== undefined) return systemToRun(open, system);
  const file = [...workspace.connectors.values()].find(({ path, name }) => path === connector || name === connector);
  if (!file) {
    throw new SollistError(
      'unknown-connector',
      `There is no connector "${connector ?? ''}" in connectors/.${didYouMean(connector ?? '', workspace.connectors.keys())}`,
    );
  }
  const users = [...workspace.systems.values()].filter(({ model }) => model.connector.text === file.name).map(({ name }) => name);
  const [only] = users;
  if (only !== undefined && users.length === 1) return systemToRun(open, only);
  refuseBroken(open, file.path, file.document.problems);
  return { connector: file.model };
}

function firstRow(open: OpenWorkspace, system: string, table: string): Readonly<Record<string, Cell>> | undefined {
  const vault = readVault(vaultPath(open));
  if (!vault) return undefined;
  try {
    if (!vault.tables().some((held) => held.system === system && held.table === table)) return undefined;
    const [row] = vault.query({ sql: `select * from ${quoteIdentifier(vaultTableName(system, table))} limit 1`, parameters: [] });
    return row;
  } finally {
    vault.close();
  }
}
