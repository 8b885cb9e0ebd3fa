import { answerOf, chooseOperation, type Call, type Fault } from './fault.ts';
import type { HttpResponse } from '../http/message.ts';

const unauthorized = (): HttpResponse => answerOf(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' });

/** The call at which a token ends: the 30th, or in the middle of a smaller recording. */
function endOfToken(exchanges: Readonly<Record<string, number>>): number {
  const calls = Object.values(exchanges).reduce((sum, count) => sum + count, 0);
  return calls >= 30 ? 30 : Math.max(1, Math.ceil(calls / 2));
}

/** Faults that show in the status of an answer. */
export const statusFaults: readonly Fault[] = [
  {
    id: 'page-fails',
    title: 'The second page of a list fails with status 500, however often it is asked for.',
    begin: (stage) => {
      const chosen = chooseOperation(stage, 2, 'pages');
      let second: string | undefined;
      return (call) => {
        if (call.request.operation === chosen && call.ofOperation === 2) second ??= call.request.url;
        if (second === undefined || call.request.url !== second) return call.replay();
        return struck(call, answerOf(500, { error: 'internal_error' }));
      };
    },
  },
  {
    id: 'token-expires',
    title: 'The token expires at call 30; a fresh one is given.',
    signsIn: true,
    begin: ({ exchanges }) => {
      const at = endOfToken(exchanges);
      return (call) => (call.number === at ? struck(call, unauthorized()) : call.replay());
    },
  },
  {
    id: 'token-ends',
    title: 'The token expires at call 30, and no fresh one is accepted.',
    signsIn: true,
    begin: ({ exchanges }) => {
      const at = endOfToken(exchanges);
      return (call) => (call.number >= at ? struck(call, unauthorized()) : call.replay());
    },
  },
  {
    id: 'parents-missing',
    title: 'Half of the rows that are iterated over are not found (404).',
    begin: ({ chance }) => {
      return (call) => {
        const { operation, request } = call;
        if (operation?.call.mode !== 'iteration') return call.replay();
        // By the path where it names the row, so that all pages of a row share its fate.
        const key = operation.call.path?.text.includes('{') === true ? new URL(request.url).pathname : request.url;
        return chance(key) < 0.5 ? struck(call, answerOf(404, { error: 'not_found' })) : call.replay();
      };
    },
  },
  {
    id: 'too-many-requests',
    title: 'From the middle on 20 calls in a row are refused with 429 and Retry-After: 30.',
    begin: ({ exchanges }) => {
      const calls = Object.values(exchanges).reduce((sum, count) => sum + count, 0);
      const from = Math.max(1, Math.ceil(calls / 2));
      return (call) =>
        call.number >= from && call.number < from + 20
          ? struck(call, answerOf(429, { error: 'too_many_requests' }, { 'retry-after': '30' }))
          : call.replay();
    },
  },
];

function struck(call: Call, answer: HttpResponse): Promise<HttpResponse> {
  call.strike();
  return Promise.resolve(answer);
}
