import {
  DidChangeConfigurationNotification,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver/node';

/** What a person set in the editor's section `sollist`, as far as the server needs it. */
export interface Settings {
  /** The environment whose connection values count; undefined means the values as the system files give them. */
  readonly environment?: string;
  readonly inlayHints: { readonly addresses: boolean };
  /** What the vault tells about filters: rows after each part, and hazards. */
  readonly filter: { readonly rowCounts: boolean; readonly hazards: boolean };
  /** Severities by code, for files that lie in no workspace. */
  readonly problems: { readonly severities: Readonly<Record<string, string>> };
}

/** The settings as they are now. */
export interface ServerSettings {
  current(): Settings;
  /** What the editor said it can do. */
  client(): ClientCapabilities;
  /** Called after the settings became others. */
  onChange(listener: () => void): void;
  /** To be told when the editor connects; `initializationOptions.settings` may bring first values. */
  initialize(parameters: InitializeParams): void;
  /** To be told when the editor is ready for requests. */
  initialized(): void;
}

const section = 'sollist';

/** Asks the editor for the settings where it can be asked, and takes what it sends where it cannot. */
export function createServerSettings(connection: Connection): ServerSettings {
  const listeners: (() => void)[] = [];
  let client: ClientCapabilities = {};
  let settings = readSettings(undefined);
  let asked = 0;
  const become = (value: unknown): void => {
    const next = readSettings(value);
    if (JSON.stringify(next) === JSON.stringify(settings)) return;
    settings = next;
    for (const listener of listeners) listener();
  };
  const ask = async (): Promise<void> => {
    const turn = ++asked;
    const value: unknown = await connection.workspace.getConfiguration({ section });
    // Only the last answer counts, whichever comes last.
    if (turn === asked) become(value);
  };
  /** An editor that does not answer leaves the settings as they are. */
  const quietly = (work: Promise<unknown>): void => {
    work.catch(() => undefined);
  };
  connection.onDidChangeConfiguration((change: { readonly settings?: unknown } | null) => {
    if (client.workspace?.configuration === true) quietly(ask());
    else become(fieldOf(change?.settings, section));
  });
  return {
    current: () => settings,
    client: () => client,
    onChange: (listener) => void listeners.push(listener),
    initialize({ capabilities, initializationOptions }) {
      client = capabilities;
      settings = readSettings(fieldOf(initializationOptions, 'settings'));
    },
    initialized() {
      if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true)
        quietly(connection.client.register(DidChangeConfigurationNotification.type, { section }));
      if (client.workspace?.configuration === true) quietly(ask());
    },
  };
}

/** Whatever an editor sends: what is not as it should be is as if it were not set. */
function readSettings(value: unknown): Settings {
  const environment = fieldOf(value, 'environment');
  const filter = fieldOf(value, 'filter');
  const severities = Object.entries(fieldOf(fieldOf(value, 'problems'), 'severities') ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    ...(typeof environment === 'string' && environment.trim() !== '' && { environment: environment.trim() }),
    inlayHints: { addresses: fieldOf(fieldOf(value, 'inlayHints'), 'addresses') === true },
    filter: { rowCounts: fieldOf(filter, 'rowCounts') !== false, hazards: fieldOf(filter, 'hazards') !== false },
    problems: { severities: Object.fromEntries(severities) },
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
