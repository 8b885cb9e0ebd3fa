import type { NewTable } from './connector-text.ts';
import { createNames, simpleWord } from './names.ts';
import { baseAddress, newConnector, type NewConnector } from './new-connector.ts';
import { pagingBy, type PagingKind } from './paging.ts';
import { signInBy, type AuthenticationKind } from './sign-in.ts';

export interface ScratchOptions {
  /** The system type: the name of the file. */
  readonly name: string;
  readonly baseUrl?: string | undefined;
  readonly authentication: AuthenticationKind;
  readonly paging: PagingKind;
  /** Default: one table, `users`. */
  readonly tables?: readonly string[];
}

/** A connector from nothing but a choice of sign-in and paging: every part that needs a value has one, and a note says which to change. */
export function fromScratch(options: ScratchOptions): NewConnector {
  const baseUrl = baseAddress(options.baseUrl);
  const names = createNames();
  const wanted = (options.tables ?? []).map(simpleWord);
  const tables = (wanted.length > 0 ? wanted : ['users']).map((table) => emptyTable(names.take(table)));
  const [first] = tables;
  return newConnector(
    {
      tables,
      baseUrl,
      testUrl: `/${first?.name ?? ''}`,
      signIn: signInBy(options.authentication, { baseUrl }),
      paging: pagingBy({ kind: options.paging }),
    },
    {
      columns: new Map(tables.map(({ name }) => [name, 2])),
      notes: [
        'Paths and columns are examples. Where the answer wraps its rows, name the place in processing_options.output_field.',
        `rest.config.test_connection.url asks for /${first?.name ?? ''}; any cheap call that needs the sign-in will do.`,
      ],
    },
  );
}

function emptyTable(name: string): NewTable {
  return {
    name,
    key: 'id',
    operations: { [`${name}_get`]: { method: 'get', call: { mode: 'normal', path: `/${name}` } } },
    resources: { id: 'string*', name: 'string*' },
  };
}
