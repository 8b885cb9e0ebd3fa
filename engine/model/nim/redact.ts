import { isSecretName } from '../connector/rules/rest/secrets.ts';
import { isRecord, type JsonRecord } from './json-value.ts';

/**
 * JSON without the values of what is called like a secret: a property of such a name, and `value` beside `"name": "password"`. Texts alone are
 * taken out; `found` gets the names. Nested deeper than anything NIM writes is left out.
 */
export function redact(value: unknown, found: (name: string) => void, nesting = 0): unknown {
  if (typeof value === 'string') {
    if (!/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(value)) return value;
    found('a private key');
    return '';
  }
  if (typeof value !== 'object' || value === null) return value;
  if (nesting > 200) return null;
  if (Array.isArray(value)) return value.map((one) => redact(one, found, nesting + 1));
  return isRecord(value) ? redactRecord(value, found, nesting) : value;
}

function redactRecord(record: JsonRecord, found: (name: string) => void, nesting: number): JsonRecord {
  const named = ['name', 'param_name'].map((key) => record[key]).find((name): name is string => typeof name === 'string');
  const isNamedSecret = named !== undefined && isSecretName(named);
  const entries = Object.entries(record).map(([key, one]): readonly [string, unknown] => {
    const isSecret = isSecretName(key) || (isNamedSecret && (key === 'value' || key === 'default_value'));
    if (!isSecret || typeof one !== 'string' || one === '') return [key, redact(one, found, nesting + 1)];
    found(isSecretName(key) ? key : (named ?? key));
    return [key, ''];
  });
  return withoutSecretCells(Object.fromEntries(entries), found);
}

/** Rows of a table that are lists have their names in its columns. */
function withoutSecretCells(record: JsonRecord, found: (name: string) => void): JsonRecord {
  const { columns, rows } = record;
  if (!Array.isArray(columns) || !Array.isArray(rows)) return record;
  const names = columns.map((column) => (isRecord(column) && typeof column['name'] === 'string' ? column['name'] : ''));
  if (!names.some(isSecretName)) return record;
  const clean = rows.map((row: unknown) =>
    Array.isArray(row)
      ? row.map((cell: unknown, index) => {
          const name = names[index] ?? '';
          if (typeof cell !== 'string' || cell === '' || !isSecretName(name)) return cell;
          found(name);
          return '';
        })
      : row,
  );
  return { ...record, rows: clean };
}
