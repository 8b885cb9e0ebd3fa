import { expect, test } from 'vitest';
import { readConnector } from '../../../engine/model/connector/read-connector.ts';
import type { Connector } from '../../../engine/model/connector/connector.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { resolveConnection, type ResolvedConnection } from '../../../engine/run/connection.ts';
import { SollistError } from '../../../engine/run/error.ts';
import { createRedactor } from '../../../engine/run/http/redact.ts';
import { parseManifest } from '../../../engine/run/http/recording/read-recording.ts';
import { createRecorder } from '../../../engine/run/http/recording/recorder.ts';
import { replayConnection } from '../../../engine/run/http/recording/replay-connection.ts';
import { corpusConnectors } from '../../support/corpus.ts';
import { filesOf, reply, reportOf, temporaryFolder } from './recording-support.ts';
import { manualClock, systemOf } from './support.ts';

/** Gives a connector every value it asks for, those with secrets among them. */
function connected(connector: Connector): ResolvedConnection {
  const values: Record<string, string> = {};
  for (;;) {
    try {
      return resolveConnection(connector, systemOf('hr', [], values), { env: {}, secrets: new Map() });
    } catch (error) {
      if (!(error instanceof SollistError) || error.subject === undefined || error.subject in values) throw error;
      values[error.subject] = /tenant|host|url|domain|server/i.test(error.subject) ? 'api.example.com' : `value-of-${error.subject}-0815`;
    }
  }
}

const connectors = corpusConnectors();
test.skipIf(connectors.length === 0)(
  'every shipped connector is recorded without its secrets, and can be replayed without them',
  async () => {
    for (const { name, text } of connectors) {
      using folder = temporaryFolder();
      const connector = readConnector(parseJson(text, { strict: true }).root);
      const connection = connected(connector);
      const recorder = createRecorder(folder.path, name, connector, connection, manualClock());
      const redactor = createRedactor(connection.secrets);
      const transport = recorder.traffic.open(
        () => ({ send: () => Promise.resolve(reply({ all: [...connection.variables.values()] })), close: () => Promise.resolve() }),
        redactor,
      );
      const [value = 'none'] = connection.secrets;
      const url = `${connection.baseUrl === '' || connection.baseUrl.endsWith('//') ? 'https://api.example.com' : connection.baseUrl}/all?key=${encodeURIComponent(value)}`;
      await transport.send(
        { role: 'get', operation: 'all_get', table: 'all', verb: 'GET', url, headers: {} },
        new AbortController().signal,
      );
      expect(recorder.finish(reportOf()), name).toMatchObject({ state: 'saved' });
      const files = Object.values(filesOf(folder.path)).join('\n');
      for (const secret of connection.secrets) expect(files, name).not.toContain(secret);

      const replayed = replayConnection(connector, systemOf('hr', []), parseManifest(folder.path, 'hr'), {});
      // Not one more either: an optional value that was not there would make other requests.
      expect([...replayed.variables.keys()].sort(), name).toEqual([...connection.variables.keys()].sort());
    }
  },
);
