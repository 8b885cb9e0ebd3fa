import { flagOf, textOf, valueOf, type JsonRecord } from './json-value.ts';
import type { NimItem, NimOperand, NimRelation, NimStart } from './nim-filter.ts';

/** Items inside each other; real filters have about seven. Deeper ones are left out, so that nothing runs out of stack. */
const maxNesting = 40;

/**
 * Makes NIM's flat list a tree. An item's place is its `index`, and where that is missing its place in the list. An item whose parent is missing
 * or stands behind it hangs nowhere: NIM writes parents first, so this also ends what would be a cycle.
 */
export function readItems(records: readonly JsonRecord[], unread: string[]): NimStart | undefined {
  const places = records.map((record, place) => {
    const index = valueOf(record, 'index');
    return { record, index: typeof index === 'number' ? index : place };
  });
  const children = new Map<number, { readonly record: JsonRecord; readonly index: number }[]>();
  const known = new Set<number>();
  for (const one of places) {
    const parent = valueOf(one.record, 'parent');
    if (textOf(one.record, 'type') !== 'start') {
      if (typeof parent === 'number' && known.has(parent) && parent !== one.index)
        children.set(parent, [...(children.get(parent) ?? []), one]);
      else unread.push(`The item ${one.index} (${textOf(one.record, 'type') || 'without a type'}) hangs on no other item.`);
    }
    if (known.has(one.index)) unread.push(`Two items have the place ${one.index}.`);
    known.add(one.index);
  }
  const below = (index: number, nesting: number): readonly NimItem[] => {
    const own = children.get(index) ?? [];
    if (own.length > 0 && nesting > maxNesting) {
      unread.push(`Items are nested more than ${maxNesting} deep.`);
      return [];
    }
    // An index that occurs twice has its children once.
    children.delete(index);
    return own.flatMap((one) => readItem(one.record, () => below(one.index, nesting + 1), unread));
  };
  const starts = places.filter(({ record }) => textOf(record, 'type') === 'start');
  const [start, another] = starts;
  if (another) unread.push('It has more than one start.');
  if (!start) return undefined;
  const table = textOf(start.record, 'col_name');
  return {
    type: 'start',
    enabled: true,
    inherited: flagOf(start.record, 'inherited'),
    system: textOf(start.record, 'system_name'),
    table,
    alias: textOf(start.record, 'colrefname') || table,
    children: below(start.index, 0),
  };
}

function readItem(record: JsonRecord, below: () => readonly NimItem[], unread: string[]): readonly NimItem[] {
  const type = textOf(record, 'type');
  const base = { enabled: flagOf(record, 'enabled', true), inherited: flagOf(record, 'inherited'), children: below() };
  switch (type) {
    case 'and':
    case 'or':
      return [{ ...base, type }];
    case 'expression':
      return [
        {
          ...base,
          type,
          field: textOf(record, 'field_name'),
          leftIsParameter: flagOf(record, 'param_expression'),
          function: textOf(record, 'function_name'),
          operand: readOperand(record),
        },
      ];
    case 'reference': {
      const manyToOne = textOf(record, 'ref_type') === 'n-1';
      const table = textOf(record, manyToOne ? 'col_name_1' : 'col_name_n');
      const relation = readRelation(record);
      if (!relation) {
        unread.push(`The relation "${textOf(record, 'ref_type')}" is not known.`);
        return [];
      }
      return [
        {
          ...base,
          type,
          relation,
          option: textOf(record, 'option') || 'any',
          recursive: flagOf(record, 'recursive'),
          system: textOf(record, manyToOne ? 'system_name_1' : 'system_name_n'),
          table,
          alias: textOf(record, 'colrefname') || table,
        },
      ];
    }
    default:
      unread.push(`An item of the kind "${type}" is not known.`);
      return [];
  }
}

function readOperand(record: JsonRecord): NimOperand {
  // A value may stand beside a parameter's name that is left over from before.
  if (!flagOf(record, 'value_vs_parameter', true)) return { kind: 'parameter', name: textOf(record, 'param_name') };
  const value = valueOf(record, 'operand_value');
  return { kind: 'value', value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined };
}

function readRelation(record: JsonRecord): NimRelation | undefined {
  const kind = textOf(record, 'ref_type');
  if (kind === 'n-1' || kind === '1-n') return { kind, field: textOf(record, 'field_n') };
  if (kind !== 'n-n') return undefined;
  const ends = { near: textOf(record, 'field_link_m'), far: textOf(record, 'field_link_n') };
  const system = textOf(record, 'system_name_link');
  return system === 'intersystem' || system === ''
    ? { kind: 'inter-system', ...ends }
    : { kind: 'link', system, table: textOf(record, 'col_name_link'), ...ends };
}
