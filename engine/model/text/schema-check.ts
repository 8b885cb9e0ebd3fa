import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { within } from './anchor.ts';
import { elementsOf, propertiesOf, spanOf, valueOf, type JsonNode } from './json.ts';
import { listNames } from './list-names.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Problem, Severity, Span } from './problem.ts';

/**
 * Holds a JSON tree, or a part of one, against a schema; what is wrong comes back as sentences, one problem a place. `unless` is an object in
 * it whose properties are not looked at.
 */
export type SchemaCheck = (root: JsonNode, unless?: JsonNode) => readonly Problem[];

/**
 * A check against one JSON Schema, compiled on first use. `missingSeverity` says how much a missing property weighs; by default it is an
 * error. Codes: `wrong-type`, `unknown-value`, `unknown-property`, `missing-property`, `extra-elements`, `empty-object`, `wrong-value`.
 */
export function createSchemaCheck(schema: object, missingSeverity: (property: string) => Severity = () => 'error'): SchemaCheck {
  let compiled: ValidateFunction | undefined;
  return (root, unless) => {
    compiled ??= new Ajv({ allErrors: true, verbose: true, strict: false, allowUnionTypes: true }).compile(schema);
    compiled(valueOf(root, unless));
    return [...groupByPlace(compiled.errors ?? [])].flatMap(([place, errors]) => describe(root, place, errors, missingSeverity));
  };
}

function groupByPlace(errors: readonly ErrorObject[]): ReadonlyMap<string, readonly ErrorObject[]> {
  const groups = new Map<string, ErrorObject[]>();
  for (const error of errors) groups.set(error.instancePath, [...(groups.get(error.instancePath) ?? []), error]);
  return groups;
}

function describe(
  root: JsonNode,
  place: string,
  errors: readonly ErrorObject[],
  missingSeverity: (property: string) => Severity,
): readonly Problem[] {
  const found = locate(root, place);
  const subject = found.name === undefined ? 'This' : `"${found.name}"`;
  const of = (keyword: string): ErrorObject | undefined => errors.find((error) => error.keyword === keyword);
  const problem = (code: string, severity: Severity, message: string, more: Partial<Problem> = {}): readonly Problem[] => [
    { code, severity, message, span: spanOf(found.node), ...more },
  ];
  if (of('oneOf') && found.node.type === 'object')
    return problem('wrong-value', 'error', `${subject} ${alternatives(of('oneOf'))}.`, { span: found.nameSpan ?? opening(found.node) });
  const type = of('type');
  if (type) {
    const wanted = [type.params['type'] as string | string[]].flat();
    const message = `${subject} must be ${wanted.map((name) => words[name] ?? name).join(' or ')}, not ${words[found.node.type] ?? 'this'}.`;
    return problem('wrong-type', 'error', message, withoutQuotes(found.node, wanted));
  }
  const choice = of('enum');
  if (choice) {
    const allowed = (choice.params['allowedValues'] as unknown[]).map(String);
    const meant = nearest(String(found.node.value), allowed);
    const help = meant === undefined ? `It may be ${allowed.join(', ')}.` : `Did you mean "${meant}"?`;
    const fixes =
      meant === undefined ? {} : { fixes: [{ title: `Change to "${meant}"`, span: spanOf(found.node), text: JSON.stringify(meant) }] };
    return problem('unknown-value', 'error', `${subject} cannot be "${String(found.node.value)}". ${help}`, fixes);
  }
  return [
    ...unknownProperties(found, errors),
    ...missingProperties(found, subject, errors, missingSeverity),
    ...sizes(found, subject, errors),
  ];
}

/** The repair of a number, or of true or false, that was written as a text. */
function withoutQuotes(node: JsonNode, wanted: readonly string[]): Partial<Problem> {
  const text = node.type === 'string' ? String(node.value).trim() : '';
  const fits =
    (wanted.includes('boolean') && /^(?:true|false)$/.test(text)) ||
    (wanted.includes('integer') && /^(?:0|-?[1-9]\d*)$/.test(text)) ||
    (wanted.includes('number') && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text));
  return fits ? { fixes: [{ title: `Change to ${text}`, span: spanOf(node), text }] } : {};
}

