import { afterEach, describe, expect, test } from 'vitest';
import { flaws } from '../../examples/systems/data/flaws.ts';
import { PortInUse, startSampleSystems } from '../../examples/systems/start.ts';
import type { RunningSystem, SampleSystems, SampleSystemsOptions } from '../../examples/systems/start.ts';

type Json = { readonly [key: string]: unknown };
type Person = {
  id: string;
  employeeNumber: string;
  displayName: string;
  status: string;
  departmentId: string | null;
  endDate: string | null;
  jobTitle: string;
};
type Department = { id: string; name: string; parentId: string | null };
type User = { id: string; externalId?: string; userName: string; displayName: string; title?: string; active: boolean };
type Group = { id: string; displayName: string; members: { value: string; display: string; type: string }[] };
type List<T> = { Resources: T[]; totalResults: number; startIndex: number; itemsPerPage: number };

const running: SampleSystems[] = [];

async function begin(options?: SampleSystemsOptions): Promise<SampleSystems> {
  const systems = await startSampleSystems(options);
  running.push(systems);
  return systems;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((systems) => systems.stop()));
});

function askToken(hr: RunningSystem, secret = 'sample-hr-secret', scope = 'hr.read'): Promise<Response> {
  const authorization = `Basic ${btoa(`sollist:${secret}`)}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope });
  return fetch(`${hr.baseUrl}/oidc/token`, { method: 'POST', headers: { authorization }, body });
}

async function hrReader(hr: RunningSystem): Promise<<T>(path: string) => Promise<T>> {
  const { access_token: token } = (await (await askToken(hr)).json()) as { access_token: string };
  return async <T>(path: string) => {
    const response = await fetch(`${hr.baseUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  };
}

async function allPersons(hr: RunningSystem): Promise<Person[]> {
  const read = await hrReader(hr);
  const pages = await Promise.all([0, 200, 400].map((skip) => read<{ items: Person[] }>(`/persons?skip=${skip}&take=200`)));
  return pages.flatMap(({ items }) => items);
}

