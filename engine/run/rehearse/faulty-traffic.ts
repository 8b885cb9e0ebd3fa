import { getOperation, type Connector, type Operation } from '../../model/connector/connector.ts';
import { SollistError } from '../error.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import type { Traffic } from '../http/traffic.ts';
import { chancesOf, type Fault } from './fault.ts';
import { listAnswer } from './list-answer.ts';
import { canSignIn, playedToken } from './played-token.ts';

/** A replay with a fault in it, and what the fault did. */
export interface FaultyTraffic {
  readonly traffic: Traffic;
  readonly struck: () => number;
  /** Where it struck first. */
  readonly place: () => string | undefined;
}

/** Puts a fault before a replay. */
export function faultyTraffic(
  replay: Traffic,
  fault: Fault,
  input: { readonly connector: Connector; readonly exchanges: Readonly<Record<string, number>>; readonly seed: number },
): FaultyTraffic {
  const { connector, exchanges, seed } = input;
  const meddle = fault.begin({ connector, exchanges, chance: chancesOf(seed, fault.id) });
  const operations = new Map(
    connector.tables.flatMap((table): [string, Operation][] => {
      const operation = getOperation(table);
      return operation ? [[operation.name.text, operation]] : [];
    }),
  );
  const asked = new Map<string, Map<string, number>>();
  const lastAnswers = new Map<string, HttpResponse>();
  let calls = 0;
  let tokens = 0;
  let struck = 0;
  let place: string | undefined;

  const numberOf = ({ operation, verb, url, body = '' }: HttpRequest): number => {
    const own = asked.get(operation) ?? new Map<string, number>();
    asked.set(operation, own);
    const key = `${verb} ${url} ${body}`;
    const number = own.get(key) ?? own.size + 1;
    own.set(key, number);
    return number;
  };

  /** A fault may have led to a page that was never asked for: behind the last one an API has none. */
  const orNoMore = async (request: HttpRequest, answer: Promise<HttpResponse>): Promise<HttpResponse> => {
    const operation = operations.get(request.operation);
    try {
      const response = await answer;
      if (operation?.call.mode === 'normal') lastAnswers.set(request.operation, response);
      return response;
    } catch (error) {
      const last = lastAnswers.get(request.operation);
      const list = error instanceof SollistError && error.code === 'not-recorded' && last ? listAnswer(last, operation) : undefined;
      if (!list) throw error;
      return list.with({ rows: [], last: true });
    }
  };

  return {
    traffic: {
      ...replay,
      source: replay.source.kind === 'replay' ? { ...replay.source, fault: fault.id } : replay.source,
      signsIn: fault.signsIn === true && canSignIn(connector),
      open(live, redactor) {
        const inner = replay.open(live, redactor);
        return {
          send: (request, signal) => {
            if (request.role === 'authenticate') return Promise.resolve(playedToken(connector, ++tokens));
            const ofOperation = numberOf(request);
            return meddle({
              request,
              operation: operations.get(request.operation),
              number: ++calls,
              ofOperation,
              replay: () => orNoMore(request, inner.send(request, signal)),
              strike: () => {
                struck++;
                place ??= `${request.operation}, call ${ofOperation}`;
              },
            });
          },
          close: () => inner.close(),
        };
      },
    },
    struck: () => struck,
    place: () => place,
  };
}
