import { expect, test } from 'vitest';
import { createAskAgain, type Asked } from '../../../client/features/expectations/ask-again.ts';

/** Answers in their order, the last one for ever; and who wants to do something between two of them. */
function asker(answers: readonly Asked[], meanwhile: (asked: number) => void = () => undefined) {
  let asked = 0;
  const again = createAskAgain(
    () => {
      asked++;
      meanwhile(asked);
      return Promise.resolve(answers[Math.min(asked, answers.length) - 1] ?? 'unknown');
    },
    { attempts: 5, pause: () => Promise.resolve() },
  );
  return { again, times: () => asked };
}

test('a file is asked for until it is known', async () => {
  const { again, times } = asker(['unknown', 'unknown', 'known']);
  await again.touched('a');
  expect(times()).toBe(3);
  await again.touched('a');
  expect(times()).toBe(4);
});

test('one that never becomes known has one loop, and once given up is asked for once a change', async () => {
  const { again, times } = asker(['unknown']);
  await Promise.all([again.touched('a'), again.touched('a'), again.touched('a')]);
  expect(times()).toBe(5);
  await again.touched('a');
  expect(times()).toBe(6);
  await again.touched('b');
  expect(times()).toBe(11);
});

test('one that went and came again is waited for anew', async () => {
  const { again, times } = asker(['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'gone', 'unknown', 'known']);
  await again.touched('a');
  await again.touched('a');
  expect(times()).toBe(6);
  await again.touched('a');
  expect(times()).toBe(8);
});

test('a change while the answer is on its way asks once more', async () => {
  const { again, times } = asker(['known'], (asked) => {
    if (asked === 1) void again.touched('a');
  });
  await again.touched('a');
  expect(times()).toBe(2);
});

test('a document that is closed is not waited for', async () => {
  const { again, times } = asker(['unknown'], (asked) => {
    if (asked === 2) again.closed('a');
  });
  await again.touched('a');
  expect(times()).toBe(2);
});

test('after a failure it is asked for again', async () => {
  let fails = true;
  const again = createAskAgain(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve('known')), {
    attempts: 5,
    pause: () => Promise.resolve(),
  });
  await expect(again.touched('a')).rejects.toThrow('away');
  fails = false;
  await again.touched('a');
});
