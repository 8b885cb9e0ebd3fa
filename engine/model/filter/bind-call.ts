import { didYouMean, nearest } from '../text/nearest.ts';
import { type Aggregates, bindExpression, expectType } from './bind-expression.ts';
import { type Binder, replaceBy, report, type Scope } from './binder.ts';
import { filterFunctions, findFunction, functionsElsewhere, type FilterFunction } from './functions.ts';
import type { CallNode } from './tree.ts';
import { commonType, type ValueType } from './types.ts';

/** Binds a function call: the function is in the list, and its arguments fit. */
export function bindCall(binder: Binder, call: CallNode, scope: Scope, aggregates: Aggregates): ValueType {
  const known = findFunction(call.name.text);
  const types = call.arguments.map((argument) => bindExpression(binder, argument, scope, known?.aggregate ? 'nested' : aggregates));
  if (!known) {
    unknownFunction(binder, call);
    return 'unknown';
  }
  if (known.aggregate && aggregates !== 'allowed') {
    const message =
      aggregates === 'nested'
        ? `${known.name} cannot stand inside another aggregate.`
        : `${known.name} counts over groups of rows and can only stand in the columns, "having" and "order by". A condition on it belongs in "having".`;
    report(binder, 'aggregate-misplaced', message, call.span);
  }
  checkArguments(binder, call, known, types);
  if (known.result !== 'argument') return known.result;
  // nullif gives its first argument or null.
  return known.name === 'nullif' ? (types[0] ?? 'unknown') : commonType(types);
}

function checkArguments(binder: Binder, call: CallNode, known: FilterFunction, types: readonly ValueType[]): void {
  const wrong = call.star ? known.name !== 'count' : types.length < known.least || types.length > known.most;
  if (wrong || (call.distinct && (!known.aggregate || (types.length !== 1 && known.name !== 'group_concat')))) {
    report(binder, 'wrong-arguments', `This is written ${known.signature}.`, call.span);
    return;
  }
  call.arguments.forEach((argument, i) => {
    const wanted = known.arguments[Math.min(i, known.arguments.length - 1)];
    const type = types[i] ?? 'unknown';
    if (wanted === 'number' || wanted === 'boolean') expectType(binder, argument, type, wanted);
    // Texts hold days, too; a number or a truth value never does.
    if (wanted === 'day' && type !== 'text') expectType(binder, argument, type, 'date');
  });
  const [first, second] = call.arguments;
  if (known.compares && second && types[0] !== 'list')
    for (const argument of [first, second]) if (argument) textExpected(binder, argument, binder.types.get(argument) ?? 'unknown');
}

function textExpected(binder: Binder, argument: CallNode['arguments'][number], type: ValueType): void {
  // Numbers and days are searched as the text they are stored as.
  if (type === 'boolean' || type === 'list') expectType(binder, argument, type, 'text');
}

function unknownFunction(binder: Binder, call: CallNode): void {
  const { text, span } = call.name;
  if (text === '') return;
  const names = filterFunctions.map((one) => one.name);
  const elsewhere = functionsElsewhere.get(text.toLowerCase());
  const near = elsewhere === undefined ? nearest(text, [...names, 'matched']) : undefined;
  const hint = elsewhere === undefined ? didYouMean(text, names) : ` Here it is written ${elsewhere}.`;
  report(binder, 'unknown-function', `There is no function "${text}".${hint}`, span, { fixes: replaceBy(near, span) });
}
