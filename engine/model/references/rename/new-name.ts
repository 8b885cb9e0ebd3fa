import { authenticationInputs } from '../../connector/authentication.ts';
import { findTable, type Connector } from '../../connector/connector.ts';
import { internalName } from '../../internal/internal-system.ts';
import { isFilesHome } from '../../files/files-connector.ts';
import type { FilterDocument } from '../../filter/filter.ts';
import { sameName } from '../../filter/words.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { keyOf, wordOf, type Entity } from '../entity.ts';
import { connectorModels } from '../resolve.ts';
import { refuse, type Changes, type Refusal } from './changes.ts';

/** Names of the engine's own variables that a connection item would hide. */
const engineNames: ReadonlySet<string> = new Set([
  'iterator',
  'page_number',
  'skip_count',
  'take_count',
  'redirect_uri',
  'scopes',
  'scope',
]);

/** Why a thing cannot be renamed at all; undefined where it can. */
export function whyFixed(workspace: Workspace, { kind, home, name }: Entity): Refusal | undefined {
  switch (kind) {
    case 'input':
      return refuse(
        `"${name}" is an input that the authentication asks for by this name, so it cannot be renamed. Its label can be changed in connection.items.`,
      );
    case 'engine':
      return refuse(`"${name}" is a name of the engine, so it cannot be renamed.`);
    case 'secret':
      return refuse(
        `The secret "${name}" is kept outside the files, so renaming it here would lose it. Store it under the new name first.`,
      );
    case 'environment-variable':
      return refuse(`"${name}" is an environment variable, set outside the files. Change it here and there by hand.`);
    case 'table':
    case 'column':
      return isFilesHome(home)
        ? refuse(
            `"${name}" is what the file calls it, so it cannot be renamed here. Rename it where the file is made, then mend what names it.`,
          )
        : undefined;
    case 'item': {
      const paging = workspace.connectors.get(home)?.model.rest.paging;
      return name === 'page_size' && !paging?.pageSize
        ? refuse(
            'The engine takes the page size from the connection item of this name. Name it in pagination.page_size before you rename it.',
          )
        : undefined;
    }
    case 'system':
      return name === internalName ? refuse(`"${name}" is what NIM calls its own system, so it cannot be renamed.`) : undefined;
    default:
      return undefined;
  }
}

/** Whether a new name can be one for a thing of its kind. */
export function checkShape(entity: Entity, name: string, inTemplates: boolean): Refusal | undefined {
  const word = wordOf(entity.kind);
  if (name.trim() === '') return refuse(`${article(word, true)} needs a name: this one is empty.`);
  if (/\p{Cc}/u.test(name) || !name.isWellFormed())
    return refuse(`The name of ${article(word)} cannot hold control characters or broken ones. Write it with plain characters.`);
  switch (entity.kind) {
    case 'operation':
      return /^[\p{L}\p{N}]+(?:[_-]+[\p{L}\p{N}]+)*$/u.test(name)
        ? undefined
        : refuse(`An operation's name is a word, or words joined by "_" or "-": "${name}" is not.`);
    case 'connector':
    case 'system':
    case 'filter':
      if (/[\\/:*?"<>|]/.test(name) || /^\.|[. ]$|^ /.test(name))
        return refuse(
          `The ${word}'s name is that of its file, and "${name}" cannot be one. Leave out \\ / : * ? " < > | and dots or blanks at the ends.`,
        );
      return entity.kind === 'filter' && /[[\]]/.test(name)
        ? refuse(`A filter's name cannot hold [ or ]: mappings write lookups that way, as in Name[lookup].`)
        : undefined;
    default:
      return inTemplates && !/^[\p{L}\p{N}_$][\p{L}\p{N}_$.\- ]*$/u.test(name)
        ? refuse(
            `"${name}" stands in braces as a variable, where only letters, digits, blanks and _ $ . - are read. Choose a name made of these.`,
          )
        : undefined;
  }
}

/** Whether something else already has one of the new names in the same place. */
export function checkFree(workspace: Workspace, changes: Changes): Refusal | undefined {
  for (const { entity, to } of changes.values()) {
    const taken = namesBeside(workspace, entity).find(
      (name) => name !== entity.name && !changes.has(keyOf({ ...entity, name })) && isSame(entity, name, to),
    );
    if (taken !== undefined)
      return refuse(`There is already ${article(wordOf(entity.kind))} "${taken}"${placeOf(entity)}. Choose another name.`);
    if (entity.kind === 'item' && engineNames.has(to)) return refuse(`"${to}" is a variable of the engine. Choose another name.`);
  }
  return undefined;
}

function article(word: string, first = false): string {
  return `${first ? 'A' : 'a'}${/^[aeiou]/.test(word) ? 'n' : ''} ${word}`;
}

/** Filters tell names apart without their case, and so do many disks those of files. */
function isSame({ kind }: Entity, a: string, b: string): boolean {
  return a === b || (withoutCase.has(kind) && sameName(a, b));
}

const withoutCase: ReadonlySet<Entity['kind']> = new Set(['output', 'alias', 'parameter', 'lookup', 'connector', 'system', 'filter']);

function placeOf({ kind, home, table }: Entity): string {
  if (table !== undefined) return ` in the table "${table}"`;
  if (home === '') return '';
  return kind === 'table' || kind === 'item' ? ` in the connector "${home}"` : ` in the filter "${home}"`;
}

/** The names of all things of that kind in the same place. */
function namesBeside(workspace: Workspace, entity: Entity): readonly string[] {
  const { kind, home } = entity;
  const filter = workspace.filters.get(home)?.model;
  switch (kind) {
    case 'connector':
      return [...workspace.connectors.keys()];
    case 'system':
      return [...workspace.systems.keys()];
    case 'filter':
      return [...workspace.filters.keys()];
    case 'table':
    case 'column':
    case 'operation':
    case 'attribute':
    case 'item':
      return connectorModels(workspace, home).flatMap((connector) => inConnector(connector, entity));
    case 'parameter':
    case 'lookup':
      return filter ? inFilter(filter, kind) : [];
    default:
      // Binding tells of aliases and columns that meet.
      return [];
  }
}

function inConnector(connector: Connector, { kind, table }: Entity): readonly string[] {
  const owner = findTable(connector, table ?? '');
  if (kind === 'table') return connector.tables.map(({ name }) => name);
  if (kind === 'item')
    return [...connector.items.map(({ name }) => name.text), ...authenticationInputs(connector.rest.authentication?.text)];
  if (kind === 'operation') return owner?.operations.map(({ name }) => name.text) ?? [];
  return owner?.columns.map(({ name }) => name) ?? [];
}

function inFilter(filter: FilterDocument, kind: 'parameter' | 'lookup'): readonly string[] {
  return (kind === 'parameter' ? filter.parameters : (filter.tree?.lookups ?? [])).map(({ name }) => name.text);
}
