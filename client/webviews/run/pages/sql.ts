import { element, iconButton } from '../dom.ts';
import { pairs, section } from '../details/parts.ts';
import type { Part } from '../part.ts';
import { post } from '../host.ts';
import type { RunOutcome } from '../messages.ts';

type FilterOutcome = Extract<RunOutcome, { kind: 'filter' }>;

/** The statement a filter became. */
export function sqlPart({ report, parameters }: FilterOutcome): Part {
  const entries = Object.entries(parameters).map(([name, value]) => [`@${name}`, value === null ? 'null' : String(value)] as const);
  return {
    node: element(
      'div',
      { class: 'page-text' },
      entries.length === 0 ? undefined : section('Parameters', pairs(entries, 'pairs code')),
      section(
        'SQL',
        element(
          'div',
          { class: 'sql' },
          iconButton('Copy the SQL', 'copy', () => {
            post({ type: 'copy', text: report.sql });
          }),
          element('pre', { class: 'body', text: report.sql, attributes: { tabindex: '0', dir: 'ltr' } }),
        ),
      ),
    ),
  };
}
