import { isTimeZone } from '../filter/time-zone.ts';
import { nearest } from '../text/nearest.ts';
import { childOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Problem } from '../text/problem.ts';

/** What is wrong with `timeZone` in `sollist.json`; `root` is that of the file. */
export function checkTimeZone(root: JsonNode | undefined): readonly Problem[] {
  const zone = stringOf(childOf(root, 'timeZone'));
  if (!zone || isTimeZone(zone.text)) return [];
  const meant = nearest(zone.text, Intl.supportedValuesOf('timeZone'));
  return [
    {
      code: 'unknown-time-zone',
      severity: 'error',
      message: `"${zone.text}" is no time zone.${meant === undefined ? '' : ` Did you mean "${meant}"?`} Zones have names such as "Europe/Amsterdam" or "UTC".`,
      span: zone.span,
      ...(meant !== undefined && { fixes: [{ title: `Change to "${meant}"`, span: zone.span, text: JSON.stringify(meant) }] }),
    },
  ];
}
