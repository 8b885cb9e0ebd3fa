import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { builtInNames, vaultFunctions } from '../../model/script/known-names.ts';
import type { ScriptGlobal, ScriptServices, UnansweredQuestion } from './script-runner.ts';
import { functionCode } from './stage-code.ts';
import type { Watch } from './watch.ts';

type VmFunctionAnswer = QuickJSHandle | { readonly error: QuickJSHandle };

const unnamed: UnansweredQuestion = {
  problem: 'The vault is asked by names: those of a system and a table as texts, and with ByRef that of a column.',
};

/** Puts into a fresh interpreter what scripts may ask of the world: the vault's functions, constants and libraries. */
export function defineServices(context: QuickJSContext, kit: QuickJSHandle, { exists, globals }: ScriptServices, watch: Watch): void {
  const textOf = (handle: QuickJSHandle | undefined): string | undefined =>
    handle && context.typeof(handle) === 'string' ? context.getString(handle) : undefined;
  const ask = (
    system: string | undefined,
    table: string | undefined,
    column: string | undefined,
    key: QuickJSHandle | undefined,
  ): VmFunctionAnswer => {
    const value = (key && valueOf(context, key)) ?? null;
    const answer = system === undefined || table === undefined ? unnamed : exists(system, table, column, value);
    if (typeof answer === 'boolean') return answer ? context.true : context.false;
    return { error: context.newError(answer.problem) };
  };
  define(
    context,
    kit,
    'vaultObjectExists',
    context.newFunction('vaultObjectExists', (system, table, key) => ask(textOf(system), textOf(table), undefined, key)),
  );
  define(
    context,
    kit,
    'vaultObjectExistsByRef',
    context.newFunction('vaultObjectExistsByRef', (system, table, column, key) =>
      ask(textOf(system), textOf(column) === undefined ? undefined : textOf(table), textOf(column), key),
    ),
  );
  for (const [name, global] of globals)
    if (![...builtInNames, ...vaultFunctions].includes(name)) defineGlobal(context, kit, name, global, watch);
}

function defineGlobal(context: QuickJSContext, kit: QuickJSHandle, name: string, global: ScriptGlobal, watch: Watch): void {
  const code = global.kind === 'constant' ? JSON.stringify(global.value) : `${functionCode(global.code, [])}()`;
  watch.begin('library');
  const result = context.evalCode(code, 'script');
  watch.end();
  if (!result.error) {
    define(context, kit, name, result.value);
    return;
  }
  const shown: unknown = context.dump(result.error);
  result.error.dispose();
  const said = typeof shown === 'object' && shown !== null && 'message' in shown ? String(shown.message) : String(shown);
  const why = said === 'interrupted' ? 'it takes longer than a second' : said;
  call(context, kit, 'broken', [
    context.newString(name),
    context.newString(`The library ${name} could not be loaded: ${why.slice(0, 300)}`),
  ]);
}

function define(context: QuickJSContext, kit: QuickJSHandle, name: string, value: QuickJSHandle): void {
  call(context, kit, 'global', [context.newString(name), value]);
}

function call(context: QuickJSContext, kit: QuickJSHandle, name: string, values: readonly QuickJSHandle[]): void {
  context.getProp(kit, name).consume((target) => context.unwrapResult(context.callFunction(target, kit, ...values)).dispose());
  for (const value of values) value.dispose();
}

/** Texts, numbers and booleans can be asked for; nothing else is in the vault. */
function valueOf(context: QuickJSContext, handle: QuickJSHandle): string | number | boolean | undefined {
  switch (context.typeof(handle)) {
    case 'string':
      return context.getString(handle);
    case 'number':
      return context.getNumber(handle);
    case 'boolean':
      return context.dump(handle) === true;
    default:
      return undefined;
  }
}
