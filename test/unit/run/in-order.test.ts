import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOrder, type Turn } from '../../../engine/run/collect/in-order.ts';

const never = new AbortController().signal;

test('whoever answers first, the order is that of the beginning', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.nat()), async (count, chance) => {
      const order = createOrder(count);
      const turns: { readonly turn: Turn; readonly number: number; left: number }[] = [];
      for (let number = 0; number < count; number++)
        turns.push({ turn: await order.next(never), number, left: 1 + ((chance.next().value ?? 0) % 3) });
      const written: number[] = [];
      while (turns.length > 0) {
        const at = (chance.next().value ?? 0) % turns.length;
        const one = turns[at]!;
        if (one.left-- > 0) one.turn.write(() => written.push(one.number));
        else {
          one.turn.end();
          turns.splice(at, 1);
        }
      }
      expect(written).toEqual([...written].sort((a, b) => a - b));
      expect(new Set(written).size).toBe(count);
    }),
  );
});

test('no more turns are open than the window holds, and an abort lets go', async () => {
  const order = createOrder(2);
  const first = await order.next(never);
  await order.next(never);
  let third = false;
  const waiting = order.next(never).then(() => (third = true));
  await Promise.resolve();
  expect(third).toBe(false);
  first.end();
  await waiting;
  const controller = new AbortController();
  const fourth = order.next(controller.signal);
  controller.abort();
  await fourth;
});
