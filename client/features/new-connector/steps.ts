import { CancellationError, QuickInputButtons, window, type Disposable, type QuickInput } from 'vscode';
import type { Offered } from './choices.ts';

/** The answer of a person who wants to see the question before. */
export const back = Symbol('back');

/** One question: what is known so far becomes what is known then, or the person goes back. */
export interface Step<State> {
  /** Whether the question makes sense; it is passed over otherwise, in both directions. */
  readonly applies?: (state: State) => boolean;
  readonly ask: (state: State, canGoBack: boolean) => Promise<State | typeof back>;
}

/** Asks one question after the other, with a way back. Throws `CancellationError` when a person stops. */
export async function runSteps<State>(start: State, steps: readonly Step<State>[]): Promise<State> {
  const before: { readonly index: number; readonly state: State }[] = [];
  let state = start;
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (step === undefined || step.applies?.(state) === false) {
      index++;
      continue;
    }
    const answer = await step.ask(state, before.length > 0);
    if (answer !== back) {
      before.push({ index, state });
      state = answer;
      index++;
      continue;
    }
    const last = before.pop();
    state = last?.state ?? start;
    index = last?.index ?? 0;
  }
  return state;
}

export interface Question {
  readonly title: string;
  readonly placeHolder: string;
  /** There is a question before this one. */
  readonly canGoBack: boolean;
}

/** Asks for one of several. */
export function askChoice<Value>(question: Question, choices: readonly Offered<Value>[]): Promise<Offered<Value> | typeof back> {
  const input = window.createQuickPick<Offered<Value>>();
  input.items = choices;
  input.placeholder = question.placeHolder;
  input.matchOnDescription = true;
  return answerOf(
    input,
    question,
    () => input.selectedItems[0] ?? input.activeItems[0],
    (accept) => input.onDidAccept(accept),
  );
}

/** Asks for a line of text; `check` says what is wrong with one. */
export function askLine(
  question: Question & { readonly value: string; readonly check: (text: string) => string | undefined },
): Promise<string | typeof back> {
  const input = window.createInputBox();
  input.value = question.value;
  input.prompt = question.placeHolder;
  input.onDidChangeValue(() => (input.validationMessage = question.check(input.value)));
  const taken = (): string | undefined => {
    input.validationMessage = question.check(input.value);
    return input.validationMessage === undefined ? input.value.trim() : undefined;
  };
  return answerOf(input, question, taken, (accept) => input.onDidAccept(accept));
}

/** Shows an input until it is answered, left, or the way back is taken. A value that is undefined is no answer yet. */
function answerOf<Value>(
  input: QuickInput & { buttons: readonly (typeof QuickInputButtons.Back)[]; onDidTriggerButton: (listener: () => void) => Disposable },
  { title, canGoBack }: Question,
  taken: () => Value | undefined,
  onAccept: (accept: () => void) => Disposable,
): Promise<Value | typeof back> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      settle();
      input.dispose();
    };
    input.title = title;
    input.ignoreFocusOut = true;
    input.buttons = canGoBack ? [QuickInputButtons.Back] : [];
    input.onDidTriggerButton(() => finish(() => resolve(back)));
    onAccept(() => {
      const value = taken();
      if (value !== undefined) finish(() => resolve(value));
    });
    // Disposing hides, too; by then the promise is settled.
    input.onDidHide(() => finish(() => reject(new CancellationError())));
    input.show();
  });
}
