import type { Problem, Span } from '../text/problem.ts';
import { parseScript, tooDeep } from './parse-script.ts';
import type { VaultCall } from './vault-names.ts';
import { walkScript } from './walk-script.ts';

/** A column that a script reads: `Users['mail']`, `Users.mail`, `data['Users']['mail']`. Spans are without quotes. */
export interface ScriptRead {
  readonly alias: string;
  readonly column: string;
  readonly span: Span;
  readonly aliasSpan: Span;
  /** The alias stands as a name of its own, not as `data['…']`: it may be a library's. */
  readonly asName: boolean;
  /** Read with a dot, so that only a plain word can take its place. */
  readonly dotted: boolean;
  /** Nothing around it asks whether the table has a row. */
  readonly unguarded: boolean;
}

/** A name that a script uses and does not declare: a table, a library, a built-in, or a mistake. */
export interface FreeName {
  readonly name: string;
  readonly span: Span;
  /** `assigned`: given a value only. `asked`: only `typeof`, which undeclared names bear. */
  readonly use: 'read' | 'assigned' | 'asked';
}

/** What a script does, as far as it can be told without running it. All spans are within its code. */
export interface ScriptAnalysis {
  /** What is wrong with its syntax; nothing else is known then. */
  readonly problems: readonly Problem[];
  /** Every place where a column is read by name. What is not the alias of a table here may be a library: `Helper.name`. */
  readonly reads: readonly ScriptRead[];
  /** Names, of tables perhaps, that are used as a whole (`Users[name]`, `f(Users)`): all columns may be read. Built-ins are left out. */
  readonly aliases: readonly string[];
  /** All names, of tables perhaps, that occur in any way, also where only their presence is asked for. Built-ins are left out. */
  readonly mentioned: readonly string[];
  /** Every place of an alias as `data['…']`; without quotes. */
  readonly keyed: readonly { readonly alias: string; readonly span: Span }[];
  /** Which tables it reads cannot be told (`data[name]`): all columns of all tables may be. */
  readonly dynamic: boolean;
  /** Places of names that the script does not declare, built-ins included. */
  readonly free: readonly FreeName[];
  /** `return` with a value occurs. */
  readonly returns: boolean;
  /** The script is one expression without `return`; where it begins. */
  readonly expressionAt?: number;
  /** `import('…')`, which scripts do not have. */
  readonly imports: readonly Span[];
  /** What it asks the vault for. */
  readonly vaultCalls: readonly VaultCall[];
  /** It is in strict mode, where a name must be declared before it gets a value. */
  readonly strict: boolean;
}

/**
 * Reads a script column: the body of a function in the notation of NIM. `tables`: aliases that are known, which matters only for those that
 * have the name of a built-in (`Map`, `Date`). Never throws.
 */
export function analyseScript(code: string, tables: readonly string[] = []): ScriptAnalysis {
  const parsed = parseScript(code);
  if ('problem' in parsed) return broken(parsed.problem);
  try {
    return walkScript(parsed.program, new Set(tables));
  } catch (error) {
    // The one thing that can go wrong with a tree that was read: it is too deep to be walked.
    if (error instanceof RangeError) return broken(tooDeep(code).problem);
    throw error;
  }
}

function broken(problem: Problem): ScriptAnalysis {
  const nothing = { reads: [], aliases: [], mentioned: [], keyed: [], free: [], imports: [], vaultCalls: [] };
  return { problems: [problem], ...nothing, dynamic: true, returns: true, strict: false };
}
