import type { Connector } from '../../../model/connector/connector.ts';
import type { RecordedAnswer } from './form.ts';

/**
 * The answers to one request with one more. A replay knows no credentials, so that a refused token is left out as soon as the same request was
 * answered with a fresh one; a good answer that came again says nothing new, since a replay repeats the last one.
 */
export function appendAnswer(answers: readonly RecordedAnswer[], answer: RecordedAnswer, connector: Connector): readonly RecordedAnswer[] {
  const last = answers.at(-1);
  if (!last) return [answer];
  if (isRefusedToken(last, connector) && !isRefusedToken(answer, connector)) return [...answers.slice(0, -1), answer];
  return isGood(answer) && JSON.stringify(last) === JSON.stringify(answer) ? answers : [...answers, answer];
}

function isRefusedToken(answer: RecordedAnswer, { rest }: Connector): boolean {
  if (!('status' in answer)) return false;
  const { status } = answer;
  // Where a retry rule speaks about 500, the attempts belong to the evidence.
  const retried = rest.retry.some(({ on }) => on.kind === 'status' && on.status === 500);
  return status === 401 || (status === 500 && rest.auth.treat500AsAuthError && !retried);
}

function isGood(answer: RecordedAnswer): boolean {
  return 'status' in answer && answer.status >= 200 && answer.status < 300;
}