function unknownProperties(found: Located, errors: readonly ErrorObject[]): readonly Problem[] {
  return errors
    .filter(({ keyword }) => keyword === 'additionalProperties')
    .flatMap((error) => {
      const name = String(error.params['additionalProperty']);
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
      const span = propertiesOf(found.node).find((property) => property.name.text === name)?.name.span ?? opening(found.node);
      const meant = nearest(name, known);
      const help = didYouMean(name, known) || ` It may have: ${known.filter((property) => property !== '$schema').join(', ')}.`;
      const fixes = meant === undefined ? {} : { fixes: [{ title: `Change to "${meant}"`, span, text: JSON.stringify(meant) }] };
      return [{ code: 'unknown-property', severity: 'error' as const, message: `"${name}" means nothing here.${help}`, span, ...fixes }];
    });
}

function missingProperties(
  found: Located,
  subject: string,
  errors: readonly ErrorObject[],
  severityOf: (property: string) => Severity,
): readonly Problem[] {
  const missing = errors.filter(({ keyword }) => keyword === 'required').map(({ params }) => String(params['missingProperty']));
  if (missing.length === 0) return [];
  const severity = missing.map(severityOf).includes('error') ? 'error' : 'warning';
  const names = listNames(
    missing.map((name) => `"${name}"`),
    Infinity,
  );
  const where = found.name === undefined ? 'Here' : `In ${subject}`;
  const message = `${where} ${names} ${missing.length === 1 ? 'is' : 'are'} missing. Add ${missing.length === 1 ? 'it' : 'them'}.`;
  return [{ code: 'missing-property', severity, message, span: found.nameSpan ?? opening(found.node) }];
}

function sizes(found: Located, subject: string, errors: readonly ErrorObject[]): readonly Problem[] {
  const of = (...keywords: string[]): boolean => errors.some(({ keyword }) => keywords.includes(keyword));
  const span = found.node.type === 'object' || found.node.type === 'array' ? (found.nameSpan ?? opening(found.node)) : spanOf(found.node);
  if (of('maxItems'))
    return [
      {
        code: 'extra-elements',
        severity: 'warning',
        message: `Only the first entry of ${subject} says what its elements look like. Remove the others.`,
        span,
      },
    ];
  if (of('minProperties'))
    return [{ code: 'empty-object', severity: 'warning', message: `${subject} is empty, so it does nothing. Add a property.`, span }];
  if (of('minItems', 'minLength')) return [{ code: 'wrong-value', severity: 'error', message: `${subject} must not be empty.`, span }];
  if (of('uniqueItems')) return [{ code: 'wrong-value', severity: 'error', message: `${subject} names something twice.`, span }];
  if (of('minimum', 'maximum', 'pattern'))
    return [{ code: 'wrong-value', severity: 'error', message: `${subject} ${errors[0]?.message ?? 'is out of range'}.`, span }];
  return [];
}

/** What the alternatives of a `oneOf` need, in words. */
function alternatives(error: ErrorObject | undefined): string {
  const choices = (error?.schema as readonly { required?: readonly string[]; type?: string | readonly string[] }[] | undefined) ?? [];
  const names = choices.map(({ required, type }) =>
    required
      ? required.map((name) => `"${name}"`).join(' and ')
      : [type ?? '']
          .flat()
          .map((name) => words[name] ?? name)
          .join(' or '),
  );
  return `must have exactly one of these forms: ${names.join('; ')}`;
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

/** Only the first character of a large node: nobody wants a whole object underlined. */
function opening(node: JsonNode): Span {
  return within(spanOf(node), 0, Math.min(1, node.length));
}

interface Located {
  readonly node: JsonNode;
  readonly name?: string;
  readonly nameSpan?: Span;
}

/** The node at a JSON pointer, with the name it stands under. */
function locate(root: JsonNode, pointer: string): Located {
  const [key] = root.parent?.type === 'property' ? (root.parent.children ?? []) : [];
  let found: Located = { node: root, ...(key && { name: String(key.value), nameSpan: spanOf(key) }) };
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const property = propertiesOf(found.node).findLast(({ name }) => name.text === step);
    const element = found.node.type === 'array' ? elementsOf(found.node)[Number(step)] : undefined;
    if (element) found = { node: element };
    else if (property) found = { node: property.value, name: step, nameSpan: property.name.span };
    else return found;
  }
  return found;
}
