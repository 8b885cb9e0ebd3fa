import type { RunKind } from '../run-record.ts';

/** Every kind of run, as ids and files name it. */
export const runKinds: readonly RunKind[] = ['dry-run', 'collect', 'filter', 'mapping', 'roles', 'rehearsal', 'test'];

const pattern = new RegExp(`^\\d{8}T\\d{9}Z-(${runKinds.join('|')})-[0-9a-f]{4}$`);

/** An id that sorts by time: `20261122T081500123Z-dry-run-3f2a`. `random` is in [0, 1). */
export function makeRunId(kind: RunKind, startedAt: number, random: number): string {
  const time = new Date(startedAt).toISOString().replace(/[-:.]/g, '');
  return `${time}-${kind}-${Math.floor(random * 0x10000)
    .toString(16)
    .padStart(4, '0')}`;
}

/** Whether a text is such an id. Only then may it become part of a path. */
export function isRunId(text: string): boolean {
  return pattern.test(text);
}
