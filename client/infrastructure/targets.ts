import type { Uri } from 'vscode';
import type { RunLimits } from '../../engine/run/records.ts';

/**
 * What a command is to work on. A lens gives `[documentUri, name]`, a tree item gives itself, which is such a record, and the palette
 * gives nothing, so that the command asks.
 */
export interface TableTarget {
  readonly folder: string;
  readonly system: string;
  /** Absolute path of the connector. */
  readonly connector: string;
  readonly table: string;
  /** Those of a run that is run again; else the settings say. */
  readonly limits?: RunLimits;
}

export interface ModelTarget {
  readonly folder: string;
  readonly model: string;
}

/** Reads `[documentUri, name]`. */
export function lensArguments(argument: readonly unknown[]): { readonly document: string | Uri; readonly name: string } | undefined {
  const [document, name] = argument;
  if (typeof name !== 'string') return undefined;
  if (typeof document !== 'string' && !isUri(document)) return undefined;
  return { document, name };
}

function isUri(value: unknown): value is Uri {
  return typeof value === 'object' && value !== null && 'fsPath' in value && 'scheme' in value;
}

/** Whether a command's argument is a record with these texts. */
export function isTarget<K extends string>(value: unknown, ...keys: readonly K[]): value is Readonly<Record<K, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    keys.every((key) => typeof (value as Readonly<Record<string, unknown>>)[key] === 'string')
  );
}
