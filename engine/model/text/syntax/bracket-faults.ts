import { behind, replace, withItsBlanks, type Fault } from './fault.ts';
import { blanksOf, type Place } from './layout.ts';
import { closingOf, isClosing, type Closing, type Opening, type Token } from './token.ts';

/** An opening bracket that waits for the one that closes it. */
export interface Open {
  readonly token: Token & { readonly kind: Opening };
  readonly place: Place;
  /** How to speak of it: `The "{" of "users"`. */
  readonly name: string;
}

/** How to speak of the bracket at `index`. */
export function nameOfBracket(text: string, tokens: readonly Token[], index: number): string {
  const sign = tokens[index]?.kind ?? '';
  const name = tokens[index - 2];
  if (tokens[index - 1]?.kind !== ':' || name?.kind !== 'string' || name.end - name.offset > 60) return `This "${sign}"`;
  return `The "${sign}" of ${text.slice(name.offset, name.end)}`;
}

/** Says that brackets are missing before `next`, or at the end, and adds them; the innermost comes first. */
export function addClosings(text: string, lacking: readonly Open[], out: Token[], next: Token | undefined): Fault {
  const dangling = out.at(-1)?.kind === ',' ? out.pop() : undefined;
  const at = out.at(-1)?.end ?? 0;
  for (const { token } of lacking) out.push({ kind: closingOf[token.kind], offset: at, end: at, implied: true });
  // A comma before them stands behind them instead; at the end there is none.
  const goesOn = next !== undefined && !isClosing(next.kind) && next.kind !== ',';
  if (goesOn) out.push({ ...(dangling ?? { kind: ',', offset: at, end: at }), implied: true });
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const written = lacking
    .map(({ token, place }) => (place.block ? lineBreak + blanksOf(text, place.line) : '') + closingOf[token.kind])
    .join('');
  const signs = lacking.map(({ token }) => closingOf[token.kind]).join(' ');
  const [first] = lacking;
  const where = next === undefined ? 'before the text ends' : 'here';
  const message =
    lacking.length === 1
      ? `${first?.name ?? ''} is not closed: "${signs}" is missing ${where}.`
      : `${lacking.length} brackets are not closed: ${signs} are missing ${where}.`;
  const end = dangling && !goesOn ? dangling.end : at;
  return {
    ...behind(text, at),
    message,
    fixes: [replace(`Write ${signs}`, at, end, written + (goesOn && !dangling ? ',' : ''))],
    related: lacking
      .slice(0, 5)
      .map(({ token }) => ({ path: '', span: { offset: token.offset, length: 1 }, message: `"${token.kind}" is opened here.` })),
  };
}

export function sayWrong(token: Token, kind: Closing, { token: opening, name }: Open): Fault {
  const right = closingOf[opening.kind];
  return {
    offset: token.offset,
    length: 1,
    message: `${name} is closed by "${kind}" here. Close it with "${right}".`,
    fixes: [replace(`Write ${right}`, token.offset, token.end, right)],
    related: [{ path: '', span: { offset: opening.offset, length: 1 }, message: `"${opening.kind}" is opened here.` }],
  };
}

export function sayTooMany(text: string, token: Token, kind: Closing, comma: Token | undefined): Fault {
  const out = withItsBlanks(text, token.offset, comma?.end ?? token.end);
  return {
    offset: token.offset,
    length: 1,
    message: `This "${kind}" is one too many: nothing is open that it could close. Remove it.`,
    fixes: [replace(`Remove ${kind}`, out.offset, out.end, '')],
  };
}

/** Says that an opening bracket is missing behind a colon or before the first name. */
export function sayNotOpened(text: string, kind: Opening, at: number, before: boolean): Fault {
  return {
    ...behind(text, at),
    message: `"${kind}" is missing here: its "${closingOf[kind]}" follows.`,
    fixes: [replace(`Write ${kind}`, at, at, before ? `${kind} ` : ` ${kind}`)],
  };
}
