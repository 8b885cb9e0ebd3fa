import { describe, expect, it } from 'vitest';
import { fixture, itemsOf, make, refusal, tablesOf, type Made } from './support.ts';

function open(name: string, wish: Parameters<typeof make>[0] = {}): Made {
  return make({ document: fixture(name), ...wish });
}

/** What was left out, by name. */
function left({ leftOut }: Made): Readonly<Record<string, string>> {
  return Object.fromEntries(leftOut.map(({ what, why }) => [what, why]));
}

describe('an OpenAPI document of things with pictures (3.0, JSON)', () => {
  const made = open('shelter.json');
  const { animal } = tablesOf(made);

  it('reads a list that can only be searched, with the value the document names', () => {
    expect(Object.keys(tablesOf(made))).toEqual(['animal']);
    expect(animal?.operations['animal_get']).toEqual({
      method: 'get',
      call: { mode: 'normal', path: '/animal/findByState', queryParameters: { state: 'waiting' } },
    });
    expect(made.notes.join(' ')).toContain('check call.queryParameters of animal');
  });

  it('takes columns, lists and child tables from the schema, and tells two of one name apart', () => {
    expect(animal).toMatchObject({
      key: 'id',
      resources: {
        id: 'number*',
        name: 'string*',
        kind: { id: '_:number*', name: '_:string*' },
        pictureUrls: ['string*'],
        tags: [{ id: 'number*', name: 'string*' }],
        born: 'date*',
        weight: 'number*',
        state: 'string*',
      },
    });
  });

  it('creates, updates where the key stands in the body, and deletes where it stands in the path', () => {
    expect(animal?.operations).toMatchObject({
      animal_create: {
        method: 'post',
        call: { path: '/animal' },
        semantics: 'create',
        resource_mandatory: ['name', 'pictureUrls'],
        resource_prohibited: ['id'],
      },
      animal_update: { method: 'put', call: { path: '/animal' }, semantics: 'update', resource_mandatory: ['id', 'name', 'pictureUrls'] },
      animal_delete: {
        method: 'delete',
        call: { path: '/animal/{id}' },
        semantics: 'delete',
        resource_allowance_default: 'prohibited',
        resource_mandatory: ['id'],
      },
    });
  });

  it('signs in without a browser where there is a choice', () => {
    expect(made.json.rest.config).toMatchObject({
      baseUrl: 'https://api.shelter.example/v2',
      authentication: 'none',
      headers: { 'X-Shelter-Key': '{api_key}' },
    });
    expect(itemsOf(made)['api_key']).toMatchObject({ password: true, required: true });
  });

  it('tells what it left out, and why', () => {
    expect(left(made)).toMatchObject({
      'GET /animal/findByTag': 'another way to read a list that is a table already',
      'GET /stock': 'its answer holds no clear list of rows',
      'POST /animal/{animalId}/picture': 'an action on its own, or on something that is no table',
      'animal.mother': expect.stringContaining('too deep') as unknown,
    });
    // What reads one row says nothing that the list does not.
    expect(left(made)).not.toHaveProperty(['GET /animal/{animalId}']);
  });
});

