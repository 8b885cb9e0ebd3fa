import { analyseScript } from '../../model/script/analyse-script.ts';
import { isVariableName } from '../../model/script/known-names.ts';
import type { ScriptColumn, ScriptInput, ScriptStage, ScriptType } from '../../model/script/script-stage.ts';

/** A script made into a function, and what it is called with. */
export interface ScriptCode {
  /** The code of a function expression. */
  readonly code: string;
  /** Expressions over all cells `r`, of which those of the row begin at `b`; one per parameter. */
  readonly arguments: readonly string[];
  readonly type: ScriptType;
}

/** The code of a stage; `inputs` are the places that its rows hold, in that order. */
export interface StageCode {
  readonly inputs: readonly number[];
  readonly scripts: readonly ScriptCode[];
  /** A function of the kit and of the scripts' functions; it gives what loads rows and works them off. */
  readonly code: string;
}

/** Makes the code of a stage: each script gets the tables it names, with the columns it reads, made anew for each row. */
export function makeStageCode(stage: ScriptStage): StageCode {
  const places = new Map<number, number>();
  const place = (index: number): string => {
    if (!places.has(index)) places.set(index, places.size);
    return `r[b + ${places.get(index) ?? 0}]`;
  };
  const scripts = stage.columns.map((column) => scriptCode(column, stage, place));
  return { scripts, code: loopCode(scripts, places.size), inputs: [...places.keys()] };
}

/** The body of a function as a function: names that it only assigns are its own, so that no row leaves them to another. */
export function functionCode(code: string, parameters: readonly string[], tables: readonly string[] = []): string {
  const { free, strict } = analyseScript(code, tables);
  const assigned = new Set(free.filter(({ use }) => use === 'assigned').map(({ name }) => name));
  const own = [...assigned].filter((name) => isVariableName(name) && !parameters.includes(name));
  const variables = strict || own.length === 0 ? '' : `var ${own.join(',')};`;
  // On the first line, so that lines count as the author's do.
  return `(function (${parameters.join(', ')}) {${strict ? '"use strict";' : ''}${variables}${code}\n})`;
}

function scriptCode({ code, type }: ScriptColumn, stage: ScriptStage, place: (index: number) => string): ScriptCode {
  const tables = [...new Set([...stage.inputs, ...stage.presences].map(({ alias }) => alias))];
  const { reads, aliases, dynamic, free } = analyseScript(code, tables);
  const named = new Set(free.map(({ name }) => name));
  const whole = (alias: string): boolean => dynamic || aliases.includes(alias);
  const tableOf = (alias: string): string => {
    const inputs = stage.inputs.filter(
      (input) => input.alias === alias && (whole(alias) || reads.some((read) => read.alias === alias && read.column === input.column)),
    );
    const object = `({${inputs.map((input) => `${key(input.column)}: ${valueOf(input, place(input.index))}`).join(', ')}})`;
    const presence = stage.presences.find((one) => one.alias === alias);
    return presence ? `(${place(presence.index)} === null ? undefined : ${object})` : object;
  };
  const parameters = tables.filter((alias) => named.has(alias) && isVariableName(alias));
  const made = parameters.map(tableOf);
  if (named.has('data')) {
    const members = tables.map(
      (alias) => `${key(alias)}: ${parameters.includes(alias) ? `p${parameters.indexOf(alias)}` : tableOf(alias)}`,
    );
    parameters.push('data');
    made.push(`({${members.join(', ')}})`);
  }
  return { code: functionCode(code, parameters, tables), arguments: made, type };
}

/** A property that is one, also where it is called `__proto__`. */
function key(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : JSON.stringify(name);
}

function valueOf({ type }: ScriptInput, value: string): string {
  if (type === 'boolean') return `(${value} === 1 ? true : ${value} === 0 ? false : ${value})`;
  return type === 'list' ? `list(${value})` : value;
}

/**
 * Works rows off one after the other. `at` is shared with the outside: the row and the column being worked on, and how often work was taken
 * up; it is how the outside, and the loop when it goes on, know where a script was when it was stopped.
 */
function loopCode(scripts: readonly ScriptCode[], width: number): string {
  const steps = scripts.map(({ arguments: made, type }, k) => {
    const call = `s${k}(${made.map((_, i) => `p${i}`).join(', ')})`;
    const locals = made.map((expression, i) => `const p${i} = ${expression};`).join(' ');
    const cell = type === 'any' || type === 'text' ? `typeof value === 'string' ? value : ${type}(value)` : `${type}(value)`;
    return `if (first <= ${k}) {
          if (off[${k}]) made[row * ${scripts.length} + ${k}] = null;
          else {
            at[1] = ${k};
            try { ${locals} const value = ${call}; const cell = ${cell}; made[row * ${scripts.length} + ${k}] = cell; }
            catch (error) {
              if (outOfMemory(error)) return finish(true);
              const reason = why(error);
              made[row * ${scripts.length} + ${k}] = null;
              problems.push(row, ${k}, reason);
            }
          }
        }`;
  });
  return `(function (${['kit', ...scripts.map((_, k) => `s${k}`)].join(', ')}) {
  'use strict';
  const { at, list, any, text, number, boolean, date, datetime, why, outOfMemory, stringify, parse } = kit;
  let cells = [], end = 0, out = [], problems = [], left = [];
  kit.rows(() => { const row = []; for (let i = 0; i < ${width}; i++) row[i] = cells[at[0] * ${width} + i]; return stringify(row); });
  const finish = (full) => stringify([full ? 1 : 0, out, problems]);
  return {
    load(json) {
      [cells, end, at[1], left] = parse(json);
      at[0] = 0;
      out = [];
      problems = [];
      for (let i = 0; i < at[1]; i++) out[i] = null;
    },
    skip() { out[at[0] * ${scripts.length} + at[1]] = null; at[1]++; },
    leave(k) { left[k] = 1; },
    go() {
      at[2]++;
      const r = cells, until = end, made = out, off = left;
      let first = at[1];
      for (let row = at[0], b = row * ${width}; row < until; row++, b += ${width}) {
        at[0] = row;
        ${steps.join('\n        ')}
        first = 0;
      }
      return finish(false);
    },
  };
})`;
}
