import { ErrorCodes, LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';

/** The one guard at this border: a bug in one capability costs that answer, never the server. */
export interface Guard {
  /** From here on requests are answered. */
  initialized(): void;
  /** From here on they are refused. */
  ended(): void;
  /** A request of the language: what goes wrong is logged, and the answer is the empty one. */
  language<Parameters, Answer>(
    name: string,
    empty: Answer,
    answer: (parameters: Parameters) => Answer | Promise<Answer>,
  ): (parameters: Parameters, token: CancellationToken) => Promise<Answer>;
  /** A request whose failure the caller must see; it throws a `ResponseError` for what a person can mend. */
  request<Parameters, Answer>(
    answer: (parameters: Parameters, token: CancellationToken) => Answer | Promise<Answer>,
  ): (parameters: Parameters, token: CancellationToken) => Promise<Answer>;
  /** Work nobody waits for. */
  background(name: string, work: () => void): void;
}

export function createGuard(log: (line: string) => void): Guard {
  let state: 'starting' | 'running' | 'ended' = 'starting';
  const admit = (token: CancellationToken): void => {
    if (state === 'starting') throw new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.');
    if (state === 'ended') throw new ResponseError(ErrorCodes.InvalidRequest, 'The server is shutting down.');
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
  };
  const note = (name: string, error: unknown): void => {
    log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  return {
    initialized: () => {
      state = 'running';
    },
    ended: () => {
      state = 'ended';
    },
    language: (name, empty, answer) => async (parameters, token) => {
      admit(token);
      try {
        return await answer(parameters);
      } catch (error) {
        note(name, error);
        return empty;
      }
    },
    request: (answer) => async (parameters, token) => {
      admit(token);
      return await answer(parameters, token);
    },
    background(name, work) {
      try {
        work();
      } catch (error) {
        note(name, error);
      }
    },
  };
}
