import { CancellationError, window } from 'vscode';
import { SollistFailure } from './failure.ts';

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly value: T;
}

/** Asks for one of the choices; a single one is taken without asking. Throws `CancellationError` when a person gives none. */
export async function pickOne<T>(choices: readonly Choice<T>[], placeHolder: string, whenNone: string): Promise<T> {
  const [first] = choices;
  if (first === undefined) throw new SollistFailure('nothing-to-choose', whenNone);
  if (choices.length === 1) return first.value;
  const chosen = await window.showQuickPick([...choices], { placeHolder, matchOnDescription: true });
  if (chosen === undefined) throw new CancellationError();
  return chosen.value;
}

/** Asks for a line of text. Throws `CancellationError` when a person gives none. */
export async function askText(options: {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly password?: boolean;
}): Promise<string> {
  const text = await window.showInputBox({ ...options, ignoreFocusOut: true });
  if (text === undefined) throw new CancellationError();
  return text;
}
