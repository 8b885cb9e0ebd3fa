import type { AttributeChange, MappingPlan, Plan, PlannedChange, WireRequest } from '../../run/plan/plan.ts';
import { printAttention, printBasis } from './basis.ts';
import { printRoles } from './roles.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

export interface PlanPrintOptions {
  readonly colour: boolean;
  /** Also the request of every change. */
  readonly requests: boolean;
}

/** A plan for a person: what to read first, each mapping's changes with their reasons, and what the plan rests on. */
export function printPlan(plan: Plan, options: PlanPrintOptions): string {
  const style = createStyle(options.colour);
  const { workspace, environment, attention, mappings, roles, assumed, restsOn } = plan;
  const empty = mappings.length === 0 && roles.length === 0;
  return [
    `${style.bold(`Plan for ${plain(workspace)}`)}${environment === undefined ? '' : style.dim(` (${plain(environment)})`)}\n`,
    printAttention(attention, style),
    '\n',
    empty ? 'There is no mapping in mappings/ yet, so there is nothing to plan.\n' : '',
    table(
      mappings.map((mapping) => [plain(mapping.mapping), ...countsOf(mapping, style)]),
      { right: [1], indent: '  ', longest: 200 },
    ),
    // What stands above in full is not said again.
    ...mappings.map((mapping) =>
      printMapping({ ...mapping, notes: mapping.notes.filter((note) => !attention.some((line) => note.startsWith(line))) }, options, style),
    ),
    ...roles.map(
      (report) => `\n${printRoles({ ...report, attention: [] }, { colour: options.colour, all: false, reasons: false, basis: false })}`,
    ),
    empty ? '' : printBasis(restsOn, style),
    ...(assumed.length > 0 ? [`\n${style.bold('Assumed')}\n`, ...assumed.map((line) => `  ${plain(line)}\n`)] : []),
  ].join('');
}

function countsOf({ changes, kind, unchanged, leftAlone }: MappingPlan, style: Style): readonly string[] {
  const blocked = changes.filter((change) => change.blocked !== undefined).length;
  return [
    String(changes.length - blocked),
    [
      `to ${kind}`,
      ...(blocked > 0 ? [style.yellow(`${blocked} blocked`)] : []),
      ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
      ...(leftAlone > 0 ? [`${leftAlone} empty value${leftAlone === 1 ? '' : 's'} left alone`] : []),
    ].join(', '),
  ];
}

function printMapping(mapping: MappingPlan, options: PlanPrintOptions, style: Style): string {
  if (mapping.changes.length === 0 && mapping.notes.length === 0) return '';
  const title = `\n${style.bold(plain(mapping.mapping))} ${style.dim(plain(`${mapping.filter} → ${mapping.system}.${mapping.table}, ${mapping.operation}`))}\n`;
  const notes = mapping.notes.map((note) => `  ${style.yellow('!')} ${plain(note)}\n`);
  return [title, ...notes, ...mapping.changes.map((change) => printChange(change, mapping, options, style))].join('');
}

function printChange(change: PlannedChange, mapping: MappingPlan, options: PlanPrintOptions, style: Style): string {
  const sign = { create: style.green('+'), update: style.blue('~'), delete: style.red('−') }[change.kind];
  const attributes = change.kind === 'delete' ? [] : change.attributes.map((attribute) => `      ${printAttribute(attribute, style)}\n`);
  const why = `      ${style.dim(`because ${plain(change.reasons.join('; '))}`)}\n`;
  // A reason that blocks every change is told once, above.
  const known = change.blocked !== undefined && mapping.notes.some((note) => note.endsWith(change.blocked ?? ''));
  const blocked =
    change.blocked === undefined ? '' : known ? style.yellow(' blocked') : `\n      ${style.yellow(`blocked: ${plain(change.blocked)}`)}`;
  const request = options.requests && change.request ? printRequest(change.request, style) : '';
  const key = change.key === change.display ? '' : ` ${style.dim(plain(change.key))}`;
  return `  ${sign} ${plain(change.display)}${key}${blocked}\n${attributes.join('')}${why}${request}`;
}

function printAttribute({ name, from, to }: AttributeChange, style: Style): string {
  return from === undefined
    ? `${plain(name)}: ${style.green(cell(to))}`
    : `${plain(name)}: ${style.red(cell(from))} → ${style.green(cell(to))}`;
}

function printRequest({ verb, url, headers, body }: WireRequest, style: Style): string {
  const lines = [
    `${verb} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [body]),
  ];
  return lines.map((line) => `        ${style.dim(plain(line))}\n`).join('');
}

function cell(value: AttributeChange['to']): string {
  return value === null || value === '' ? 'nothing' : plain(JSON.stringify(value));
}