describe('an OpenAPI document of a SCIM directory (3.1, YAML)', () => {
  const made = open('people.yaml');
  const { Users, Groups, members } = tablesOf(made);

  it('follows references, allOf and types that may be null', () => {
    expect(Users?.operations['Users_get']).toMatchObject({ processing_options: { output_field: 'Resources' } });
    expect(Users?.resources).toEqual({
      id: 'string*',
      userName: 'string*',
      password: 'string^',
      name: { givenName: 'string*', familyName: 'string*' },
      displayName: 'string*',
      active: 'boolean*',
      age: 'number*',
      emails: [{ value: 'string*', primary: 'boolean*' }],
      'urn:people:extension': { displayName: '_:string*', costCentre: 'string*' },
      meta: { created: 'datetime*', location: 'string*' },
    });
  });

  it('requires what is required all the way down, and prohibits what the API computes', () => {
    expect(Users?.operations['User_create']).toMatchObject({
      resource_mandatory: ['userName', 'familyName'],
      resource_prohibited: ['id', 'created', 'location'],
    });
  });

  it('updates by a PatchOp, and replaces by a PUT', () => {
    expect(Users?.operations['User_update']).toMatchObject({
      method: 'patch',
      resource_mandatory: ['id'],
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', value: { _nim_merge_attributes_: true } }],
      },
    });
    expect(Users?.operations['User_replace']).toMatchObject({ method: 'put', resource_mandatory: ['id', 'userName', 'familyName'] });
    expect(Users?.operations['User_replace']).not.toHaveProperty('body');
  });

  it('makes a membership table of the members in a group', () => {
    expect(Groups?.resources).not.toHaveProperty('members');
    expect(members).toMatchObject({
      groupmembership: {
        member_table: 'Users',
        group_table: 'Groups',
        member_attributes: { id: 'value' },
        group_attributes: { id: 'group_id' },
      },
      operations: {
        members_get: {
          call: { mode: 'iteration', table: 'Groups', path: '/Groups/{iterator}' },
          processing_options: { output_field: 'members' },
        },
        member_remove: { body: { Operations: [{ op: 'remove', path: 'members[value eq "{value}"]' }] } },
      },
    });
  });

  it('pages from 1, within the largest page the API allows', () => {
    expect(made.json.rest.config.get?.pagination).toMatchObject({
      mode: 'skip_take',
      zero_based: false,
      params: { count: '{take_count}', startIndex: '{skip_count}' },
    });
    expect(itemsOf(made)['page_size']).toMatchObject({ value: '500' });
  });

  it('signs in with the scopes the document asks for, at its host', () => {
    expect(made.json.rest).toMatchObject({
      config: {
        baseUrl: 'https://{tenant}.people.example/scim/{edition}',
        authentication: 'client_credentials',
        accept: 'application/scim+json, application/json',
      },
      authOptions: { authUrl: 'https://{tenant}.people.example/oauth2/token', scopes: ['scim.read', 'scim.write'] },
    });
    expect(itemsOf(made)).toMatchObject({ tenant: { value: 'demo' }, edition: { value: 'v2', tooltip: 'One of: v2, v3' } });
  });
});

describe('an OpenAPI document of a forge (nested paths)', () => {
  const made = open('forge.yaml');
  const { teams, keys, members, comments, topics, events } = tablesOf(made);

  it('makes an input of a parameter that no table has', () => {
    expect(itemsOf(made)).toHaveProperty('org');
    expect(teams?.operations['teams_get']).toMatchObject({ call: { mode: 'normal', path: '/orgs/{org}/teams' } });
  });

  it('iterates by what the path means', () => {
    expect(keys?.operations['keys_get']?.call).toEqual({
      mode: 'iteration',
      table: 'users',
      iterator: 'login',
      path: '/users/{iterator}/keys',
      base: { user_login: '{iterator}' },
    });
  });

  it('passes the columns of a parent on to its children', () => {
    expect(comments?.operations['comments_get']?.call).toMatchObject({
      table: 'discussions',
      iterator: 'number',
      iterator_columns: ['of_team'],
      path: '/orgs/{org}/teams/{of_team}/discussions/{iterator}/comments',
    });
    expect(comments?.operations['comment_create']).toMatchObject({ resource_mandatory: ['of_team', 'discussion_number', 'body'] });
    expect(comments?.resources).toMatchObject({ of_team: '_nim*', discussion_number: '_nim*' });
  });

  it('knows members by the list they come from', () => {
    expect(members).toEqual({
      operations: expect.objectContaining({
        member_add: {
          method: 'put',
          call: { mode: 'normal', path: '/orgs/{org}/teams/{team_id}/members/{login}' },
          semantics: 'create',
          resource_allowance_default: 'prohibited',
          resource_mandatory: ['team_id', 'login'],
        },
      }) as unknown,
      groupmembership: {
        add_operation: 'member_add',
        remove_operation: 'member_remove',
        member_table: 'users',
        group_table: 'teams',
        member_attributes: { login: 'login' },
        group_attributes: { id: 'team_id' },
      },
      resources: { team_id: '_nim*', login: 'string*' },
    });
    expect(made.tables.find(({ name }) => name === 'members')?.membership).toBe(true);
  });

  it('collects what a create takes and no answer holds only on demand', () => {
    expect(teams?.resources).toMatchObject({ maintainers: ['string'] });
    expect(teams?.operations['team_update']).toMatchObject({ resource_prohibited: ['created_at', 'maintainers'] });
  });

  it('reads a list of texts into one column', () => {
    expect(topics).toMatchObject({ key: 'value', operations: { topics_get: { processing_options: { stringArrayColumnName: 'value' } } } });
  });

  it('pages as most lists do, switches it off for the others, and says which', () => {
    expect(made.json.rest.config.get?.pagination).toMatchObject({
      mode: 'generic',
      params: { page: '{page_number}', per_page: '{page_size}' },
    });
    expect(events?.operations['events_get']).toMatchObject({ pagination: 'none', processing_options: { output_field: 'events' } });
    expect(made.notes.join(' ')).toContain('only their first page is read: events, members.');
  });

  it('does not send a token over plain http', () => {
    expect(made.json.rest.config.baseUrl).toBe('https://forge.example/api');
    expect(made.notes.join(' ')).toContain('https is assumed');
  });

  it('leaves out what is deprecated or cannot be asked', () => {
    expect(left(made)).toMatchObject({
      'GET /old/users': 'deprecated',
      'GET /search/code': 'needs a value for the query parameter q',
      'POST /orgs/{org}/archive': 'an action on its own, or on something that is no table',
    });
  });

  it('takes only the tables named, with those they need', () => {
    const some = open('forge.yaml', { tables: ['Members'] });
    expect(Object.keys(tablesOf(some))).toEqual(['teams', 'members']);
    expect(some.leftOut.map(({ what }) => what)).not.toContain('POST /orgs/{org}/archive');
    expect(refusal({ document: fixture('forge.yaml'), tables: ['team'] })).toMatch(/gives no table "team"\. Did you mean "teams"\?/);
  });

  it('lets a person choose otherwise than the document', () => {
    const own = open('forge.yaml', { authentication: 'basic_auth', paging: 'link', baseUrl: 'https://other.example' });
    expect(own.json.rest.config).toMatchObject({
      baseUrl: 'https://other.example',
      authentication: 'basic_auth',
      get: { pagination: { mode: 'link' } },
    });
    expect(own.json.rest.config).not.toHaveProperty('headers');
    expect(tablesOf(own)['events']?.operations['events_get']).not.toHaveProperty('pagination');
  });
});

