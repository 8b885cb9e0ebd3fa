import { CancellationTokenSource, type CancellationToken } from 'vscode';
import type { Answered, Question } from '../../webviews/run/filter/questions.ts';

/** What the page of a panel asked and nobody has answered yet. */
export interface Questions {
  ask(number: number, question: Question): void;
  forget(number: number): void;
  /** The page that asked is gone. */
  forgetAll(): void;
}

/** `find` works on an answer until its token is cancelled; `tell` is given it, unless it is not wanted any more. */
export function createQuestions(
  find: (question: Question, token: CancellationToken) => Promise<Answered>,
  tell: (number: number, answered: Answered) => void,
): Questions {
  const open = new Map<number, CancellationTokenSource>();
  const forget = (number: number): void => {
    const source = open.get(number);
    open.delete(number);
    source?.cancel();
    source?.dispose();
  };
  return {
    ask: (number, question) => {
      forget(number);
      const source = new CancellationTokenSource();
      open.set(number, source);
      void find(question, source.token).then((answered) => {
        // A page that was loaded anew counts from the start: the number may be another question's by now.
        if (open.get(number) !== source) return;
        open.delete(number);
        source.dispose();
        tell(number, answered);
      });
    },
    forget,
    forgetAll: () => {
      for (const number of [...open.keys()]) forget(number);
    },
  };
}
