import { post } from '../host.ts';
import type { Answered, Answers, Question } from './questions.ts';

/** A question under way. */
export interface Asked {
  /** Nobody waits for the answer any more: what works on it is ended. */
  forget(): void;
}

let asked = 0;
const waiting = new Map<number, (answered: Answered) => void>();

/** Asks the extension; `tell` is called once, unless the question was forgotten. */
export function ask<Kind extends Question['kind']>(
  question: Extract<Question, { readonly kind: Kind }>,
  tell: (answered: Answered<Answers[Kind]>) => void,
): Asked {
  asked += 1;
  const own = asked;
  // A question and its answer carry the same number, so the answer is of the question's kind.
  waiting.set(own, tell as (answered: Answered) => void);
  post({ type: 'ask', ask: own, question });
  return {
    forget: () => {
      if (waiting.delete(own)) post({ type: 'forget', ask: own });
    },
  };
}

/** Hands an answer to whoever asked. */
export function answerCame(number: number, answered: Answered): void {
  const tell = waiting.get(number);
  waiting.delete(number);
  tell?.(answered);
}

/** Forgets every question: the page they belonged to is gone, and the extension knows. */
export function forgetQuestions(): void {
  waiting.clear();
}
