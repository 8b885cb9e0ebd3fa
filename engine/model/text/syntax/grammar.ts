import { behind, replace, type Fault } from './fault.ts';
import { checkElement } from './in-array.ts';
import { checkEntry } from './in-object.ts';
import { leave, onSameLine, readValue, replaced, type Frame, type Reader } from './reader.ts';
import { beginsValue, isClosing, isOpening, isText, type Token } from './token.ts';
import { isLiteral } from './words.ts';

/** What is wrong with the order of tokens. */
export interface Grammar {
  readonly faults: readonly Fault[];
  /** The text ends with its first value, and begins with it. */
  readonly ended: boolean;
}

/** Says where tokens whose brackets fit do not follow each other as in JSON: each object and array by itself. */
export function checkGrammar(text: string, tokens: readonly Token[], strict: boolean): Grammar {
  const faults: Fault[] = [];
  const frames: Frame[] = [{ kind: 'root', wanted: 'value', muted: false, spoilt: false }];
  const reader: Reader = {
    text,
    strict,
    tokens,
    at: 0,
    frames,
    fault: (fault) => {
      if (!frames.at(-1)?.muted) faults.push(fault);
    },
  };
  while (reader.at < tokens.length) {
    const frame = frames.at(-1);
    const token = tokens[reader.at];
    if (!frame || !token) break;
    if (frame.kind === 'root') {
      if (!checkRoot(reader, frame, token)) break;
    } else if (frame.wanted === 'comma') checkComma(reader, frame, token);
    else if (frame.kind === '{') checkEntry(reader, frame, token);
    else checkElement(reader, frame, token);
  }
  if (frames[0]?.wanted === 'value' && faults.length === 0) {
    faults.push({ ...behind(text, text.search(/\S/)), message: 'A JSON object is expected: nothing but comments stands here.' });
  }
  return { faults, ended: reader.at === tokens.length };
}

/** False where nothing more can be said of the text. */
function checkRoot(reader: Reader, frame: Frame, token: Token): boolean {
  const { text, tokens } = reader;
  if (frame.wanted === 'value') {
    const named = isText(token.kind) && tokens[reader.at + 1]?.kind === ':';
    const sound = token.kind !== 'word' || isLiteral(text.slice(token.offset, token.end));
    if (beginsValue(token.kind) && sound && !named) {
      readValue(reader, frame, token);
      frame.wanted = 'end';
      return true;
    }
    const message = named
      ? 'A JSON object begins with "{". Put braces around its properties.'
      : 'A JSON object is expected here. It begins with "{".';
    reader.fault({ offset: token.offset, length: token.end - token.offset, message });
    return false;
  }
  const message = 'The document has ended before this. Remove what follows, or put it inside the brackets.';
  const stray = token.kind === ',' || token.kind === ';' ? tokens.length - reader.at === 1 : false;
  const fixes = stray ? [replace(`Remove the ${token.kind}`, token.offset, token.end, '')] : undefined;
  reader.fault({ offset: token.offset, length: token.end - token.offset, message, ...(fixes && { fixes }) });
  return false;
}

/** After an entry: a comma, the end, or what takes its place. */
function checkComma(reader: Reader, frame: Frame, token: Token): void {
  const { text, tokens } = reader;
  const before = tokens[reader.at - 1];
  if (isClosing(token.kind)) {
    leave(reader);
    return;
  }
  if (token.kind === ',' || token.kind === ';') {
    if (token.kind === ';') reader.fault(replaced(token, 'Entries are parted by commas, not semicolons.', ','));
    frame.sign = token;
    frame.wanted = 'entry';
    frame.spoilt = false;
    reader.at++;
    return;
  }
  if (frame.spoilt && onSameLine(text, before, token)) {
    reader.at++;
    if (isOpening(token.kind)) reader.frames.push({ kind: token.kind, wanted: 'first', muted: true, spoilt: false });
    return;
  }
  frame.spoilt = false;
  if (token.kind === ':') {
    const message =
      frame.kind === '['
        ? 'An array holds no names. Write { } around names and values.'
        : 'This colon follows a value. Is a comma missing before the name?';
    reader.fault({ offset: token.offset, length: 1, message });
    reader.at++;
    frame.wanted = 'value';
    return;
  }
  if (before && !before.implied && !token.implied) {
    const fixes = [replace('Insert a comma', before.end, before.end, ',')];
    reader.fault({ ...behind(text, before.end), message: 'A comma is missing here, between two entries.', fixes });
  }
  frame.wanted = 'entry';
}
