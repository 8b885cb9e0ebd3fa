import { match } from 'node:assert/strict';
import * as vscode from 'vscode';
import { addHelpdesk, removeHelpdesk } from './helpdesk.ts';
import { codeOf, diagnostics, open, replace, revertAll } from './support.ts';

const path = 'filters/Desk.filter';

/** What the data make of a filter while it is typed: its text, the code, where it is marked, and what is said. */
const hazards: readonly {
  readonly what: string;
  readonly text: string;
  readonly code: string;
  readonly said: RegExp;
}[] = [
  {
    what: 'a join that multiplies rows, with the keys',
    text: 'select a.login from helpdesk.agents as a join helpdesk.tickets as t on t.agent = a.login',
    code: 'hazard-multiplied',
    said: /6 rows.* 24.*e\.g\. 'kai' \(4 times\)/,
  },
  {
    what: 'a condition that null drops silently',
    text: "select t.id from helpdesk.tickets as t where t.state <> 'closed'",
    code: 'hazard-null-dropped',
    said: /6 rows are dropped here because t\.state is null/,
  },
  {
    what: 'a comparison under an or that null drops silently',
    text: "select t.id from helpdesk.tickets as t where t.state <> 'closed' or t.agent = 'kai'",
    code: 'hazard-null-dropped',
    said: /4 rows are dropped here because t\.state is null.* write "… or t\.state is null"/,
  },
  {
    what: 'a left join that matches nothing',
    text: 'select t.id, a.name from helpdesk.tickets as t left join helpdesk.agents as a on a.login = t.id',
    code: 'hazard-join-nothing',
    said: /None of the 24 rows before it meets a row of "a", so its columns are always null/,
  },
  {
    what: 'a join through a link table that multiplies rows, with the keys',
    text: 'select a.login from helpdesk.agents as a join helpdesk.tickets as t via helpdesk.assignments(agent, ticket)',
    code: 'hazard-multiplied',
    said: /6 rows.* 24.* 6 values of a\.login are linked more than once, e\.g\. 'kai' \(4 times\)/,
  },
  {
    what: 'values that are not of their column’s type',
    text: 'select a.login from helpdesk.agents as a where a.seat > 0',
    code: 'hazard-unlike-value',
    said: /1 of 6 values of a\.seat is no number, e\.g\. 'home'\. Here they count as null/,
  },
  {
    what: 'keys that match only after case is folded',
    text: 'select t.id from helpdesk.tickets as t join helpdesk.agents as a on a.mail = t.mail',
    code: 'hazard-nearly-equal',
    said: /case.*'KAI@DESK\.EXAMPLE' and 'kai@desk\.example'/,
  },
  {
    what: 'a parameter that yields nothing',
    text: "parameter who text default 'kay'\nselect t.id from helpdesk.tickets as t where t.agent = @who",
    code: 'hazard-parameter-nothing',
    said: /@who is 'kay'/,
  },
  {
    what: 'a condition that no row meets',
    text: "select t.id from helpdesk.tickets as t where t.state = 'Open'",
    code: 'hazard-no-rows',
    said: /None of 24 rows meets this condition/,
  },
  {
    what: 'an append whose columns do not line up',
    text: 'select t.id, t.mail from helpdesk.tickets as t append Agents',
    code: 'hazard-append-null',
    said: /"mail"|mail/,
  },
  {
    what: 'an append whose column is of another type',
    text: 'select t.id, length(t.mail) as mail from helpdesk.tickets as t append Agents',
    code: 'hazard-append-types',
    said: /Columns of "Agents" are of another type: "mail" is number here and text there/,
  },
];

describe('what the data make of a filter, in the editor', () => {
  before(async () => {
    await addHelpdesk();
    await open(path);
  });
  afterEach(revertAll);
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    removeHelpdesk();
  });

  for (const { what, text, code, said } of hazards) {
    it(`tells ${what}`, async () => {
      const document = await open(path);
      await replace(document, document.getText(), `${text}\n`);
      // What is told of the text before may still stand there.
      const isSaid = (one: vscode.Diagnostic): boolean => codeOf(one) === code && said.test(one.message);
      const found = await diagnostics(document.uri, `${code} with ${String(said)}`, (all) => all.some(isSaid));
      match(found.find(isSaid)?.message ?? '', said);
    });
  }
});
