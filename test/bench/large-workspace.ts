import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from './samples.ts';

/** The filter that is checked after everything else. */
export const lastFilter = 'zz';

/** What a large workspace has. */
export const counts = { connectors: 200, filters: 500 };

/** Writes a workspace of many connectors, each with a system, and many filters over their tables; returns the path of one connector. */
export function writeLargeWorkspace(folder: string): string {
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  for (const name of ['connectors', 'systems', 'filters']) mkdirSync(join(folder, name), { recursive: true });
  write('sollist.json', '{ "name": "Large" }\n');
  const connector = generate(18_000);
  const tables = Object.keys((JSON.parse(connector) as { schema: { crud_objects: object } }).schema.crud_objects);
  for (let number = 1; number <= counts.connectors; number++) {
    write(`connectors/api${number}.json`, connector);
    const collected = Object.fromEntries(tables.map((table) => [table, {}]));
    const connection = { tenant_id: 'localhost', client_id: 'a', client_secret: { env: 'SECRET' }, page_size: '100' };
    write(`systems/s${number}.json`, JSON.stringify({ connector: `api${number}`, connection, tables: collected }, null, 2));
  }
  for (let number = 1; number <= counts.filters; number++) {
    const one = `s${(number % counts.connectors) + 1}.${tables[number % tables.length]}`;
    const other = `s${((number * 7) % counts.connectors) + 1}.${tables[(number * 3) % tables.length]}`;
    write(
      `filters/F${number}.filter`,
      `select p.id, p.userName, q.mail as otherMail\nfrom ${one} as p\nleft join ${other} as q on q.employeeNumber = p.employeeNumber\nwhere p.active = true and p.department = 'IT'\n`,
    );
  }
  // Checked last, and wrong, so that its report says that everything has been looked at.
  write(`filters/${lastFilter}.filter`, 'select nothing from nowhere.at_all\n');
  return 'connectors/api1.json';
}
