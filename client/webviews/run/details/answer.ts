import type { RowOrigin } from '../../../../engine/host/protocol.ts';
import type { TraceEntry } from '../../../../engine/run/records.ts';
import { button, element } from '../dom.ts';
import { timeText } from '../words.ts';
import { bodyElement } from './body-text.ts';
import { rowText } from './find-in-cut.ts';
import { at, isList, laidOut, parseJson } from './json-text.ts';
import { section } from './parts.ts';
import { requestLine } from './trace.ts';

/** What is needed to show the answer that a row stands in. */
export interface Answers {
  /** Property names from a body down to the rows. */
  readonly path: readonly string[];
  readonly requests: readonly TraceEntry[];
  readonly toRequest?: ((sequence: number) => void) | undefined;
}

/** The answer that a row came in: the row's own object first, then the whole, with the row standing out in it. */
export function answerDetails(origin: RowOrigin | undefined, { path, requests, toRequest }: Answers): HTMLElement {
  const entry = origin === null || origin === undefined ? undefined : requests.find(({ sequence }) => sequence === origin[0]);
  if (origin === null || origin === undefined || entry === undefined)
    return element('p', { class: 'quiet', text: 'Which answer this row stands in is not known for sure. The Requests have all answers.' });
  const [sequence, index] = origin;
  const body = entry.responseBody ?? '';
  const own = ownText(body, path, index);
  const whole = element('div', {});
  const fold = element(
    'details',
    { class: 'whole' },
    element('summary', { text: `The whole answer, row ${String(index + 1)} standing out` }),
    whole,
  );
  fold.addEventListener('toggle', () => {
    if (whole.childElementCount > 0) return;
    whole.append(bodyElement(body, own?.path));
    whole.querySelector('.own')?.scrollIntoView({ block: 'nearest' });
  });
  return element(
    'div',
    {},
    requestLine(entry),
    element('p', { class: 'quiet', text: `Answer ${String(entry.status ?? '')} of ${timeText(entry.startedAt + entry.milliseconds)}` }),
    toRequest === undefined
      ? undefined
      : element(
          'p',
          { class: 'actions' },
          button('Show the request', 'arrow-right', () => {
            toRequest(sequence);
          }),
        ),
    section(
      `Row ${String(index + 1)} of this answer, as it came`,
      own === undefined
        ? element('p', {
            class: 'quiet',
            text: 'The row lies behind what was kept of the answer, or the answer is no JSON.',
          })
        : bodyElement(own.text),
    ),
    fold,
  );
}

/** The row's own text; `path` leads to it in a body that was kept whole. */
function ownText(
  body: string,
  path: readonly string[],
  index: number,
): { readonly text: string; readonly path?: readonly (string | number)[] } | undefined {
  const value = parseJson(body);
  if (value === undefined) {
    const text = rowText(body, path, index);
    return text === undefined ? undefined : { text };
  }
  const list = at(value, path);
  if (list === undefined) return undefined;
  const full = isList(list) ? [...path, index] : path;
  const own = at(value, full);
  return own === undefined ? undefined : { text: laidOut(own), path: full };
}
