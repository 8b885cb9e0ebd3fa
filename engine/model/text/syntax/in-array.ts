import { passEndOrComma, readValue, type Frame, type Reader } from './reader.ts';
import type { Token } from './token.ts';

/** An array, where an element may begin. */
export function checkElement(reader: Reader, frame: Frame, token: Token): void {
  if (passEndOrComma(reader, frame, token)) return;
  if (token.kind !== ':') {
    readValue(reader, frame, token);
    return;
  }
  reader.fault({ offset: token.offset, length: 1, message: 'A value is expected here, not a colon.' });
  reader.at++;
}
