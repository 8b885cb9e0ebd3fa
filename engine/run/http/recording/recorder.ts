import type { Connector } from '../../../model/connector/connector.ts';
import type { ResolvedConnection } from '../../connection.ts';
import type { Clock } from '../../context.ts';
import { SollistError } from '../../error.ts';
import type { CollectionReport, RecordingOutcome } from '../../records.ts';
import { connectionCodes } from '../failure.ts';
import type { HttpRequest } from '../message.ts';
import { createRedactor, type Redactor } from '../redact.ts';
import type { Traffic } from '../traffic.ts';
import { appendAnswer } from './append-answer.ts';
import { beginDraft } from './files.ts';
import { findSecret } from './find-secret.ts';
import {
  manifestName,
  maskedSecret,
  recordingPath,
  recordingVersion,
  type RecordedAnswer,
  type RecordedExchange,
  type RecordingManifest,
} from './form.ts';
import { originsOf } from './origins.ts';
import { holdsSecret, lostTables, notWhole, suspicionNotes, writing } from './outcomes.ts';
import { fileNameOf } from './request-key.ts';
import { createScrubber, type Scrubber } from './scrub.ts';

/** Writes down what goes over the wire. */
export interface Recorder {
  readonly traffic: Traffic;
  /**
   * Puts the recording in place of the one before, or leaves that as it was: where the run did not collect all its tables, where a secret would
   * be in it, where it cannot be written. Never throws for such a reason; the outcome says it.
   */
  finish(report: CollectionReport): RecordingOutcome;
  /** Drops what was written; harmless after `finish`. */
  discard(): void;
}

/** Begins to record a system. Throws `recording-broken` or `recording-unwritable` before anything is sent. */
export function createRecorder(
  folder: string,
  connectorName: string,
  connector: Connector,
  connection: ResolvedConnection,
  clock: Clock,
): Recorder {
  const { system } = connection;
  const path = recordingPath(system);
  const draft = writing(path, () => beginDraft(folder, system));
  const origins = originsOf(connection);
  // The chain's own knows more; nothing is sent before it is there.
  let redactor: Redactor = createRedactor(connection.secrets);
  let scrubber: Scrubber = createScrubber(redactor, origins);
  let failure: SollistError | undefined;
  const counts = new Map<string, number>();

  const keep = (request: HttpRequest, answered: (scrub: Scrubber) => RecordedAnswer): void => {
    if (request.role === 'authenticate' || failure) return;
    try {
      writing(path, () => {
        const asked = scrubber.request(request);
        const answer = answered(scrubber);
        const name = fileNameOf(asked);
        const text = draft.read(name);
        const before = text === undefined ? { request: asked, answers: [] } : (JSON.parse(text) as RecordedExchange);
        const exchange = { ...before, answers: appendAnswer(before.answers, answer, connector) };
        if (text === undefined) counts.set(asked.operation, (counts.get(asked.operation) ?? 0) + 1);
        scrubber.lookAt(asked, answer);
        draft.write(name, asText(exchange));
      });
    } catch (error) {
      // The collection is worth more than its recording.
      if (!(error instanceof SollistError)) throw error;
      failure = error;
    }
  };

  const manifest = ({ limits, tables }: CollectionReport): RecordingManifest => {
    const sorted = [...connection.variables].sort(([a], [b]) => (a < b ? -1 : 1));
    const isSecret = (value: string): boolean => connection.secrets.includes(value);
    return {
      version: recordingVersion,
      system,
      connector: connectorName,
      connection: Object.fromEntries(
        sorted
          .filter(([, value]) => !isSecret(value))
          .map(([name, value]) => [name, redactor.replace(origins.valueToRecorded(value), maskedSecret)]),
      ),
      secrets: sorted.filter(([, value]) => isSecret(value)).map(([name]) => name),
      limits,
      tables: tables.map(({ table }) => table).sort(),
      exchanges: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  };

  const finish = (report: CollectionReport): RecordingOutcome => {
    const exchanges = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const refused = ({ code, message, subject }: SollistError): RecordingOutcome => ({
      folder: path,
      state: 'not-saved',
      exchanges,
      notes: [],
      error: { code, message, ...(subject !== undefined && { subject }) },
    });
    try {
      if (failure) return refused(failure);
      const lost = report.tables.filter(({ state }) => state !== 'collected' && state !== 'held-back').map(({ table }) => table);
      if (lost.length > 0) return refused(notWhole(path, lost));
      return writing(path, () => {
        draft.write(manifestName, asText(manifest(report)));
        const place = findSecret(draft, redactor);
        if (place !== undefined) return refused(holdsSecret(path, place));
        const notes = [...suspicionNotes(scrubber.suspicious), ...lostTables(folder, system, report)];
        return { folder: path, state: draft.swap() ? 'saved' : 'unchanged', exchanges, notes };
      });
    } catch (error) {
      if (error instanceof SollistError) return refused(error);
      throw error;
    } finally {
      draft.discard();
    }
  };

  return {
    traffic: {
      source: { kind: 'live' },
      signsIn: true,
      open(live, known) {
        redactor = known;
        scrubber = createScrubber(known, origins);
        const transport = live();
        return {
          async send(request, signal) {
            try {
              const response = await transport.send(request, signal);
              keep(request, ({ answer }) => answer(response, clock.now()));
              return response;
            } catch (error) {
              // That a connection broke and a second attempt was needed is part of what happened; that a run was cancelled is not.
              if (error instanceof SollistError && connectionCodes.has(error.code)) {
                const { code } = error;
                keep(request, () => ({ failure: code }));
              }
              throw error;
            }
          },
          close: () => transport.close(),
        };
      },
    },
    finish,
    discard: () => draft.discard(),
  };
}

function asText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
