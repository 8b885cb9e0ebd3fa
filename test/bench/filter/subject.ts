import { readFileSync } from 'node:fs';
import { boundHeap } from '../../../engine/run/bounded-heap.ts';

/* Reads so many rows of a filter in a process of its own, so that its memory can be told: `subject.ts VAULT ROWS`. Prints the peak over idle. */

const [, , path = '', limit = ''] = process.argv;
boundHeap();
const { openVault } = await import('../../../engine/run/vault/open-vault.ts');
const { queryOf, readAll } = await import('./sides.ts');
const vault = openVault(path);
const query = queryOf({ filter: 'select m."group", m.member, a.userName from ad.members as m left join ad.accounts as a' }, Number(limit));
globalThis.gc?.();
const idle = process.memoryUsage().rss;
const read = readAll(vault.query(query));
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
vault.close();
console.log(JSON.stringify({ megabytes: (peak - idle) / (1024 * 1024), read }));
