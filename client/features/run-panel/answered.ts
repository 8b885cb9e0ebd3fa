import type { CancellationToken } from 'vscode';
import { isCancellation } from '../../infrastructure/commands.ts';
import type { ViewedFilter } from '../../infrastructure/run-view.ts';
import type { Answered, Question } from '../../webviews/run/filter/questions.ts';

/** The answer to a question of the page; what fails is a sentence there, and nothing is thrown. */
export async function answered(filter: ViewedFilter | undefined, question: Question, token: CancellationToken): Promise<Answered> {
  if (filter === undefined) return { ok: false, message: 'Run the filter again to ask this.' };
  try {
    return { ok: true, answer: await filter.answer(question, token) };
  } catch (error) {
    if (isCancellation(error)) return { ok: false, message: 'Cancelled.' };
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
