/** A JSON object that came from outside: nothing is known of its values. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own value of that name; what it inherits, such as `constructor`, is none of the file. */
export function valueOf(record: JsonRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function textOf(record: JsonRecord, name: string): string {
  const value = valueOf(record, name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function flagOf(record: JsonRecord, name: string, otherwise = false): boolean {
  const value = valueOf(record, name);
  return typeof value === 'boolean' ? value : otherwise;
}

export function recordOf(record: JsonRecord, name: string): JsonRecord {
  const value = valueOf(record, name);
  return isRecord(value) ? value : {};
}

export function recordsOf(record: JsonRecord, name: string): readonly JsonRecord[] {
  const value = valueOf(record, name);
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textsOf(record: JsonRecord, name: string): readonly string[] {
  const value = valueOf(record, name);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** JSON as our files have it: two blanks, a line break at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
