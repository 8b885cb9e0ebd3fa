import type { AttributeChange, MappingPlan, Plan, PlannedChange, WireRequest } from '../../run/plan/plan.ts';
import { printAttention, printBasis } from './basis.ts';
import { printRoles } from './roles.ts';
import { createStyle, type Style } from './style.ts';
import { plain } from './table.ts';

export interface PlanPrintOptions {
  readonly colour: boolean;
  /** Also the request of every change. */
  readonly requests: boolean;
}

/** A plan for a person: what to read first, each mapping's changes with their reasons, and what the plan rests on. */
export function printPlan(plan: Plan, options: PlanPrintOptions): string {
  const style = createStyle(options.colour);
  return [
    `${style.bold(`Plan for ${plan.workspace}`)}${plan.environment === undefined ? '' : ` ${style.dim(plan.environment)}`}\n`,
    printAttention(plan.attention, style),
    ...plan.mappings.map((mapping) => printMapping(mapping, options, style)),
    ...plan.roles.map((report) => `\n${printRoles({ ...report, attention: [] }, { colour: options.colour, all: false, reasons: false })}`),
    plan.mappings.length > 0 ? printBasis(plan.restsOn, style) : '',
    ...(plan.assumed.length > 0 ? [`\n${style.dim('assumed')}\n`, ...plan.assumed.map((line) => `  ${line}\n`)] : []),
    `\nNothing was sent.\n`,
  ].join('');
}

function printMapping(mapping: MappingPlan, options: PlanPrintOptions, style: Style): string {
  const blocked = mapping.changes.filter((change) => change.blocked !== undefined).length;
  const counts = [
    `${mapping.changes.length - blocked} to ${mapping.kind}`,
    ...(blocked > 0 ? [style.yellow(`${blocked} blocked`)] : []),
    `${mapping.unchanged} unchanged`,
    ...(mapping.leftAlone > 0 ? [`${mapping.leftAlone} attributes left alone`] : []),
  ].join(', ');
  const title = `\n${style.bold(mapping.mapping)} ${style.dim(`${mapping.filter} → ${mapping.system}.${mapping.table}.${mapping.operation}`)}\n  ${counts}\n`;
  return `${title}${mapping.notes.map((note) => `  ${style.yellow('!')} ${note}\n`).join('')}${mapping.changes.map((change) => printChange(change, options, style)).join('')}`;
}

function printChange(change: PlannedChange, options: PlanPrintOptions, style: Style): string {
  const sign = { create: style.green('+'), update: style.blue('~'), delete: style.red('−') }[change.kind];
  const attributes = change.attributes.map((attribute) => `      ${printAttribute(attribute, style)}\n`).join('');
  const why = `      ${style.dim(`because ${change.reasons.join('; ')}`)}\n`;
  const blocked = change.blocked === undefined ? '' : `      ${style.yellow(`blocked: ${change.blocked}`)}\n`;
  const request = options.requests && change.request ? printRequest(change.request, style) : '';
  return `  ${sign} ${plain(change.display)} ${style.dim(change.key)}\n${attributes}${why}${blocked}${request}`;
}

function printAttribute({ name, from, to }: AttributeChange, style: Style): string {
  return from === undefined ? `${name}: ${style.green(cell(to))}` : `${name}: ${style.red(cell(from))} → ${style.green(cell(to))}`;
}

function printRequest({ verb, url, headers, body }: WireRequest, style: Style): string {
  const lines = [`${verb} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), ...(body === undefined ? [] : ['', body])];
  return lines.map((line) => `        ${style.dim(plain(line))}\n`).join('');
}

function cell(value: AttributeChange['to']): string {
  return value === null || value === '' ? 'nothing' : plain(JSON.stringify(value));
}
