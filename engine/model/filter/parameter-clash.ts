import type { Fix, Name, Problem, RelatedPlace, Span } from '../text/problem.ts';
import type { FilterDocument, FilterParameter } from './filter.ts';
import type { Around } from './find-filter.ts';
import type { ParameterNode } from './tree.ts';
import { sameName } from './words.ts';

/** A filter that another one rests on, under the name it is named by there. */
export interface Other {
  readonly name: Name;
  readonly parameters: readonly FilterParameter[];
}

/**
 * Parameters that a filter and its parent both declare, with different types: the conditions of both read one value, and one of them would take it
 * for something that it is not. Another default is the child's good right: it is declared anew for that.
 */
export function clashesWithParent(around: Around, parent: Other): readonly Problem[] {
  return around.document.parameters.flatMap((own) => {
    const theirs = sameIn(parent.parameters, own);
    return theirs ? typeClash(around, parent, own, theirs) : [];
  });
}

/**
 * As `clashesWithParent` for an appended filter, which takes the value of the parameter here: also two defaults that differ, since without a value
 * given its rows are others than when it is run alone. `parameters`: those of this filter, inherited ones included.
 */
export function clashesWithAppended(around: Around, parameters: readonly FilterParameter[], appended: Other): readonly Problem[] {
  return parameters.flatMap((own) => {
    const theirs = sameIn(appended.parameters, own);
    if (!theirs) return [];
    const clash = typeClash(around, appended, own, theirs);
    return clash.length > 0 ? clash : otherDefault(around, appended, own, theirs);
  });
}

function typeClash(around: Around, other: Other, own: FilterParameter, theirs: FilterParameter): readonly Problem[] {
  if (own.type === theirs.type) return [];
  const node = declarationIn(around.document, own.name.text);
  const type = node?.type;
  const message = `"${own.name.text}" is a ${own.type} here and a ${theirs.type} in "${other.name.text}", and both read the same value. Declare it as ${theirs.type} here or as ${own.type} there, or rename one of the two.`;
  const fixes: readonly Fix[] = type ? [{ title: `Make it a ${theirs.type}`, span: type.span, text: theirs.type }] : [];
  return [problem('parameter-clash', 'error', message, type?.span ?? other.name.span, placesOf(around, other, own, theirs), fixes)];
}

function otherDefault(around: Around, other: Other, own: FilterParameter, theirs: FilterParameter): readonly Problem[] {
  if (own.default === undefined || theirs.default === undefined || own.default === theirs.default) return [];
  const message = `"${own.name.text}" is ${shown(own.default)} here and ${shown(theirs.default)} in "${other.name.text}": the rows appended are those for ${shown(own.default)}. Rename one of the two if each is to have its own.`;
  const span = declarationIn(around.document, own.name.text)?.default?.span ?? other.name.span;
  return [problem('parameter-default', 'info', message, span, placesOf(around, other, own, theirs), [])];
}

function problem(
  code: string,
  severity: Problem['severity'],
  message: string,
  span: Span,
  related: readonly RelatedPlace[],
  fixes: readonly Fix[],
): Problem {
  return { code, severity, message, span, ...(related.length > 0 && { related }), ...(fixes.length > 0 && { fixes }) };
}

/** Where the two are declared; an inherited one in the file that does. */
function placesOf(around: Around, other: Other, own: FilterParameter, theirs: FilterParameter): readonly RelatedPlace[] {
  const here = declaredBy(around, { document: around.document, path: '' }, own.name.text);
  const named = around.library.find(other.name.text);
  const there = named && declaredBy(around, named, theirs.name.text);
  return [
    { path: '', span: other.name.span, message: `"${other.name.text}" is named here.` },
    ...(here && here.path !== '' ? [{ ...here, message: `A ${own.type} here.` }] : []),
    ...(there ? [{ ...there, message: `A ${theirs.type} here.` }] : []),
  ];
}

/** The declaration of a parameter in a filter or the nearest one that it extends; undefined where its file is not known. */
function declaredBy(
  { library }: Around,
  from: { readonly document: FilterDocument; readonly path?: string },
  name: string,
): { readonly path: string; readonly span: Span } | undefined {
  let at: { readonly document: FilterDocument; readonly path?: string } | undefined = from;
  for (let depth = 0; at && depth < 20; depth++) {
    const node = declarationIn(at.document, name);
    if (node) return at.path === undefined ? undefined : { path: at.path, span: node.span };
    const parent: Name | undefined = at.document.tree?.parent;
    at = parent && library.find(parent.text);
  }
  return undefined;
}

function declarationIn({ tree }: FilterDocument, name: string): ParameterNode | undefined {
  return tree?.parameters.find((node) => sameName(node.name.text, name));
}

function sameIn(parameters: readonly FilterParameter[], { name }: FilterParameter): FilterParameter | undefined {
  return parameters.find((one) => sameName(one.name.text, name.text));
}

function shown(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'` : String(value);
}
