import type { CodeLens, Range } from 'vscode-languageserver/node';
import type { Connector } from '../../engine/model/connector/connector.ts';
import type { FileIdentity } from '../../engine/model/workspace/file-kind.ts';
import { indexLines } from '../../engine/model/text/lines.ts';
import { rangeOf } from '../convert.ts';
import type { TableFacts } from '../known-facts.ts';
import { ageOf, counted } from './connector/collected.ts';

/**
 * On each operation that collects a table *Dry run*, and beside it how many rows came last and when; on each that writes *Preview request*.
 * `factsOf` gives what is known of a table now.
 */
export function connectorLenses(
  uri: string,
  text: string,
  connector: Connector,
  factsOf: (table: string) => TableFacts | undefined = () => undefined,
  now = 0,
): CodeLens[] {
  const lines = indexLines(text);
  return connector.tables.flatMap((table) =>
    table.operations.flatMap(({ name, role }) => {
      const range = rangeOf(lines, name.span);
      if (role === 'write') {
        const tooltip = `Show the request that ${name.text} would send; it is not sent`;
        return [lens(range, '$(eye) Preview request', 'sollist.previewRequest', uri, table.name, tooltip, name.text)];
      }
      const tooltip = `Run ${name.text} with a limit and show the rows; nothing is stored or written`;
      const facts = factsOf(table.name);
      return [
        lens(range, '$(play) Dry run', 'sollist.dryRun', uri, table.name, tooltip),
        ...(facts ? [lens(range, ageTitle(facts, now), 'sollist.dryRun', uri, table.name, ageTooltip(facts, now))] : []),
      ];
    }),
  );
}

/** `482 rows · 2 h ago`, with what makes them less than a collection that is complete. */
function ageTitle({ rows, at, complete, from }: TableFacts, now: number): string {
  const less = from === 'dry run' ? ['dry run'] : complete ? [] : ['not complete'];
  return [counted(rows), ageOf(at, now), ...less].join(' · ');
}

function ageTooltip({ system, from, at, complete, notes }: TableFacts, now: number): string {
  const what = `${from === 'dry run' ? 'The last dry run of' : 'Collected from'} ${system}, ${ageOf(at, now)}.`;
  const why = complete || notes.length === 0 ? '' : ` Not complete: ${notes[0] ?? ''}`;
  return `${what}${why} Click to run it again with a limit.`;
}

const top: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** What can be run of a file as a whole stands on its first line. */
export function fileLenses(uri: string, identity: FileIdentity): CodeLens[] {
  switch (identity.kind) {
    case 'mapping':
      return [
        lens(
          top,
          '$(preview) Preview',
          'sollist.previewMapping',
          uri,
          identity.name,
          'Show what this mapping would change, and every request; nothing is sent',
        ),
      ];
    case 'role-model':
      return [inspectLens(uri, identity.name)];
    case 'role':
      return [inspectLens(uri, identity.model ?? '')];
    default:
      return [];
  }
}

function inspectLens(uri: string, model: string): CodeLens {
  const tooltip = 'Show who would be added, removed and stay; nothing is sent';
  return lens(top, '$(organization) Inspect roles', 'sollist.inspectRoles', uri, model, tooltip);
}

function lens(
  range: Range,
  title: string,
  command: string,
  uri: string,
  name: string,
  tooltip: string,
  ...more: readonly string[]
): CodeLens {
  return { range, command: { title, tooltip, command, arguments: [uri, name, ...more] } };
}
