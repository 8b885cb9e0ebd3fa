import { behind, replace, type Fault } from './fault.ts';
import { onSameLine, passEndOrComma, readValue, readWords, replaced, type Frame, type Reader } from './reader.ts';
import { isClosing, isOpening, isText, type Token } from './token.ts';

/** An object, where a name, its colon or its value is to come. */
export function checkEntry(reader: Reader, frame: Frame, token: Token): void {
  if (frame.wanted === 'colon') checkColon(reader, frame, token);
  else if (frame.wanted === 'value') checkValue(reader, frame, token);
  else checkName(reader, frame, token);
}

function checkName(reader: Reader, frame: Frame, token: Token): void {
  if (passEndOrComma(reader, frame, token)) return;
  if (token.kind === ':') {
    reader.fault({ offset: token.offset, length: 1, message: 'A property name in double quotes is missing before this colon.' });
    frame.wanted = 'colon';
    return;
  }
  if (isOpening(token.kind)) {
    const what = token.kind === '{' ? 'object' : 'array';
    reader.fault({ offset: token.offset, length: 1, message: `A property name in double quotes is missing before this ${what}.` });
    readValue(reader, frame, token);
    return;
  }
  reader.at++;
  frame.name = token;
  frame.wanted = 'colon';
  if (token.kind !== 'word') return;
  const { end } = readWords(reader, token, false);
  const { text } = reader;
  const word = text.slice(token.offset, end);
  frame.name = { ...token, end };
  frame.spoilt = true;
  const message = 'A property name needs double quotes.';
  reader.fault({
    offset: token.offset,
    length: end - token.offset,
    message,
    fixes: [replace('Put it in double quotes', token.offset, end, JSON.stringify(word))],
  });
}

function checkColon(reader: Reader, frame: Frame, token: Token): void {
  const { text, tokens } = reader;
  if (token.kind === ':') {
    frame.sign = token;
    frame.wanted = 'value';
    frame.spoilt = false;
    reader.at++;
    return;
  }
  const { name } = frame;
  const told = frame.spoilt;
  frame.spoilt = false;
  const end = name?.end ?? token.offset;
  if (isEquals(text, token)) {
    reader.fault(replaced(token, 'A name is followed by a colon.', ':'));
    frame.sign = token;
    frame.wanted = 'value';
    reader.at++;
  } else if (
    isClosing(token.kind) ||
    token.kind === ',' ||
    token.kind === ';' ||
    (isText(token.kind) && tokens[reader.at + 1]?.kind === ':')
  ) {
    if (!told) reader.fault({ ...behind(text, end), message: `${nameOf(text, name)} has no value. Write a colon and its value.` });
    // The next name; a comma is not asked for besides.
    frame.wanted = isText(token.kind) ? 'entry' : 'comma';
  } else {
    const fixes = [replace('Insert a colon', end, end, ':')];
    if (!told) reader.fault({ ...behind(text, end), message: `A colon is missing here, after ${nameOf(text, name, 'the name')}.`, fixes });
    frame.wanted = 'value';
  }
}

function checkValue(reader: Reader, frame: Frame, token: Token): void {
  const { text, tokens } = reader;
  if (token.kind === ':') {
    const fixes = [replace('Remove the colon', token.offset, token.end, '')];
    reader.fault({ offset: token.offset, length: 1, message: 'Here is a colon too many. Remove it.', fixes });
    reader.at++;
    return;
  }
  const missing = isClosing(token.kind) || token.kind === ',' || token.kind === ';';
  // A name on a later line is the next entry, not the value.
  const next = isText(token.kind) && tokens[reader.at + 1]?.kind === ':' && !onSameLine(text, frame.sign, token);
  if (!missing && !next) {
    readValue(reader, frame, token);
    return;
  }
  reader.fault(sayNoValue(text, frame, token));
  frame.wanted = next ? 'entry' : 'comma';
}

function sayNoValue(text: string, { sign, name }: Frame, token: Token): Fault {
  const message = `A value is expected here, after ${nameOf(text, name, 'the name')}.`;
  if (!sign || (onSameLine(text, sign, token) && !token.implied)) return { offset: token.offset, length: 1, message };
  return { ...behind(text, sign.end), message };
}

function isEquals(text: string, token: Token): boolean {
  return token.kind === 'word' && /^(?:=>?|:=)$/.test(text.slice(token.offset, token.end));
}

function nameOf(text: string, name: Token | undefined, otherwise = 'This name'): string {
  return name?.kind !== 'string' || name.end - name.offset > 60 ? otherwise : text.slice(name.offset, name.end);
}
