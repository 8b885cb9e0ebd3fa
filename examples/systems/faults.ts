import type { IncomingMessage, ServerResponse } from 'node:http';

/** What goes wrong. */
export type FaultAction =
  /** Answers with this status instead; an object as body goes out as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  /** Never answers; the connection stays open. */
  | { readonly kind: 'hang' }
  /** Breaks the connection in the middle of an answer that began well. */
  | { readonly kind: 'drop' }
  /** Stops the whole system, as if its plug were pulled. */
  | { readonly kind: 'stop' };

/** A failure to come. */
export type Fault = {
  /** Which requests: looked for in the path alone and in the path with its query. */
  readonly path: RegExp;
  /** How many matching requests get through first. */
  readonly after: number;
  /** How many requests fail then; every one unless given. */
  readonly times?: number;
  readonly action: FaultAction;
};

/** The failures a system is told to have. */
export type Faults = {
  add(fault: Fault): void;
  clear(): void;
};

/** The faults of one system, and the question which of them meets a request. Every matching fault counts the request. */
export function createFaults(): { readonly faults: Faults; meet(url: string): FaultAction | undefined } {
  let armed: { readonly fault: Fault; seen: number }[] = [];
  return {
    faults: {
      add: (fault) => void armed.push({ fault, seen: 0 }),
      clear: () => (armed = []),
    },
    meet(url) {
      const path = url.split('?')[0] ?? '';
      let action: FaultAction | undefined;
      for (const one of armed) {
        const { fault } = one;
        // `search` has no memory, whereas `test` of an expression with the flag g matches only every other time.
        if (path.search(fault.path) < 0 && url.search(fault.path) < 0) continue;
        one.seen += 1;
        if (one.seen > fault.after && one.seen <= fault.after + (fault.times ?? Infinity)) action ??= fault.action;
      }
      return action;
    },
  };
}

/** Does to one request what the fault says. */
export function act(action: FaultAction, request: IncomingMessage, response: ServerResponse, stop: () => void): void {
  switch (action.kind) {
    case 'status': {
      const text = typeof action.body === 'string' ? action.body : JSON.stringify(action.body ?? {});
      const type = typeof action.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
      response.writeHead(action.status, { 'content-type': type, ...action.headers });
      response.end(text);
      return;
    }
    case 'hang':
      return;
    case 'drop':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '65536' });
      response.write('{"items":[{"id":"', () => request.socket.destroy());
      return;
    case 'stop':
      stop();
      return;
  }
}
