import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * The API that the collection bench reads, in a process of its own: `/persons?page=N&size=M&of=ROWS` and `/persons/ID/contracts`. Prints its
 * port. Nothing is computed that could be prepared, so that it is never what the bench waits for longer than a real one would make it.
 */

const page = (first: number, size: number): string => {
  const rows: string[] = [];
  for (let id = first; id < first + size; id++) {
    rows.push(
      `{"id":"p${id}","number":${id},"userName":"user.${id}@halden.example","displayName":"Person Number ${id}","givenName":"Person","familyName":"Number ${id}","department":"Department ${id % 97}","active":${id % 3 !== 0},"hired":"2019-0${(id % 9) + 1}-1${id % 9}","modified":"2026-01-05T12:${String(id % 60).padStart(2, '0')}:00Z"}`,
    );
  }
  return rows.join(',');
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  response.setHeader('content-type', 'application/json');
  if (pathname === '/persons') {
    const of = Number(searchParams.get('of'));
    const size = Number(searchParams.get('size'));
    const first = (Number(searchParams.get('page')) - 1) * size;
    response.end(`{"total":${of},"items":[${page(first, Math.max(0, Math.min(size, of - first)))}]}`);
  } else {
    const id = pathname.split('/')[2] ?? '';
    response.end(`{"items":[{"id":"${id}-1","title":"Engineer","hours":38},{"id":"${id}-2","title":"Coach","hours":4}]}`);
  }
});
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
