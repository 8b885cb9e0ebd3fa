/** A table that a filter may join, with some of its columns. */
export interface JoinedTable {
  readonly system: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** A filter of about `lines` lines over these tables: columns, cases, scripts, joins with and without brackets, many conditions, lookups. */
export function largeFilter(tables: readonly JoinedTable[], lines: number): string {
  const joined = Array.from({ length: 24 }, (_, index) => ({ ...(tables[index % tables.length] as JoinedTable), alias: `t${index}` }));
  const name = (index: number, column: number): string => {
    const { alias, columns } = joined[index % joined.length] as (typeof joined)[number];
    return `${alias}.${columns[column % columns.length] ?? ''}`;
  };
  const parameters = Array.from({ length: 12 }, (_, index) => `parameter wanted${index} text default 'value ${index}'`);
  const scripts = Array.from({ length: 6 }, (_, index) => {
    const [one, other] = [name(index, 1), name(index + 1, 2)];
    return [
      `script $$`,
      `         if (!${one}) return null;`,
      `         return String(${one}).trim() + ' ' + ${other};`,
      `       $$ as script${index}`,
    ];
  });
  const joins = joined
    .slice(1)
    .flatMap(({ system, table, alias }, index) => [
      `${index % 3 === 0 ? 'left ' : ''}join ${system}.${table} as ${alias}`,
      `  on   ${name(index + 1, 0)} = ${name(index, 0)}`,
      `  and  ${name(index + 1, 1)} is not null -- kept by join ${index}`,
    ]);
  const rest = lines - parameters.length - scripts.flat().length - joins.length - 8;
  const columns = Array.from({ length: Math.floor(rest / 2) }, (_, index) =>
    index % 7 === 0
      ? `case when ${name(index, 1)} = 'a' then upper(${name(index, 2)}) else coalesce(${name(index, 1)}, '-') end as column${index}`
      : `${name(index, index)} as column${index}`,
  );
  const conditions = Array.from({ length: Math.ceil(rest / 2) }, (_, index) =>
    index % 5 === 0
      ? `(${name(index * 3, 1)} like '%${index}' or ${name(index * 3, 2)} in ('x', 'y', @wanted${index % 12}))`
      : `${name(index * 3, 1)} <> 'value ${index}' collate nocase`,
  );
  return [
    '-- A filter as long as they get.',
    ...parameters,
    '',
    `select ${[...columns.map((column) => [column]), ...scripts].map((item) => item.join('\n')).join(',\n       ')}`,
    `from   ${joined[0]?.system ?? ''}.${joined[0]?.table ?? ''} as t0`,
    ...joins,
    `where  ${conditions.join('\n  and  ')}`,
    `order by column1, column2 desc`,
    '',
    `lookup known include column1 in ${tables[0]?.system ?? ''}.${tables[0]?.table ?? ''}.${tables[0]?.columns[0] ?? ''}`,
    '',
  ].join('\n');
}
