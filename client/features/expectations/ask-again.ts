/** What came of asking for a file; `unknown`: whoever was asked has not heard of it yet. */
export type Asked = 'known' | 'gone' | 'unknown';

/** Asks for files until they are known: one loop for each address, however often the file changes meanwhile. */
export interface AskAgain {
  /** The file changed: asks for it, and again where the answer may be older than the change. Ends with the loop that does so. */
  touched(address: string): Promise<void>;
  /** Its document was closed: it is not waited for any longer. */
  closed(address: string): void;
}

interface Loop {
  /** Changes that came meanwhile. */
  changes: number;
  isClosed: boolean;
  done: Promise<void>;
}

/** `attempts`: how often one loop asks for a file that is not known; `pause` waits between two. */
export function createAskAgain(
  ask: (address: string) => Promise<Asked>,
  { attempts, pause }: { readonly attempts: number; readonly pause: () => Promise<void> },
): AskAgain {
  const loops = new Map<string, Loop>();
  /** Waited for in vain: asked for once a change, until they are known or gone. */
  const givenUp = new Set<string>();

  const follow = async (address: string, loop: Omit<Loop, 'done'>): Promise<void> => {
    let left = givenUp.has(address) ? 1 : attempts;
    for (;;) {
      const { changes } = loop;
      const asked = await ask(address);
      if (asked === 'unknown') {
        left = loop.isClosed ? 0 : left - 1;
        if (left > 0) await pause();
        if (left <= 0 || loop.isClosed) givenUp.add(address);
      } else givenUp.delete(address);
      if (loop.changes === changes && (asked !== 'unknown' || givenUp.has(address))) return;
    }
  };

  return {
    touched(address) {
      const running = loops.get(address);
      if (running) {
        running.changes++;
        return running.done;
      }
      const loop: Loop = { changes: 0, isClosed: false, done: Promise.resolve() };
      loops.set(address, loop);
      loop.done = follow(address, loop).finally(() => loops.delete(address));
      return loop.done;
    },
    closed(address) {
      const running = loops.get(address);
      if (running) running.isClosed = true;
    },
  };
}
