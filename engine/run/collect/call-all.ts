import type { Template } from '../../model/connector/template.ts';
import { valueOf } from '../../model/text/json.ts';
import { SollistError } from '../error.ts';
import type { Cell } from '../records.ts';
import type { SequenceContext } from './call-page.ts';
import type { UnitContext } from './collect-unit.ts';
import { createOrder } from './in-order.ts';
import { iterate } from './iterate.ts';
import type { LoadRows } from './loading.ts';
import { noteFailedParents, noteMissingField, noteParents, noteRepeatedParents } from './notes.ts';
import { countRepeated, countRows, readParents } from './parents.ts';
import { runSequence } from './sequence.ts';
import { refuseNone, skipFailed } from './skip-failed.ts';
import { countPage, listFailed, listPage, skipParent } from './tally.ts';
import { iteratedColumns, type Unit } from './units.ts';
import { firstOf, renderPlain, type Variables, type VariableValue } from './variables.ts';

/** Sessions an iteration may have at most, whatever a connector says. */
const mostSessions = 32;

/** A value of `base`; null where what it is made of is null. Throws `variable-missing` (subject: the variable) for what nothing gives. */
function baseValue(template: Template, variables: Variables, what: () => string): string | null {
  let isNull = false;
  for (const { name } of template.variables) {
    const value = variables(name);
    if (value === undefined)
      throw new SollistError('variable-missing', `${what()} the value {${name}} in "base", and nothing gives that one here.`, {
        subject: name,
      });
    if (value === null) isNull = true;
  }
  return isNull ? null : renderPlain(template, variables).text;
}

/** Makes all calls of a unit, in its call mode, and hands their rows on in the order of the calls. */
export async function callAll(sequence: SequenceContext, unit: Unit, context: UnitContext, add: LoadRows): Promise<void> {
  const { tally, operation, connection } = sequence;
  const { call } = operation;
  const { signal } = context.run;
  const baseOf = (own: ReadonlyMap<string, VariableValue>): ReadonlyMap<string, unknown> => {
    const variables = firstOf(own, connection.variables);
    const base = new Map<string, unknown>();
    for (const { name, template } of call.base)
      base.set(
        name.text,
        baseValue(template, variables, () => `${connection.system}: ${operation.name.text} gives the column ${name.text}`),
      );
    return base;
  };

  const list: LoadRows = (rows, base) => {
    listPage(tally, rows.length);
    add(rows, base);
  };
  switch (call.mode) {
    case 'constant': {
      const values = valueOf(call.values);
      const rows = Array.isArray(values) ? (values as readonly unknown[]) : values === undefined ? [] : [values];
      countPage(tally, rows.length);
      listPage(tally, rows.length);
      tally.end = 'constant';
      tally.announced = undefined;
      if (values === undefined)
        tally.flaws.add(`${operation.name.text} is a constant without "values", so whether there are rows nobody can tell.`);
      add(rows, baseOf(new Map()));
      return;
    }
    case 'normal': {
      const base = baseOf(new Map());
      await runSequence(sequence, new Map(), (rows) => list(rows, base), signal);
      return;
    }
    case 'iteration': {
      const parent = unit.parent?.table;
      const iterator = call.iterator?.text;
      if (!parent || iterator === undefined) throw new Error('an iteration without a parent is found before it is run');
      const { vault } = context;
      tally.parents = { total: countRows(vault, connection.system, parent.name), skipped: 0 };
      noteParents(unit, context, tally);
      noteRepeatedParents(parent.name, iterator, countRepeated(vault, connection.system, parent.name, iteratedColumns(operation)), tally);
      const sessions = Math.min(operation.maxSessionCount ?? 1, mostSessions);
      const parents = readParents(vault, connection.system, parent.name, iteratedColumns(operation));
      const order = createOrder(sessions * 4);
      await iterate(parents, sessions, signal, async (row: ReadonlyMap<string, Cell>, joint) => {
        const value = row.get(iterator) ?? null;
        if (value === null || value === '') {
          skipParent(tally, `Rows of ${parent.name} without ${iterator} were skipped.`);
          return true;
        }
        const variables = new Map<string, VariableValue>([...row, ['iterator', value]]);
        const turn = await order.next(joint);
        try {
          const base = baseOf(variables);
          return await runSequence(sequence, variables, (rows) => turn.write(() => list(rows, base)), joint);
        } catch (error) {
          if (joint.aborted) throw error;
          const failure = skipFailed(error, tally, context.failedParents ?? 'skip');
          turn.write(() => listFailed(tally, String(value), failure));
          return true;
        } finally {
          turn.end();
        }
      });
      refuseNone(tally);
      noteMissingField(operation.outputField ?? '', tally);
      noteFailedParents(parent.name, tally);
    }
  }
}