function scim(
  directory: RunningSystem,
  method: string,
  path: string,
  body?: Json,
  password = 'sample-directory-password',
): Promise<Response> {
  return fetch(`${directory.baseUrl}/scim/v2${path}`, {
    method,
    headers: { authorization: `Basic ${btoa(`sollist:${password}`)}`, 'content-type': 'application/scim+json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

async function scimRead<T>(directory: RunningSystem, path: string): Promise<T> {
  const response = await scim(directory, 'GET', path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

async function everyPage<T>(directory: RunningSystem, path: string, count: number): Promise<T[]> {
  const found: T[] = [];
  for (;;) {
    const list = await scimRead<List<T>>(directory, `${path}?startIndex=${found.length + 1}&count=${count}`);
    if (list.Resources.length === 0) {
      expect(list.totalResults).toBe(found.length);
      return found;
    }
    found.push(...list.Resources);
  }
}

const patch = (...operations: Json[]): Json => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});

describe('HR', () => {
  test('gives a token for the right secret and refuses a wrong one', async () => {
    const { hr } = await begin({ hrSecret: 'another secret: 100%' });
    const encoded = encodeURIComponent('another secret: 100%');
    const good = await askToken(hr, encoded);
    expect(good.status).toBe(200);
    expect(await good.json()).toMatchObject({ token_type: 'Bearer', scope: 'hr.read', expires_in: 600 });
    const bad = await askToken(hr);
    expect(bad.status).toBe(401);
    expect(await bad.json()).toMatchObject({ error: 'invalid_client' });
  });

  test('wants a token that it issued and that has the scope', async () => {
    const { hr } = await begin();
    const persons = (headers?: Record<string, string>) => fetch(`${hr.baseUrl}/api/v1/persons`, headers ? { headers } : {});
    expect((await persons()).status).toBe(401);
    expect((await persons({ authorization: 'Bearer made-up' })).status).toBe(401);
    const { access_token: unscoped } = (await (await askToken(hr, undefined, '')).json()) as { access_token: string };
    expect((await persons({ authorization: `Bearer ${unscoped}` })).status).toBe(403);
  });

  test('pages 500 distinct persons', async () => {
    const { hr } = await begin();
    const persons = await allPersons(hr);
    expect(persons).toHaveLength(500);
    expect(new Set(persons.map(({ id }) => id)).size).toBe(500);
    const read = await hrReader(hr);
    const first = await read('/persons');
    expect(first).toMatchObject({ total: 500 });
    expect(first).toHaveProperty('items.length', 50);
    expect(await read('/persons?skip=500&take=200')).toEqual({ items: [], total: 500 });
  });

  test('refuses a page that is too large, in a sentence', async () => {
    const { hr } = await begin();
    const { access_token: token } = (await (await askToken(hr)).json()) as { access_token: string };
    const response = await fetch(`${hr.baseUrl}/api/v1/persons?take=201`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'invalid_request', message: 'take must be a whole number from 1 to 200.' });
  });

  test('has one root department, and every other one hangs below another', async () => {
    const { hr } = await begin();
    const read = await hrReader(hr);
    const page = (number: number) => read<{ departments: Department[] }>(`/departments?page=${number}&pageSize=10`);
    const pages = await Promise.all([1, 2, 3, 4].map(page));
    expect(pages.map(({ departments }) => departments.length)).toEqual([10, 10, 6, 0]);
    const departments = pages.flatMap((one) => one.departments);
    const ids = new Set(departments.map(({ id }) => id));
    expect(departments.filter(({ parentId }) => parentId === null)).toHaveLength(1);
    expect(departments.filter(({ parentId }) => parentId !== null && !ids.has(parentId))).toEqual([]);
    expect(departments.map(({ name }) => name)).toEqual(expect.arrayContaining(['IT', 'Sales Süd', "Director's Office"]));
    const persons = await allPersons(hr);
    expect(persons.filter(({ departmentId }) => departmentId !== null && !ids.has(departmentId))).toEqual([]);
  });

  test('gives a mover two contracts, and nobody unknown any', async () => {
    const { hr } = await begin();
    const read = await hrReader(hr);
    const { contracts } = await read<{ contracts: Json[] }>(`/persons/${flaws.moversInOldGroup[0]}/contracts`);
    expect(contracts.map(({ primary }) => primary)).toEqual([false, true]);
    expect(await read(`/persons/${flaws.withoutContract[0]}/contracts`)).toEqual({ contracts: [] });
    await expect(read('/persons/P9999/contracts')).rejects.toThrow('404');
  });
});

describe('Directory', () => {
  test('refuses a wrong password', async () => {
    const { directory } = await begin();
    const response = await scim(directory, 'GET', '/Users', undefined, 'wrong');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic');
    expect((await fetch(`${directory.baseUrl}/scim/v2/Users`)).status).toBe(401);
  });

  test.each([7, 100, 200])('pages every user once, %i at a time', async (count) => {
    const { directory } = await begin();
    const users = await everyPage<User>(directory, '/Users', count);
    expect(users).toHaveLength(482);
    expect(new Set(users.map(({ id }) => id)).size).toBe(482);
  });

  test.each([1, 4, 15])('pages every group once, %i at a time', async (count) => {
    const { directory } = await begin();
    const groups = await everyPage<Group>(directory, '/Groups', count);
    expect(groups.map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, index) => `g-${String(index + 1).padStart(2, '0')}`));
  });

  test('starts a page anywhere, sorts, and limits its size', async () => {
    const { directory } = await begin();
    const ids = async (query: string) => (await scimRead<List<User>>(directory, `/Users?${query}`)).Resources.map(({ id }) => id);
    expect(await ids('startIndex=2&count=3')).toEqual(['u-0002', 'u-0003', 'u-0004']);
    expect(await ids('startIndex=481&count=100')).toEqual(['u-0481', 'u-0482']);
    expect(await ids('startIndex=2&count=2&sortBy=id&sortOrder=descending')).toEqual(['u-0481', 'u-0480']);
    expect(await ids('count=1000')).toHaveLength(200);
    expect(await ids('')).toHaveLength(20);
    expect(await ids('count=0')).toEqual([]);
  });

  test('filters, also by names with an apostrophe or in another script', async () => {
    const { directory } = await begin();
    const users = await everyPage<User>(directory, '/Users', 200);
    for (const part of ["O'Brien", 'Müller', 'כהן', 'حداد', '佐藤']) {
      const expected = users.filter(({ displayName }) => displayName.includes(part)).map(({ id }) => id);
      expect(expected.length, part).toBeGreaterThan(0);
      const query = `/Users?count=100&filter=${encodeURIComponent(`displayName co "${part}"`)}`;
      const found = await scimRead<List<User>>(directory, query);
      expect(found.Resources.map(({ id }) => id)).toEqual(expected);
      expect(found.totalResults).toBe(expected.length);
    }
    const search = await scim(directory, 'POST', '/Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'userName eq "svc-backup"',
    });
    expect(await search.json()).toMatchObject({ totalResults: 1, Resources: [{ displayName: 'Backup Service' }] });
    expect(directory.writes()).toEqual([]);
  });

  test('keeps a member that is added and forgets one that is removed', async () => {
    const { directory } = await begin();
    const members = async () => (await scimRead<Group>(directory, '/Groups/g-15')).members;
    expect(await members()).toEqual([]);
    await scim(
      directory,
      'PATCH',
      '/Groups/g-15',
      patch({ op: 'add', path: 'members', value: [{ value: 'u-0001' }, { value: 'u-0002' }] }),
    );
    await scim(directory, 'PATCH', '/Groups/g-15', patch({ op: 'add', path: 'members', value: [{ value: 'u-0001' }] }));
    expect(await members()).toEqual([
      { value: 'u-0001', display: 'Agnieszka Dvořák', type: 'User' },
      { value: 'u-0002', display: 'Agnieszka Kowalczyk', type: 'User' },
    ]);
    await scim(directory, 'PATCH', '/Groups/g-15', patch({ op: 'remove', path: 'members[value eq "u-0001"]' }));
    expect((await members()).map(({ value }) => value)).toEqual(['u-0002']);
    await scim(directory, 'PATCH', '/Groups/g-15', patch({ op: 'remove', path: 'members', value: [{ value: 'u-0002' }] }));
    expect(await members()).toEqual([]);
    const stranger = await scim(directory, 'PATCH', '/Groups/g-15', patch({ op: 'add', path: 'members', value: [{ value: 'u-9999' }] }));
    expect(stranger.status).toBe(400);
  });

  test('creates, changes, disables, replaces and deletes a user', async () => {
    const { directory } = await begin();
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    const input = {
      schemas,
      userName: 'róisín.o’brien',
      externalId: '004711',
      title: 'Tester',
      name: { givenName: 'Róisín', familyName: "O'Brien" },
    };
    const created = await scim(directory, 'POST', '/Users', { ...input, password: 'never kept' });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({
      id: 'u-0483',
      active: true,
      externalId: '004711',
      meta: { location: '/scim/v2/Users/u-0483' },
    });
    expect((await scim(directory, 'POST', '/Users', input)).status).toBe(409);
    expect((await scim(directory, 'POST', '/Users', { schemas, title: 'No name' })).status).toBe(400);

    await scim(
      directory,
      'PATCH',
      '/Users/u-0483',
      patch({ op: 'replace', path: 'active', value: false }, { op: 'replace', value: { title: 'Lead' } }),
    );
    const changed = await scimRead<User>(directory, '/Users/u-0483');
    expect(changed).toMatchObject({ ...input, title: 'Lead', active: false });
    expect(JSON.stringify(changed)).not.toContain('never kept');

    await scim(directory, 'PUT', '/Users/u-0483', { schemas, userName: 'róisín', active: true });
    expect(await scimRead<User>(directory, '/Users/u-0483')).not.toHaveProperty('title');
    await scim(directory, 'PATCH', '/Groups/g-15', patch({ op: 'add', path: 'members', value: [{ value: 'u-0483' }] }));
    expect((await scim(directory, 'DELETE', '/Users/u-0483')).status).toBe(204);
    expect((await scim(directory, 'GET', '/Users/u-0483')).status).toBe(404);
    expect((await scim(directory, 'DELETE', '/Groups/u-0001')).status).toBe(404);
    expect((await scimRead<Group>(directory, '/Groups/g-15')).members).toEqual([]);
  });

  test('logs every request, and tells which of them write', async () => {
    const { directory } = await begin();
    await scim(directory, 'GET', '/Users?count=1');
    await scim(directory, 'PATCH', '/Users/u-0001', patch({ op: 'replace', path: 'title', value: 'Planner' }));
    await scim(directory, 'DELETE', '/Users/u-0002');
    expect(directory.log).toEqual([
      { sequence: 1, method: 'GET', path: '/scim/v2/Users', query: 'count=1', status: 200 },
      { sequence: 2, method: 'PATCH', path: '/scim/v2/Users/u-0001', query: '', status: 200 },
      { sequence: 3, method: 'DELETE', path: '/scim/v2/Users/u-0002', query: '', status: 204 },
    ]);
    expect(directory.writes().map(({ sequence }) => sequence)).toEqual([2, 3]);
  });
});

