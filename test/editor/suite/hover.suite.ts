import { equal, match } from 'node:assert/strict';
import { hoverAt } from './support.ts';

const directory = 'connectors/directory.json';

describe('a hover in the editor', () => {
  it('says what a property does', async () => {
    match(await hoverAt(directory, '"output_<|>field"'), /answer|rows/i);
    match(await hoverAt(directory, '"resource_allowance_<|>default"'), /prohibited/);
  });

  it('says where the value of a variable comes from', async () => {
    match(await hoverAt(directory, '"/scim/v2/Groups/{itera<|>tor}"'), /Column `id` of the table `groups`/);
    match(await hoverAt(directory, '"http://{tenant<|>_id}"'), /Connection item `tenant_id`/);
    match(await hoverAt(directory, '"{skip<|>_count}"'), /engine/);
  });

  it('says of a column its type and its path in the answer', async () => {
    match(await hoverAt(directory, '"given<|>Name": "string*"'), /Column `givenName` of the table `users`: .*`name\.givenName`/);
  });

  it('says of a path the whole address, as the system calls it', async () => {
    match(
      await hoverAt('connectors/hr.json', '"/api/v1/<|>persons"'),
      /System `hr` calls `GET http:\/\/127\.0\.0\.1:4780\/api\/v1\/persons\?/,
    );
  });

  it('says of tables and operations what they are', async () => {
    match(await hoverAt(directory, '"user_<|>create": {'), /Creates a row of `users`: `POST http/);
    match(await hoverAt(directory, '"gro<|>ups": {\n        "operations"'), /Table `groups`: 3 columns, key `id`/);
  });

  it('knows names in every other file', async () => {
    match(await hoverAt('mappings/New accounts.json', '"user_<|>create"'), /\/scim\/v2\/Users/);
    match(await hoverAt('systems/hr.json', '"connector": "h<|>r"'), /Connector `hr`: tables `persons`/);
    match(await hoverAt('filters/Staff of a department.filter', 'hr.per<|>sons'), /Table `hr\.persons`/);
  });

  it('says nothing of a remark', async () => {
    equal(await hoverAt('filters/Employees.filter', '-- Every<|>body who works here'), '');
  });
});
