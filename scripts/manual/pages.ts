import type { DescribedCode } from './read-codes.ts';
import { unsilenced } from '../../engine/model/problems/apply-settings.ts';

/** What the groups are called, in the order of the manual. */
const groupTitles: Readonly<Record<string, string>> = {
  reading: 'Reading a file',
  shape: 'What a file may hold',
  structure: 'Connectors: structure',
  tables: 'Connectors: tables',
  calls: 'Connectors: calls',
  variables: 'Connectors: variables',
  writes: 'Connectors: writes',
  membership: 'Connectors: membership',
  rest: 'Connectors: rest and connection',
  scenarios: 'Connectors: configuration scenarios',
  names: 'Names across files',
  filters: 'Filters',
  expectations: 'Expectations',
  settings: 'Settings of problems',
};

/** Every page of `docs/problems`, by its file name. */
export function problemPages(codes: readonly DescribedCode[]): ReadonlyMap<string, string> {
  const pages = new Map<string, string>([['README.md', overview(codes)]]);
  for (const code of new Set(codes.map((one) => one.code)))
    pages.set(
      `${code}.md`,
      pageOf(
        code,
        codes.filter((one) => one.code === code),
      ),
    );
  return pages;
}

/** The group's name for a person; a new folder of rules needs a line above. */
function titleOf(group: string): string {
  const title = groupTitles[group];
  if (title === undefined) throw new Error(`The group "${group}" has no title. Add one to scripts/manual/pages.ts.`);
  return title;
}

function overview(codes: readonly DescribedCode[]): string {
  const groups = Object.keys(groupTitles).filter((group) => codes.some((one) => one.group === group));
  for (const { group } of codes) titleOf(group);
  const tables = groups.map((group) => {
    const rows = codes
      .filter((one) => one.group === group)
      .map(({ code, severity, text }) => `| [\`${code}\`](${code}.md) | ${severity} | ${cell(firstSentence(text[0] ?? ''))} |\n`);
    return `\n## ${titleOf(group)}\n\n| code | severity | what is wrong |\n| --- | --- | --- |\n${rows.join('')}`;
  });
  return `# Problems

Every problem Sollist reports has a code, and every code a page here. \`sollist explain <code>\` prints it, and in the editor the code of a
problem is a link to it. An error is what NIM refuses or what cannot run, a warning what misbehaves, a hint what is odd. The severity given here
is the usual one; some findings weigh less.

\`sollist.json\` can change a severity, and say of a finding that it is right as it is:

\`\`\`json
"problems": {
  "severities": { "no-get-operation": "off", "duplicate-column": "error" },
  "suppressed": [
    { "code": "plain-http", "file": "connectors/HR.json", "at": "/rest/config/baseUrl", "reason": "Only reached through a tunnel." }
  ]
}
\`\`\`

\`at\` is the JSON pointer of the property a finding stands at; without it the whole file is meant, without \`file\` every file. The quick fixes
of every finding write these lines. [What is found in shipped connectors](../example-report.md) is an example.
${tables.join('')}`;
}

function pageOf(code: string, entries: readonly DescribedCode[]): string {
  const [first] = entries;
  const sections = entries.map(({ severity, group, text, why, example }, index) => {
    const about = `${severity[0]?.toUpperCase()}${severity.slice(1)} · ${titleOf(group)}`;
    return `${index === 0 ? '' : '\n'}*${about}*

${text.join('\n\n')}

**Why:** ${why.join('\n\n')}

**Example:** ${example.join('\n\n')}
`;
  });
  return `# ${code}

${sections.join('')}
## How to silence it

${silencing(code, first?.group ?? '')}
[All problems](README.md)
`;
}

/** A file that a finding of a group may stand in. */
const exampleFiles: Readonly<Record<string, string>> = {
  filters: '"file": "filters/Staff.filter"',
  names: '"file": "mappings/Accounts.json"',
  expectations: '"file": "expectations/hr.json"',
};

function silencing(code: string, group: string): string {
  if (code === 'more-problems')
    return 'It cannot be silenced, but it goes with the problems: mend or silence those of the kind there are most of.\n';
  if (unsilenced.has(code)) return 'It cannot be silenced: a file that cannot be read is not checked, and that is always said.\n';
  const file = exampleFiles[group];
  const place =
    group === 'filters'
      ? file
      : `${file ?? (group === 'settings' ? '"file": "sollist.json"' : '"file": "connectors/HR.json"')}, "at": "/…"`;
  return `In \`sollist.json\`, in one place:

\`\`\`json
"problems": { "suppressed": [{ "code": "${code}", ${place ?? ''}, "reason": "…" }] }
\`\`\`

or everywhere:

\`\`\`json
"problems": { "severities": { "${code}": "off" } }
\`\`\`

The quick fixes of a finding write these lines.
`;
}

/** The first sentence; what follows a colon is left out where enough is said before it. */
function firstSentence(text: string): string {
  const sentence = /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
  const colon = sentence.indexOf(': ');
  return colon > 50 ? `${sentence.slice(0, colon)}.` : sentence;
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
