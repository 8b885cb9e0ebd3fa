import type { Answered, Question } from '../../client/webviews/run/filter/questions.ts';
import type { PageMessage } from '../../client/webviews/run/messages.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';
import type { RunPageTest } from './run-page.ts';

type Asked = Extract<PageMessage, { readonly type: 'ask' }>;

/** The extension's end of the questions that a page asks. */
export interface Answerer {
  /** Waits for the next question of a kind that was not answered yet. */
  next<Kind extends Question['kind']>(
    kind: Kind,
  ): Promise<{ readonly ask: number; readonly question: Extract<Question, { readonly kind: Kind }> }>;
  /** Waits for it, and answers. */
  answer(kind: Question['kind'], answered: Answered): Promise<void>;
}

export function answerer(run: RunPageTest): Answerer {
  const done = new Set<number>();
  const next: Answerer['next'] = async (kind) => {
    const found = await waitFor(`the page to ask ${kind}`, async () =>
      (await run.posted()).find(
        (message): message is Asked => message.type === 'ask' && message.question.kind === kind && !done.has(message.ask),
      ),
    );
    return { ask: found.ask, question: found.question as Extract<Question, { readonly kind: typeof kind }> };
  };
  return {
    next,
    answer: async (kind, answered) => {
      const { ask } = await next(kind);
      done.add(ask);
      await run.send({ type: 'answer', ask, answered });
    },
  };
}
