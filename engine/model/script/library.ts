import type { Catalog } from '../system/catalog.ts';
import type { Problem } from '../text/problem.ts';
import { checkScript } from './check-script.ts';
import { builtInNames, isVariableName, vaultFunctions } from './known-names.ts';

/** `libraries/<Name>.js`: the body of a function that returns a value (`return class { … }`), which scripts know as the global `<Name>`. */
export interface LibraryFile {
  /** Relative to the workspace, forward slashes. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Whether scripts can name a library so: as a variable, and as none that JavaScript or the vault has already. */
export function isLibraryName(name: string): boolean {
  return isVariableName(name) && !builtInNames.includes(name) && !vaultFunctions.includes(name);
}

/** What is wrong with a library; `others` are the names of all libraries, which it may use within its functions. */
export function checkLibrary({ name, text }: LibraryFile, others: readonly string[], catalog: Catalog): readonly Problem[] {
  const problems = checkScript(text, { aliases: [], globals: others, catalog });
  if (isLibraryName(name)) return problems;
  const message = `Scripts cannot name a library "${name}": it must be a word of letters, digits and _, and none that JavaScript has already. Rename the file.`;
  return [{ code: 'library-name', severity: 'error', message, span: { offset: 0, length: Math.min(1, text.length) } }, ...problems];
}
