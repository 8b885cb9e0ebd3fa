import { equal } from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { after, folder, labelOf, offered, open, uriOf } from './support.ts';

const agents = ['kai', 'lea', 'mo', 'nia', 'oz', 'pia'];

/** The agent of a ticket; they take turns. */
const agentOf = (ticket: number): string => agents[ticket % agents.length] ?? '';

/** Seats have numbers, but for somebody who works at home. */
const seatOf = (login: string): string => (login === 'pia' ? 'home' : String(agents.indexOf(login) + 1));

const tickets = Array.from({ length: 24 }, (_, index) => index);

/** Mail addresses that are the same but for case, and tickets without a state. */
const rows = tickets.map((ticket) => {
  const mail = `${agentOf(ticket)}@desk.example`;
  return [`T${String(ticket)}`, agentOf(ticket), ticket < 3 ? mail.toUpperCase() : mail, ticket % 4 === 0 ? '' : 'open'];
});

const files: Readonly<Record<string, string>> = {
  'systems/helpdesk.json': `{
  "files": { "folder": "data/helpdesk", "tables": { "agents": { "columns": { "seat": "number" } } } },
  "tables": {
    "tickets": { "key": "id" },
    "agents": { "key": "login" },
    "assignments": { "relations": { "ticket": "tickets", "agent": "agents" } }
  }
}
`,
  'data/helpdesk/agents.csv': `login;name;mail;phone;seat\n${agents.map((login) => `${login};${login.toUpperCase()};${login}@desk.example;;${seatOf(login)}\n`).join('')}`,
  'data/helpdesk/tickets.csv': `id;agent;mail;state\n${rows.map((cells) => `${cells.join(';')}\n`).join('')}`,
  'data/helpdesk/assignments.csv': `ticket;agent\n${tickets.map((ticket) => `T${String(ticket)};${agentOf(ticket)}\n`).join('')}`,
  'filters/Agents.filter': "select a.login as id, a.phone as mail\nfrom   helpdesk.agents as a\nwhere  a.name <> ''\n",
  'filters/Desk.filter': 'select t.id\nfrom   helpdesk.tickets as t\n',
};

/** Puts a small system of files beside the two samples, whose data have what the samples have not, and collects it. */
export async function addHelpdesk(): Promise<void> {
  for (const [path, text] of Object.entries(files)) await vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));
  // New files are heard of a little later.
  const filter = await open('filters/Desk.filter');
  await waitFor('the system to be known', async () =>
    (await offered(filter, after(filter, 'helpdesk.'))).map(labelOf).some((label) => label.includes('assignments')),
  );
  equal(await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system: 'helpdesk' }), true);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export function removeHelpdesk(): void {
  for (const path of Object.keys(files)) rmSync(join(folder(), path), { force: true });
  rmSync(join(folder(), 'data'), { recursive: true, force: true });
}
