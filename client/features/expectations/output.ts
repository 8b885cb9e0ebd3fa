import type { ExpectationsTested } from '../../../engine/host/protocol.ts';
import type { TraceEntry } from '../../../engine/run/records.ts';

/** What the output of a test run says of one system; lines end as a terminal wants them. */
export function outputOf(tested: ExpectationsTested): string {
  const { system, file, source, error, tables, state, requests, startedAt, endedAt } = tested;
  const on =
    source === undefined
      ? ''
      : source.kind === 'live'
        ? ', live'
        : source.kind === 'replay'
          ? ` on ${source.recording}`
          : ` on ${source.folder}`;
  const seconds = ((endedAt - startedAt) / 1000).toFixed(2);
  const lines = [
    `${system}${on}: ${state} in ${seconds} s`,
    ...(error ? [`  ${error.message}`] : []),
    ...tables.flatMap(({ table, error: why, collected, expectations }) => [
      `  ${table}${collected ? `, ${counted(collected.rows, 'row')} in ${counted(collected.calls, 'call')}${collected.complete ? '' : ', not proven complete'}` : ''}${error === undefined && why !== undefined ? `: ${why}` : ''}`,
      ...expectations.flatMap(({ title, failures }) =>
        failures.map(({ message, place }) => `    ✗ ${title}: ${message} (${file}:${String(place.line)}:${String(place.column)})`),
      ),
    ]),
    // Of a test that passed nobody reads how.
    ...(state === 'passed' || requests.length === 0 ? [] : ['  Requests:', ...requests.map(requestLine)]),
  ];
  return `${lines.map(oneLine).join('\r\n')}\r\n\r\n`;
}

function requestLine({ verb, url, status, error, milliseconds, bytes, attempt }: TraceEntry): string {
  const answer = status === undefined ? (error ?? 'no answer') : String(status);
  const again = attempt > 0 ? `, attempt ${String(attempt + 1)}` : '';
  return `    ${verb} ${url} → ${answer}, ${String(Math.round(milliseconds))} ms, ${String(bytes)} bytes${again}`;
}

function counted(number: number, one: string): string {
  return `${String(number)} ${number === 1 ? one : `${one}s`}`;
}

/** What an API sent must not steer the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\t\u2028\u2029]+/g, ' ').replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
