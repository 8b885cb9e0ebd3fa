import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { act, createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { logRequest, writesOf } from './request-log.ts';
import type { LoggedRequest } from './request-log.ts';

/** A sample system that listens. */
export type RunningSystem = {
  readonly name: string;
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly baseUrl: string;
  /** Every request so far, in order of arrival. */
  readonly log: readonly LoggedRequest[];
  /** The requests so far that write. */
  writes(): readonly LoggedRequest[];
  readonly faults: Faults;
  /** Breaks every connection and stops listening; harmless when repeated. */
  stop(): Promise<void>;
};

/** A system that can be started. */
export type System = {
  readonly name: string;
  /** The port to listen on; 0 for any free one. */
  readonly port: number;
  /** The path in lower case that the system's data lie under. */
  readonly root: string;
  /** Makes the application, once the address is known. */
  build(baseUrl: string): RequestListener;
};

/** The port asked for is taken by somebody else. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** Starts a system on loopback. Fails with {@link PortInUse} if its port is taken. */
export async function start(system: System): Promise<RunningSystem> {
  const log: LoggedRequest[] = [];
  const { faults, meet } = createFaults();
  const server = createServer();

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `127.0.0.1:${system.port}`;
      const inUse = `${system.name} cannot listen on ${where}, because another program does: stop that program or choose another port.`;
      reject(error.code === 'EADDRINUSE' ? new PortInUse(inUse) : error);
    });
    server.listen(system.port, '127.0.0.1', resolve);
  });

  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const baseUrl = `http://${address}`;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const application = system.build(baseUrl);
  server.on('request', (request, response) => {
    logRequest(log, request, response);
    const action = meet(request.url ?? '');
    if (action) act(action, request, response, () => void stop());
    else application(request, response);
  });

  return { name: system.name, address, baseUrl, log, writes: () => writesOf(log, system.root), faults, stop };
}
