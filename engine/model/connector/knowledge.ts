/** What JSON held at one path of an answer. Null and what is empty say nothing, and count as none of these. */
export type SeenType = 'text' | 'date' | 'datetime' | 'number' | 'boolean' | 'list' | 'object' | 'objects';

/**
 * One value an API sent that its connector does not declare. What lies in an object has the object's names before its own; what lies in the
 * entries of an array of objects has the array's names before it, and the array is a path of its own, of the type `objects`.
 */
export interface SeenPath {
  /** Property names from the row down. */
  readonly path: readonly string[];
  /** `list` is an array of texts, numbers and the like; `object` one that was not looked into. Empty where all values were null. */
  readonly types: readonly SeenType[];
  /** How many had a value here, of those that were looked at: rows, or entries of the array it lies in. */
  readonly filled: number;
  readonly of: number;
  /** One or two values, short and without secrets; none for what is secret by its name. */
  readonly samples: readonly string[];
}

/** What the answers for one table were like, beyond what its connector says of them. */
export interface SeenAnswer {
  /** Rows that were looked at. */
  readonly rows: number;
  /** Ordered by path. */
  readonly paths: readonly SeenPath[];
  /** There were more paths than are kept. */
  readonly more?: boolean;
  /** The property that holds the rows, dotted: the operation has no `output_field`, and the answer wraps a list. */
  readonly wrapped?: string;
}

/** What is known of a connector from running it: by table, without the child tables, whose paths lie below those of their parent. */
export type ConnectorKnowledge = ReadonlyMap<string, SeenAnswer>;

/** Paths kept of one answer. */
export const mostSeenPaths = 500;

/** Objects and arrays that are looked into, one within the other. */
export const deepestSeenPath = 8;

/** Characters of a sample. */
export const longestSample = 60;

/** Names whose values nobody may see: `password`, `apiKey`, `client_secret`, `accessToken`, … */
const secretName =
  /secret|passw(or)?d|passwd|passphrase|^pwd$|token|credential|certificate|private_?key|api[-_ ]?key|signature|hash$|salt$|^(otp|pin)$/i;

/** Whether a value is to be kept out of samples because of its name. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** A value as a sample: one line, and cut. */
export function sampleOf(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length <= longestSample ? line : `${line.slice(0, longestSample - 1).toWellFormed()}…`;
}

/** The newest of what is known of each table: several systems may use one connector. */
export function knowledgeFrom(
  answers: readonly { readonly table: string; readonly at: number; readonly seen: SeenAnswer }[],
): ConnectorKnowledge {
  return new Map([...answers].sort((a, b) => a.at - b.at).map(({ table, seen }) => [table, seen]));
}
