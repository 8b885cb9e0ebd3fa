import { childOf, elementsOf, numberOf, propertiesOf, spanOf, stringOf, type JsonNode } from '../../../text/json.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * A retry that never ends, or as good as never: no `maxCount`, a negative one, more than a hundred tries, or waits that add up to more than
 * a day. A wait of nothing between two tries is reported too.
 *
 * Why: a collection hangs where it should fail, or a server in trouble is asked without a pause.
 *
 * Example: `"retry": {"type": "simple", "maxCount": -1, "waitTime": 5}`.
 */
export const endlessRetry = defineRule('endless-retry', 'warning', ({ connector }) =>
  elementsOf(childOf(connector.rest.node, 'config', 'retry')).flatMap((entry): readonly Finding[] => {
    const retry = childOf(entry, 'retry');
    if (retry?.type !== 'object') return [];
    const count = childOf(retry, 'maxCount');
    const times = numberOf(count);
    if (!count) {
      const place = propertiesOf(entry).find(({ value }) => value === retry);
      return [{ span: place?.name.span ?? spanOf(retry), message: 'Nothing says when to give up. Add "maxCount", such as 10.' }];
    }
    // Anything but a number is the schema's business.
    if (times === undefined) return [];
    if (times < 0) return [{ span: spanOf(count), message: `${times} tries never end. Write how often to try again, such as 10.` }];
    if (times > most) {
      return [
        { span: spanOf(count), message: `${times} tries are as good as endless. Write at most ${most}, and a longer wait between them.` },
      ];
    }
    return tooLongOrShort(retry, times);
  }),
);

const most = 100;
const day = 24 * 60 * 60;

function tooLongOrShort(retry: JsonNode, times: number): readonly Finding[] {
  const exponential = stringOf(childOf(retry, 'type'))?.text === 'exponential';
  const place = childOf(retry, exponential ? 'timeSlice' : 'waitTime');
  const wait = numberOf(place);
  if (!place || wait === undefined || times === 0) return [];
  if (wait <= 0) {
    return [
      { span: spanOf(place), message: `Without a wait the server is asked again at once. Write ${exponential ? '1000' : '5'} or more.` },
    ];
  }
  const ceiling = numberOf(childOf(retry, 'ceiling')) ?? times;
  let seconds = 0;
  for (let attempt = 0; attempt < times; attempt++) seconds += exponential ? (wait / 1000) * 2 ** Math.min(attempt, ceiling) : wait;
  if (seconds <= day) return [];
  const unit = exponential ? 'milliseconds, doubled each time up to "ceiling"' : 'seconds';
  return [
    {
      span: spanOf(place),
      message: `The waits of ${times} tries add up to more than a day. ${exponential ? 'timeSlice' : 'waitTime'} counts ${unit}; write less.`,
    },
  ];
}
