import type { Connector } from '../../model/connector/connector.ts';
import type { System } from '../../model/system/system.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../error.ts';

/** Tables whose loss of rows is right, by their own names. Throws `unknown-table` for one that the system has not: it would accept nothing, unnoticed. */
export function acceptedTables(connector: Connector, system: System, names: readonly string[]): ReadonlySet<string> {
  const known = [...new Set([...system.tables.map(({ name }) => name.text), ...connector.tables.map(({ name }) => name)])];
  return new Set(
    names.map((name) => {
      const table = known.includes(name) || !name.startsWith(`${system.name}.`) ? name : name.slice(system.name.length + 1);
      if (known.includes(table)) return table;
      throw new SollistError('unknown-table', `--accept: ${system.name} has no table "${table}".${didYouMean(table, known)}`, {
        subject: table,
      });
    }),
  );
}
