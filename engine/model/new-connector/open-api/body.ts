import type { Json, JsonObject } from '../parsed.ts';
import { objectOf } from '../parsed.ts';
import { propertyOf, type ObjectShape } from '../shape.ts';
import type { ApiOperation, OpenApi } from './document.ts';
import { shapeOfSchema } from './schema-shape.ts';

/** What the body of a write holds, seen from the row. */
export interface WriteBody {
  /** The columns it takes; undefined where the document does not say. */
  readonly shape: ObjectShape | undefined;
  /** A template, where the body is not simply the columns in their tree. */
  readonly template?: Json;
  /** A PatchOp names what it changes, so nothing is mandatory in it. */
  readonly partial?: boolean;
}

/** A body that no mapping can fill in, and why. */
export interface Unfit {
  readonly unfit: string;
}

const patchMessage = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The body of a write of `row`. */
export function bodyOf(root: OpenApi, operation: ApiOperation, row: ObjectShape): WriteBody | Unfit {
  if (operation.foreignBody) return { unfit: 'its body is neither JSON nor a form' };
  if (!operation.body) return { shape: undefined };
  if (operation.body.mediaType === 'application/json-patch+json') return { unfit: 'it wants a JSON Patch, which no template can make' };
  const shape = shapeOfSchema(root, operation.body.schema);
  if (shape.kind === 'unknown') return { shape: undefined };
  if (shape.kind !== 'object') return { unfit: 'its body is a list or a plain value, not one row' };
  if (isPatchOp(shape)) return patchOp(row);
  return wrapped(shape, row) ?? plain(shape, row);
}

/** A SCIM PatchOp (RFC 7644, 3.5.2): a list `Operations` of what to do. */
export function isPatchOp(shape: ObjectShape): boolean {
  const operations = propertyOf(shape, 'Operations')?.shape;
  return operations?.kind === 'list' && propertyOf(operations.item, 'op') !== undefined;
}

function patchOp(row: ObjectShape): WriteBody {
  return { shape: row, partial: true, template: scimPatch({ op: 'replace', value: { _nim_merge_attributes_: true } }) };
}

/** A PatchOp with one operation. */
export function scimPatch(operation: JsonObject): JsonObject {
  return { schemas: [patchMessage], Operations: [operation] };
}

/** `{"user": {…}}`: the row stands in the one property of the body. */
function wrapped(shape: ObjectShape, row: ObjectShape): WriteBody | undefined {
  const [outer, more] = shape.properties;
  if (!outer || more || outer.shape.kind !== 'object' || propertyOf(row, outer.name)) return undefined;
  if (!outer.shape.properties.some(({ name }) => propertyOf(row, name))) return undefined;
  return { shape: outer.shape, template: { [outer.name]: { _nim_merge_attributes_: true } } };
}

/** The columns themselves; what the body must always say and no row holds stands beside them. */
function plain(shape: ObjectShape, row: ObjectShape): WriteBody {
  const fixed = shape.properties.filter(
    ({ name, required, constant }) =>
      required === true && constant !== undefined && !/[{}]/.test(String(constant)) && !propertyOf(row, name),
  );
  if (fixed.length === 0) return { shape };
  const constants = objectOf(fixed.map(({ name, constant }) => [name, constant]));
  return {
    shape: { kind: 'object', properties: shape.properties.filter((property) => !fixed.includes(property)) },
    template: { ...constants, _nim_merge_attributes_: true },
  };
}
