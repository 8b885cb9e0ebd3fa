import { readConnector } from '../../../engine/model/connector/read-connector.ts';
import type { System } from '../../../engine/model/system/system.ts';
import { readSystem } from '../../../engine/model/system/read-system.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { collectSystem } from '../../../engine/run/collect/collect-system.ts';
import { resolveConnection } from '../../../engine/run/connection.ts';
import { systemClock } from '../../../engine/run/system-clock.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { CancelledAt, type Task } from './task.ts';
import { evidenceOf } from '../../support/evidence.ts';

/** A whole collection, as the command line runs it. */
export function collectWithSollist({ url, path, kind }: Task, signal: AbortSignal = new AbortController().signal): () => Promise<number> {
  const connector = readConnector(parseJson(JSON.stringify(connectorFor(url, kind)), { strict: true }).root);
  const system: System = readSystem(
    'bench',
    parseJson(JSON.stringify({ connector: 'bench', tables: { persons: {}, contracts: {} } }), { strict: false }).root,
  );
  const connection = resolveConnection(connector, system, { env: {}, secrets: new Map() });
  const vault = openVault(path);
  const wanted = kind.name === 'pages' ? 'persons' : 'contracts';
  if (kind.name === 'calls') {
    // The parents are there already, as after an earlier collection: what is measured are the calls.
    const staging = vault.stage('bench', 'persons', [{ name: 'id', type: 'text' }], ['id']);
    staging.add(Array.from({ length: kind.parents }, (_, i) => [`p${i + 1}`]));
    staging.commit(evidenceOf(kind.parents));
  }
  return async () => {
    const report = await collectSystem(
      { connector, system, connection, vault, tables: [wanted] },
      {
        signal,
        clock: systemClock,
        random: Math.random,
        onProgress: () => undefined,
      },
    );
    const outcome = report.tables.find(({ table }) => table === wanted);
    if (outcome?.state === 'cancelled') {
      vault.close();
      throw new CancelledAt();
    }
    if (outcome?.state !== 'collected' || outcome.evidence?.complete !== true) throw new Error(JSON.stringify(outcome));
    vault.close();
    return outcome.evidence.rows;
  };
}

/** A connector for the API of the bench. */
export function connectorFor(url: string, kind: Task['kind']): unknown {
  const of = kind.name === 'pages' ? kind.rows : 0;
  const size = kind.name === 'pages' ? kind.size : 0;
  return {
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: {
            id: 'string*',
            number: 'number*',
            userName: 'string*',
            displayName: 'string*',
            givenName: 'string*',
            familyName: 'string*',
            department: 'string*',
            active: 'boolean*',
            hired: 'date*',
            modified: 'datetime*',
          },
          operations: { persons_get: { method: 'get', call: { path: '/persons' }, processing_options: { output_field: 'items' } } },
        },
        contracts: {
          key: 'id',
          resources: { id: 'string*', title: 'string*', hours: 'number*', person: '_nim*' },
          operations: {
            contracts_get: {
              method: 'get',
              pagination: 'none',
              maxSessionCount: kind.name === 'calls' ? kind.sessions : 1,
              call: {
                mode: 'iteration',
                table: 'persons',
                iterator: 'id',
                path: '/persons/{iterator}/contracts',
                base: { person: '{iterator}' },
              },
              processing_options: { output_field: 'items' },
            },
          },
        },
      },
    },
    rest: {
      config: {
        baseUrl: url,
        get: { pagination: { mode: 'generic', page_size: size, params: { page: '{page_number}', size: '{page_size}', of: String(of) } } },
      },
    },
  };
}