describe('faults', () => {
  test('answer a status so many times, after so many requests', async () => {
    const { directory } = await begin();
    const action = { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { detail: 'slow down' } } as const;
    directory.faults.add({ path: /\/Users$/, after: 1, times: 2, action });
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn++) statuses.push((await scim(directory, 'GET', '/Users?count=1')).status);
    expect(statuses).toEqual([200, 429, 429, 200]);
    directory.faults.add({ path: /./, after: 0, action });
    const last = await scim(directory, 'GET', '/Groups');
    expect([last.headers.get('retry-after'), await last.json()]).toEqual(['1', { detail: 'slow down' }]);
    directory.faults.clear();
    expect((await scim(directory, 'GET', '/Groups')).status).toBe(200);
  });

  test('drop the connection in the middle of an answer', async () => {
    const { hr } = await begin();
    hr.faults.add({ path: /persons/, after: 0, action: { kind: 'drop' } });
    const response = await fetch(`${hr.baseUrl}/api/v1/persons`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(hr.log[0]).toMatchObject({ status: 0 });
  });

  test('hang until the system stops', async () => {
    const { hr } = await begin();
    hr.faults.add({ path: /persons/, after: 0, action: { kind: 'hang' } });
    const answer = fetch(`${hr.baseUrl}/api/v1/persons`).then(
      () => 'answered',
      () => 'broken',
    );
    await expect.poll(() => hr.log).toHaveLength(1);
    await hr.stop();
    expect(await answer).toBe('broken');
  });

  test('stop the whole system', async () => {
    const { directory } = await begin();
    directory.faults.add({ path: /Users/, after: 1, action: { kind: 'stop' } });
    expect((await scim(directory, 'GET', '/Users')).status).toBe(200);
    await expect(scim(directory, 'GET', '/Users')).rejects.toThrow();
    await expect(scim(directory, 'GET', '/Groups')).rejects.toThrow();
  });
});

