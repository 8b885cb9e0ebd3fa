import { fold, singular } from '../names.ts';
import { objectOf, type Json, type JsonObject } from '../parsed.ts';
import { propertyOf, type ObjectShape, type ShapeProperty } from '../shape.ts';
import { bodyOf, isPatchOp } from './body.ts';
import type { ApiOperation, OpenApi } from './document.ts';
import { propertyFor } from './match.ts';
import type { ApiPath } from './path.ts';
import type { PlannedTable } from './plan.ts';
import { shapeOfSchema } from './schema-shape.ts';

/** A table whose rows say who is a member of what. */
export interface PlannedMembership {
  readonly table: PlannedTable;
  readonly group: PlannedTable;
  readonly member: PlannedTable;
  /** The column of the table with the member's key. */
  readonly column: string;
  readonly add: {
    readonly operation: ApiOperation;
    readonly path: ApiPath;
    readonly ofItem: boolean;
    readonly body: JsonObject | undefined;
  };
  readonly remove: ApiOperation;
}

/**
 * Whether a nested list is clearly one of members: its rows are those of another table or name one by its key, one can be added, and one
 * can be removed.
 */
export function membershipOf(root: OpenApi, table: PlannedTable, tables: readonly PlannedTable[]): PlannedMembership | undefined {
  const { collection, parent, row } = table;
  const group = parent?.table;
  const { item } = collection;
  const remove = item?.on.get('delete');
  if (!group || !item || !remove || remove.body || remove.foreignBody || collection.row === 'texts') return undefined;
  // What has parts of its own is more than a membership.
  if (parent.iterator !== group.key || tables.some((other) => other.parent?.table === table)) return undefined;
  const last = item.path.segments.at(-1);
  const parameter = last?.kind === 'parameter' ? last.name : '';
  // Members have a list of their own, in all or beside the groups; what is listed below something else is a part of that.
  const others = tables.filter(
    (other) =>
      other !== table && other !== group && other.key !== undefined && (!other.parent || other.parent.table === group.parent?.table),
  );
  const member = sameRows(table, others) ?? calledSo(parameter, others);
  if (!member) return undefined;
  const column = (propertyFor(row, member.thing, parameter, undefined) ?? propertyOf(row, member.key ?? ''))?.name;
  if (column === undefined || table.given.includes(column)) return undefined;
  const add = addingOf(root, table, member, column, parameter);
  return add && { table, group, member, column, add, remove };
}

function sameRows({ collection }: PlannedTable, others: readonly PlannedTable[]): PlannedTable | undefined {
  const same = others.filter((other) => collection.rowSchema !== undefined && other.collection.rowSchema === collection.rowSchema);
  // The list of all of them, nearest to the root, is the table people mean.
  return [...same].sort((a, b) => a.collection.path.segments.length - b.collection.path.segments.length)[0];
}

/** `{userId}` names a row of `users`. */
function calledSo(parameter: string, others: readonly PlannedTable[]): PlannedTable | undefined {
  const word = fold(parameter).replace(/(?:id|uuid|guid|key|name|number|no|code|login|email)$/, '');
  return word === '' ? undefined : others.find(({ name }) => fold(singular(name)) === word || fold(name) === word);
}

function addingOf(
  root: OpenApi,
  { collection, row }: PlannedTable,
  member: PlannedTable,
  column: string,
  parameter: string,
): PlannedMembership['add'] | undefined {
  const post = collection.on.get('post');
  const onItem = collection.item?.on.get('put') ?? collection.item?.on.get('post');
  // Beside a POST on the list, a PUT on one row with a body changes that row.
  if (onItem && collection.item && !(post && onItem.body)) {
    const body = bodyOf(root, onItem, row);
    const constants = 'unfit' in body ? undefined : body.shape ? constantsOf(body.shape, undefined) : {};
    return (
      constants && {
        operation: onItem,
        path: collection.item.path,
        ofItem: true,
        body: Object.keys(constants).length > 0 ? constants : undefined,
      }
    );
  }
  if (!post?.body) return undefined;
  const shape = shapeOfSchema(root, post.body.schema);
  if (shape.kind !== 'object' || isPatchOp(shape)) return undefined;
  const place = placeOfMember(shape, member, column, parameter);
  const constants = place && constantsOf(shape, place.name);
  return (
    place && constants && { operation: post, path: collection.path, ofItem: false, body: { ...place.body(`{${column}}`), ...constants } }
  );
}

/** Where in the body the member's key stands. */
function placeOfMember(
  shape: ObjectShape,
  member: PlannedTable,
  column: string,
  parameter: string,
): { readonly name: string; readonly body: (value: string) => JsonObject } | undefined {
  const thing = fold(member.thing);
  const names = [fold(parameter), fold(column), `${thing}id`, 'memberid', 'id', 'value', `${thing}name`];
  const named = names.flatMap(
    (wanted) => shape.properties.find(({ name }) => fold(name) === wanted || fold(name) === `${wanted}s`) ?? [],
  )[0];
  const required = shape.properties.filter((property) => property.required === true);
  const found = named ?? (required.length === 1 ? required[0] : undefined);
  if (!found) return undefined;
  const { name, shape: inner } = found;
  if (inner.kind === 'scalar') return { name, body: (value) => ({ [name]: value }) };
  if (inner.kind === 'list' && inner.item.kind === 'scalar') return { name, body: (value) => ({ [name]: [value] }) };
  const key = inner.kind === 'object' ? propertyOf(inner, member.key ?? '')?.name : undefined;
  return key === undefined ? undefined : { name, body: (value) => ({ [name]: { [key]: value } }) };
}

/** What the body must say besides, as far as the document knows it; undefined where it does not. */
function constantsOf(shape: ObjectShape, except: string | undefined): JsonObject | undefined {
  const others = shape.properties.filter(({ name, required, readOnly }) => required === true && readOnly !== true && name !== except);
  const values = others.map((property): readonly [string, Json | undefined] => [property.name, fixedValue(property)]);
  return values.some(([, value]) => value === undefined) ? undefined : objectOf(values);
}

function fixedValue({ constant, likely }: ShapeProperty): Json | undefined {
  const value = constant ?? likely;
  return value === undefined || /[{}]/.test(String(value)) ? undefined : value;
}
