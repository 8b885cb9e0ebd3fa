import { replace, type Fault } from './fault.ts';
import { isClosing, isOpening, type Opening, type Token } from './token.ts';
import { checkWord, isLiteral } from './words.ts';

/** What comes next in an object, an array or the document. `first` is an entry with none before it. */
export type Wanted = 'first' | 'entry' | 'colon' | 'value' | 'comma' | 'end';

/** An object, an array or the document (`root`) that is being read. */
export interface Frame {
  readonly kind: Opening | 'root';
  wanted: Wanted;
  /** What holds it is told already. */
  readonly muted: boolean;
  /** The value before is told already: what stands beside it on its line belongs to it. */
  spoilt: boolean;
  /** The comma or colon read last. */
  sign?: Token;
  /** The name that waits for its value. */
  name?: Token;
}

/** A way through the tokens. */
export interface Reader {
  readonly text: string;
  readonly strict: boolean;
  readonly tokens: readonly Token[];
  at: number;
  readonly frames: Frame[];
  fault(fault: Fault): void;
}

/** The closing bracket of the innermost object or array, which is there because brackets fit. */
export function leave(reader: Reader): void {
  reader.frames.pop();
  reader.at++;
}

/** A closing bracket where an entry was to come: NIM refuses the comma before it. */
function leaveBehindComma(reader: Reader, frame: Frame): void {
  if (frame.wanted === 'entry' && frame.sign && reader.strict) {
    const { offset, end } = frame.sign;
    const message = 'NIM reads strict JSON, which has no comma after the last entry. Remove it.';
    reader.fault({ offset, length: 1, message, fixes: [replace('Remove the comma', offset, end, '')], harmless: true });
  }
  leave(reader);
}

/** A comma with no entry before it. */
function skipComma(reader: Reader, token: Token): void {
  const message = 'Here is a comma too many: nothing stands before it. Remove it.';
  reader.fault({ offset: token.offset, length: 1, message, fixes: [replace('Remove the comma', token.offset, token.end, '')] });
  reader.at++;
}

/** Reads what may stand where an entry or element may begin, and is none: the end, and a comma too many. Whether it was one of them. */
export function passEndOrComma(reader: Reader, frame: Frame, token: Token): boolean {
  if (isClosing(token.kind)) leaveBehindComma(reader, frame);
  else if (token.kind === ',' || token.kind === ';') skipComma(reader, token);
  else return false;
  return true;
}

/** Reads a value; of an object or array only its beginning. */
export function readValue(reader: Reader, frame: Frame, token: Token): void {
  reader.at++;
  frame.wanted = 'comma';
  if (isOpening(token.kind)) reader.frames.push({ kind: token.kind, wanted: 'first', muted: frame.muted, spoilt: false });
  if (token.kind !== 'word') return;
  const { end } = readWords(reader, token, frame.kind === '{');
  if (isLiteral(reader.text.slice(token.offset, end))) return;
  reader.fault(checkWord(reader.text, token.offset, end));
  frame.spoilt = true;
}

/**
 * Words without quotes that follow each other on a line are one text, and so is `C:\temp` or `12:30` where no name can stand. The reader stands
 * behind the first of them.
 */
export function readWords(reader: Reader, token: Token, withColons: boolean): Token {
  const { text, tokens } = reader;
  // Literals beside each other lack a comma.
  const literal = isLiteral(text.slice(token.offset, token.end));
  let last = token;
  for (;;) {
    const next = tokens[reader.at];
    const behind = tokens[reader.at + 1];
    if (next?.kind === 'word' && (last !== token || !literal) && onSameLine(text, last, next)) {
      last = next;
      reader.at++;
    } else if (withColons && next?.kind === ':' && behind?.kind === 'word' && next.offset === last.end && behind.offset === next.end) {
      last = behind;
      reader.at += 2;
    } else return last;
  }
}

export function onSameLine(text: string, before: Token | undefined, token: Token): boolean {
  return before !== undefined && !/[\r\n]/.test(text.slice(before.end, token.offset));
}

/** Something that is to be written in another way. */
export function replaced({ offset, end }: Token, message: string, text: string): Fault {
  return { offset, length: end - offset, message, fixes: [replace(`Write ${text}`, offset, end, text)] };
}
