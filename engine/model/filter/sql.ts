/** SQL with the values of its `?`, in order. Only the texts of this program, quoted identifiers and plain numbers ever become SQL text. */
export interface Sql {
  readonly text: string;
  readonly parameters: readonly (string | number | null)[];
}

/** A piece of SQL, its gaps filled with other pieces. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  let text = strings[0] ?? '';
  const parameters: (string | number | null)[] = [];
  parts.forEach((part, i) => {
    text += part.text + (strings[i + 1] ?? '');
    for (const value of part.parameters) parameters.push(value);
  });
  return { text, parameters };
}

export const emptySql: Sql = { text: '', parameters: [] };

/** A name in double quotes. SQLite ends its text at a null character, so none may get there; binding refuses such names. */
export function identifier(name: string): Sql {
  return { text: `"${name.toWellFormed().replaceAll('\0', '\uFFFD').replaceAll('"', '""')}"`, parameters: [] };
}

/** A value as a `?`. */
export function value(of: string | number | boolean | null): Sql {
  return { text: '?', parameters: [typeof of === 'boolean' ? Number(of) : of] };
}

/** A number written out, so that whole numbers stay whole: the database package binds every number as a float. */
export function numeral(of: number): Sql {
  return { text: Number.isFinite(of) ? String(of) : 'NULL', parameters: [] };
}

const separators = { comma: ', ', commaLine: ',\n       ', line: '\n', and: ' AND ', or: ' OR ', unionAll: '\nUNION ALL\n' } as const;

export function joinSql(parts: readonly Sql[], separator: keyof typeof separators): Sql {
  return { text: parts.map((part) => part.text).join(separators[separator]), parameters: parts.flatMap((part) => part.parameters) };
}

/** Conditions joined by AND or OR. Long lists are halved, since SQLite bounds how deep an expression may be. */
export function logicSql(parts: readonly Sql[], operator: 'and' | 'or'): Sql {
  if (parts.length <= 32) return joinSql(parts, operator);
  const half = parts.length >> 1;
  const [left, right] = [logicSql(parts.slice(0, half), operator), logicSql(parts.slice(half), operator)];
  return operator === 'and' ? sql`(${left}) AND (${right})` : sql`(${left}) OR (${right})`;
}
