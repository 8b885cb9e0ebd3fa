import { childOf } from '../../../text/json.ts';
import { findTable, type Operation, type Table } from '../../connector.ts';
import { namesOf } from '../../read-operation.ts';
import { variablesOf } from '../../template.ts';
import { defineRule } from '../rule.ts';

/**
 * An iteration does not note in `base` which row each result belongs to. Calls for one single object, whose path ends with `{iterator}`, need
 * none, and neither do answers that say it themselves: a column such as `userId` for rows of `users`.
 *
 * Why: the rows of all calls end in one table. Without a column from `base`, what belongs to what is lost. The documentation wants
 * `{iterator}` in `base` always.
 *
 * Example: `"path": "/groups/{iterator}/members"` without `"base": {"group_id": "{iterator}"}`.
 */
export const baseWithoutIterator = defineRule('base-without-iterator', 'hint', ({ connector, facts }) =>
  facts.operations.flatMap(({ table, operation }) => {
    const { call, role } = operation;
    const owner = call.mode === 'iteration' && call.table ? findTable(connector, call.table.text) : undefined;
    if (role !== 'get' || !owner || !call.table || !call.iterator) return [];
    const telling = new Set(['iterator', ...call.iteratorColumns.map(({ text }) => text)]);
    if (call.base.some(({ template }) => variablesOf(template).some(({ name }) => telling.has(name)))) return [];
    if (isOneObject(operation) || saysItself(table, owner, operation)) return [];
    const column = `${singular(lastWord(owner.name))}_${call.iterator.text}`;
    return [
      {
        span: call.table.span,
        message: `Nothing says which row of "${owner.name}" the results belong to. Unless the answer does, add "base": {"${column}": "{iterator}"} to this call.`,
      },
    ];
  }),
);

/** Whether a path asks for one object by its key, which is in the answer then. */
function isOneObject({ call }: Operation): boolean {
  return /\{iterator(?::\w+)?\}\/?(?:\?.*)?$/.test(call.path?.text ?? '');
}

/** Whether a column of the answer names the other table, or is one of those by which others refer to it. */
function saysItself(table: Table, owner: Table, { call }: Operation): boolean {
  const references = namesOf(childOf(owner.node, 'keyRefs')).map(({ text }) => text);
  const word = singular(lastWord(owner.name)).toLowerCase();
  return table.columns.some(({ name, path, specifier }) => {
    // What NIM fills itself is not in the answer.
    if (/^(?:_:)?_nim\b/.test(specifier) || call.base.some((own) => own.name.text === name)) return false;
    if (references.includes(name)) return true;
    return [name, path.join('')].some((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]/gu, '')
        .includes(word),
    );
  });
}

/** `students` of `classroom_course_students` and of `courseStudents`. */
function lastWord(name: string): string {
  return /[\p{Lu}]?[\p{Ll}\p{N}]+$|[\p{L}\p{N}]+$/u.exec(name)?.[0] ?? name;
}

function singular(word: string): string {
  return word
    .replace(/ies$/i, 'y')
    .replace(/([^s])s$/i, '$1')
    .toLowerCase();
}
