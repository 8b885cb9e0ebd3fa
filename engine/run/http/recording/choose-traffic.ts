import type { Connector } from '../../../model/connector/connector.ts';
import type { System } from '../../../model/system/system.ts';
import { resolveConnection, type ConnectionSources, type ResolvedConnection } from '../../connection.ts';
import type { Clock } from '../../context.ts';
import type { CollectionReport } from '../../records.ts';
import { liveTraffic, type Traffic } from '../traffic.ts';
import { parseManifest } from './read-recording.ts';
import { createRecorder } from './recorder.ts';
import { replayConnection } from './replay-connection.ts';
import { replayTraffic } from './replay.ts';

/** Where the requests of a run go: to the system, there and into a recording, or to the recording alone. */
export type TrafficKind = 'live' | 'record' | 'replay';

/** The way of a run's requests, with the connection that goes with it. */
export interface ChosenTraffic {
  readonly connection: ResolvedConnection;
  readonly traffic: Traffic;
  /** Ends a run: with a recording, where one was made, the report says what became of it. */
  finish(report: CollectionReport): CollectionReport;
  /** Drops what a run that failed has written. */
  abandon(): void;
}

/** Throws what `resolveConnection` throws, and for a replay `no-recording` and `recording-broken`. */
export function chooseTraffic(
  kind: TrafficKind,
  where: { readonly folder: string; readonly connector: Connector; readonly system: System },
  sources: ConnectionSources,
  clock: Clock,
): ChosenTraffic {
  const { folder, connector, system } = where;
  const nothing = { finish: (report: CollectionReport) => report, abandon: () => undefined };
  switch (kind) {
    case 'replay': {
      const manifest = parseManifest(folder, system.name);
      const connection = replayConnection(connector, system, manifest, sources.env);
      return { connection, traffic: replayTraffic(folder, manifest, connection), ...nothing };
    }
    case 'record': {
      const connection = resolveConnection(connector, system, sources);
      const recorder = createRecorder(folder, system.connector.text, connector, connection, clock);
      return {
        connection,
        traffic: recorder.traffic,
        finish: (report) => ({ ...report, recording: recorder.finish(report) }),
        abandon: () => recorder.discard(),
      };
    }
    case 'live':
      return { connection: resolveConnection(connector, system, sources), traffic: liveTraffic, ...nothing };
  }
}
