import { accounts, directoryId } from './data/accounts.ts';
import type { Account } from './data/accounts.ts';
import { groups } from './data/groups.ts';
import type { Group } from './data/groups.ts';

/** What may be said about a user or a group by whoever writes it. */
export type UserInput = Omit<Account, 'id' | 'meta' | 'active'> & { readonly active?: boolean };
export type GroupInput = Omit<Group, 'id' | 'meta'>;

/** Why a write was refused; the message is for a person. */
export type Refusal = { readonly refused: 'missing' | 'taken' | 'unknown member'; readonly message: string };

/** Directory's memory. A write without an id creates. */
export type DirectoryStore = {
  users(): readonly Account[];
  groups(): readonly Group[];
  user(id: string): Account | undefined;
  group(id: string): Group | undefined;
  writeUser(id: string | undefined, input: UserInput): Account | Refusal;
  writeGroup(id: string | undefined, input: GroupInput): Group | Refusal;
  /** Forget a user or a group, and its memberships. */
  removeUser(id: string): Refusal | undefined;
  removeGroup(id: string): Refusal | undefined;
};

const firstWrite = Date.parse('2026-11-01T09:00:00Z');
const missing = (id: string): Refusal => ({ refused: 'missing', message: `Resource ${id} not found` });

/** A memory that starts with the sample data. Its clock moves one second per write, so that equal runs give equal answers. */
export function createDirectoryStore(): DirectoryStore {
  const users = new Map(accounts.map((account) => [account.id, account]));
  const allGroups = new Map(groups.map((group) => [group.id, group]));
  let lastUser = users.size;
  let lastGroup = allGroups.size;
  let writes = 0;

  const stamp = (created: string | undefined): Account['meta'] => {
    const now = new Date(firstWrite + writes++ * 1000).toISOString();
    return { created: created ?? now, lastModified: now };
  };

  /** Removes the resource, and its memberships with it. */
  const remove = (from: Map<string, unknown>, id: string): Refusal | undefined => {
    if (!from.delete(id)) return missing(id);
    for (const group of allGroups.values()) {
      if (!group.memberIds.includes(id)) continue;
      const memberIds = group.memberIds.filter((member) => member !== id);
      allGroups.set(group.id, { ...group, memberIds, meta: stamp(group.meta.created) });
    }
    return undefined;
  };

  return {
    users: () => [...users.values()],
    groups: () => [...allGroups.values()],
    user: (id) => users.get(id),
    group: (id) => allGroups.get(id),
    writeUser(id, input) {
      const old = id === undefined ? undefined : users.get(id);
      if (id !== undefined && !old) return missing(id);
      const wanted = input.userName.toLowerCase();
      const holder = [...users.values()].find((user) => user.userName.toLowerCase() === wanted);
      if (holder && holder.id !== id) return { refused: 'taken', message: `User name ${input.userName} is taken` };
      const key = id ?? directoryId('u', ++lastUser, 4);
      const user: Account = { ...input, id: key, active: input.active ?? true, meta: stamp(old?.meta.created) };
      users.set(key, user);
      return user;
    },
    writeGroup(id, input) {
      const old = id === undefined ? undefined : allGroups.get(id);
      if (id !== undefined && !old) return missing(id);
      const memberIds = [...new Set(input.memberIds)];
      const stranger = memberIds.find((member) => !users.has(member) && !allGroups.has(member));
      if (stranger !== undefined) return { refused: 'unknown member', message: `There is no user or group ${stranger}` };
      const key = id ?? directoryId('g', ++lastGroup, 2);
      const group: Group = { ...input, id: key, memberIds, meta: stamp(old?.meta.created) };
      allGroups.set(key, group);
      return group;
    },
    removeUser: (id) => remove(users, id),
    removeGroup: (id) => remove(allGroups, id),
  };
}