describe('sample data', () => {
  const everything = async ({ hr, directory }: SampleSystems) => ({
    persons: await allPersons(hr),
    users: await everyPage<User>(directory, '/Users', 200),
    groups: await everyPage<Group>(directory, '/Groups', 10),
  });

  test('are the same at every start, and two pairs do not share what is written', async () => {
    const [one, other] = [await begin(), await begin()];
    const before = await everything(one);
    expect(await everything(other)).toEqual(before);
    await scim(one.directory, 'DELETE', '/Users/u-0001');
    expect(await everything(other)).toEqual(before);
  });

  test('have the flaws of life', async () => {
    const { persons, users, groups } = await everything(await begin());
    const byNumber = new Map(users.filter((user) => user.externalId !== undefined).map((user) => [user.externalId, user]));
    const leavers = persons.filter(({ status }) => status === 'leaver');
    const accountOf = (person: Person) => byNumber.get(person.employeeNumber);
    const numbers = new Set(persons.map(({ employeeNumber }) => employeeNumber));
    const owned = persons.filter((person) => person.status === 'active' && accountOf(person));
    expect({
      leavers: leavers.length,
      leaversWithActiveAccount: leavers.filter((person) => accountOf(person)?.active).length,
      withoutDepartment: persons.filter(({ departmentId }) => departmentId === null).length,
      distinctNumbers: numbers.size,
      withoutAccount: persons.filter((person) => person.status === 'active' && !accountOf(person)).length,
      nobodys: users.filter(({ externalId }) => externalId === undefined || !numbers.has(externalId)).length,
      sameUserName: users.length - new Set(users.map(({ userName }) => userName)).size,
      otherTitle: owned.filter((person) => person.id !== flaws.sameEmployeeNumber[1] && accountOf(person)?.title !== person.jobTitle)
        .length,
      otherName: owned.filter(
        (person) => person.id !== flaws.sameEmployeeNumber[1] && accountOf(person)?.displayName !== person.displayName,
      ).length,
    }).toEqual({
      leavers: 30,
      leaversWithActiveAccount: 12,
      withoutDepartment: 8,
      distinctNumbers: 499,
      withoutAccount: 15,
      nobodys: 6,
      sameUserName: 0,
      otherTitle: 6,
      otherName: 6,
    });
    const known = new Set(users.map(({ id }) => id));
    expect(groups.flatMap(({ members }) => members).filter(({ value }) => !known.has(value))).toEqual([]);
  });
});

test('a port in use is said in a sentence, and nothing is left running', async () => {
  const first = await begin();
  const directoryPort = Number(first.directory.address.split(':')[1]);
  const second = startSampleSystems({ directoryPort });
  await expect(second).rejects.toThrow(PortInUse);
  await expect(second).rejects.toThrow(`Directory cannot listen on 127.0.0.1:${directoryPort}`);
});
