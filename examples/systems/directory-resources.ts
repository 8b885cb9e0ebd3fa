import SCIMMY from 'scimmy';
import type { Account } from './data/accounts.ts';
import type { Group } from './data/groups.ts';
import type { DirectoryStore, GroupInput, Refusal, UserInput } from './directory-store.ts';

/** A resource as the protocol library hands it over: the target, the query, and how to page. */
type Asked = {
  readonly id?: string;
  readonly filter?: SCIMMY.Types.Filter;
  constraints?: { readonly sortBy?: string; readonly startIndex?: number; readonly count?: number; readonly totalResults?: number };
};

const defaultCount = 20;

/** A group as it is read: members with their names. */
type GroupOutput = Omit<Group, 'memberIds'> & {
  readonly members: readonly { readonly value: string; readonly display?: string; readonly type: 'User' | 'Group' }[];
};

function refuse({ refused, message }: Refusal): never {
  if (refused === 'missing') throw new SCIMMY.Types.Error(404, '', message);
  if (refused === 'taken') throw new SCIMMY.Types.Error(409, 'uniqueness', message);
  throw new SCIMMY.Types.Error(400, 'invalidValue', message);
}

function accepted<T extends object>(result: T | Refusal): T {
  return 'refused' in result ? refuse(result) : result;
}

/**
 * The resources that were asked for. The library can page, but it first renders every resource there is, and beyond the last page it
 * gives the first one again, so that a client that pages until a page is empty never ends. Hence the page is cut here, except where
 * the library would cut it once more (it takes any list at least as long as the start index for a whole one) or has to sort first.
 */
function select<T extends object>(all: readonly T[], asked: Asked): T[] {
  const matching = asked.filter ? (asked.filter.match([...all]) as T[]) : [...all];
  const { sortBy, startIndex = 1, count = defaultCount } = asked.constraints ?? {};
  const page = matching.slice(startIndex - 1, startIndex - 1 + count);
  const cutHere = page.length === 0 || (sortBy === undefined && (startIndex === 1 || startIndex > page.length));
  if (!cutHere) return matching;
  asked.constraints = { ...asked.constraints, totalResults: matching.length };
  return page;
}

/** A plain copy without what the server itself decides or must not keep. */
function plain(instance: object): Record<string, unknown> {
  const {
    schemas: _schemas,
    id: _id,
    meta: _meta,
    groups: _groups,
    password: _password,
    ...rest
  } = JSON.parse(JSON.stringify(instance)) as Record<string, unknown>;
  return rest;
}

function groupInput(instance: object): GroupInput {
  const { members, ...rest } = plain(instance) as Omit<GroupInput, 'memberIds'> & { members?: readonly { value?: string }[] };
  return { ...rest, memberIds: (members ?? []).flatMap(({ value }) => value ?? []) };
}

function groupOutput(store: DirectoryStore, { memberIds, ...group }: Group): GroupOutput {
  const members = memberIds.map((value) => {
    const user = store.user(value);
    const display = user ? (user.displayName ?? user.userName) : store.group(value)?.displayName;
    return { value, ...(display === undefined ? {} : { display }), type: user ? ('User' as const) : ('Group' as const) };
  });
  return { ...group, members };
}

function readUsers(asked: Asked, store: DirectoryStore): object {
  if (asked.id === undefined) return select<Account>(store.users(), asked);
  return store.user(asked.id) ?? refuse({ refused: 'missing', message: `Resource ${asked.id} not found` });
}

function readGroups(asked: Asked, store: DirectoryStore): object {
  if (asked.id === undefined)
    return select(
      store.groups().map((group) => groupOutput(store, group)),
      asked,
    );
  const group = store.group(asked.id) ?? refuse({ refused: 'missing', message: `Resource ${asked.id} not found` });
  return groupOutput(store, group);
}

function removed(refusal: Refusal | undefined): void {
  if (refusal) refuse(refusal);
}

/**
 * Tells the protocol library how users and groups are read and written. The library knows one set of resources per process, so they
 * keep nothing themselves: each request brings the memory of the Directory that it came to.
 */
export function declareResources(): void {
  SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    egress: readUsers,
    ingress: ({ id }: Asked, instance: object, store: DirectoryStore) => accepted(store.writeUser(id, plain(instance) as UserInput)),
    degress: ({ id = '' }: Asked, store: DirectoryStore) => removed(store.removeUser(id)),
  });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
    egress: readGroups,
    ingress: ({ id }: Asked, instance: object, store: DirectoryStore) =>
      groupOutput(store, accepted(store.writeGroup(id, groupInput(instance)))),
    degress: ({ id = '' }: Asked, store: DirectoryStore) => removed(store.removeGroup(id)),
  });
}
