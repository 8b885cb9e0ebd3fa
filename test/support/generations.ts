import { startServer, type Answer, type SeenRequest, type TestServer } from './http-server.ts';
import { writeFiles } from './write-files.ts';

/** Rows of a page. */
const pageSize = 60;

/** Groups there are. */
export const groupCount = 6;

/**
 * An API whose rows carry the number of the collection they were given to: each first page begins a new generation. How many persons there are
 * depends on it, so that a mixture of two generations has the wrong number of rows.
 */
export interface GenerationServer extends TestServer {
  readonly generation: number;
}

export function personsIn(generation: number): number {
  return 200 + (generation % 17);
}

export async function startGenerations(
  onRequest: (request: SeenRequest) => void | Promise<void> = () => undefined,
): Promise<GenerationServer> {
  let last = 0;
  const begun = new Map<string, number>();
  const server = await startServer(async (request): Promise<Answer> => {
    await onRequest(request);
    const { query } = request;
    // Whoever collects at the same time has an address of its own.
    const [, caller = '', path = ''] = /^(\/as-\w+)?(\/.*)$/.exec(request.path) ?? [];
    const skip = Number(query.get('skip'));
    if (skip === 0 && !path.endsWith('/members')) begun.set(caller, ++last);
    const generation = begun.get(caller) ?? 0;
    if (path === '/persons') {
      const total = personsIn(generation);
      const items = Array.from({ length: Math.max(0, Math.min(pageSize, total - skip)) }, (_, i) => ({
        id: `p${skip + i}`,
        generation,
        note: 'some text that fills a row so that pages of the vault are written',
        phones: [{ number: `${generation}-${skip + i}`, generation }],
      }));
      return { json: { total, items } };
    }
    if (path === '/groups') {
      return {
        json: { total: groupCount, items: Array.from({ length: groupCount }, (_, i) => ({ id: `${generation}-${i}`, generation })) },
      };
    }
    const [, group = '', mine = ''] = /^\/groups\/((\d+)-\d+)\/members$/.exec(path) ?? [];
    return { json: { total: 3, items: ['a', 'b', 'c'].map((member) => ({ id: `${group}-${member}`, generation: Number(mine) })) } };
  });
  return Object.defineProperty(server, 'generation', { get: () => last }) as GenerationServer;
}

/** A workspace with the system `hr` over such a server. */
export function writeGenerations(folder: string, url: string, settings: Readonly<Record<string, unknown>> = {}): void {
  const read = (call: unknown, more: unknown = {}): unknown => ({
    method: 'get',
    processing_options: { output_field: 'items' },
    call,
    ...(more as object),
  });
  writeFiles(folder, {
    'sollist.json': { name: 'Generations', ...settings },
    'connectors/HR.json': {
      schema: {
        crud_objects: {
          persons: {
            key: 'id',
            operations: { persons_get: read({ mode: 'normal', path: '/persons' }) },
            resources: { id: 'string*', generation: 'number*', note: 'string*', phones: [{ number: 'string*', generation: '_:number*' }] },
          },
          groups: {
            key: 'id',
            operations: { groups_get: read({ mode: 'normal', path: '/groups' }) },
            resources: { id: 'string*', generation: 'number*' },
          },
          members: {
            key: 'id',
            operations: {
              members_get: read(
                { mode: 'iteration', table: 'groups', iterator: 'id', path: '/groups/{iterator}/members' },
                { maxSessionCount: 2 },
              ),
            },
            resources: { id: 'string*', generation: 'number*' },
          },
        },
      },
      rest: {
        config: {
          baseUrl: url,
          authentication: 'none',
          test_connection: { url: '/groups' },
          get: { pagination: { mode: 'skip_take', page_size: pageSize, params: { take: '{take_count}', skip: '{skip_count}' } } },
        },
      },
    },
    'systems/hr.json': { connector: 'HR', tables: { persons: {}, persons_phones: {}, groups: {}, members: {} } },
  });
}