describe('an OpenAPI document of a business API (wrapped answers and bodies)', () => {
  const made = open('staff.yaml');
  const { employees, circles, participants } = tablesOf(made);

  it('finds wrapped rows, also below an object, and keeps the slash at the end of a path', () => {
    expect(employees?.operations['employees_get']).toMatchObject({
      call: { path: '/api/employees/' },
      processing_options: { output_field: 'employees' },
    });
    expect(circles?.operations['circles_get']).toMatchObject({ processing_options: { output_field: 'data.circles' } });
  });

  it('wraps the body as the API wants it', () => {
    expect(employees?.operations['employee_create']).toMatchObject({
      body: { employee: { _nim_merge_attributes_: true } },
      resource_mandatory: ['lastName', 'employeeNumber'],
    });
    expect(employees?.operations['employee_update']).toMatchObject({ call: { path: '/api/employees/{employeeNumber}/' } });
  });

  it('sends a key in the query with every call', () => {
    expect(made.json.rest.config.get?.queryParameters).toEqual({ key: '{api_key}' });
    expect(employees?.operations['employee_create']?.call).toMatchObject({ queryParameters: { key: '{api_key}' } });
    expect(itemsOf(made)['api_key']).toMatchObject({ password: true });
  });

  it('adds a member by a body of its own', () => {
    expect(participants?.groupmembership).toMatchObject({ member_table: 'employees', group_table: 'circles' });
    expect(participants?.operations['participant_add']).toMatchObject({
      method: 'post',
      body: { employeeNumber: '{employeeNumber}', role: 'guest' },
      resource_mandatory: ['circle_id', 'employeeNumber'],
    });
  });

  it('asks for the host where the document names none', () => {
    expect(made.json.rest.config.baseUrl).toBe('https://{tenant_id}');
    expect(itemsOf(made)['tenant_id']).toMatchObject({ required: true });
  });
});

describe('an OpenAPI document that gives nothing', () => {
  it('is refused with the reason', () => {
    expect(refusal({ document: '{"openapi":"3.0.0"}' })).toContain('describes no operations');
    expect(refusal({ document: '{"openapi":"3.0.0","paths":{"/a":{"get":{"responses":{}}}}}' })).toContain('none of them answers a list');
  });
});
