import { addClosings, nameOfBracket, sayNotOpened, sayTooMany, sayWrong, type Open } from './bracket-faults.ts';
import type { Fault } from './fault.ts';
import { placesOf, type Place } from './layout.ts';
import { closingOf, isClosing, isOpening, isText, type Closing, type Token } from './token.ts';

/** Tokens whose brackets fit: what is missing is added, what is too many left out. */
export interface Matched {
  readonly tokens: readonly Token[];
  readonly faults: readonly Fault[];
}

/** Finds the brackets that do not fit, and says which one the author forgot: indentation tells it where the text has lines. */
export function matchBrackets(text: string, tokens: readonly Token[]): Matched {
  return fits(tokens) ? { tokens, faults: [] } : repair(text, tokens);
}

function fits(tokens: readonly Token[]): boolean {
  const open: Closing[] = [];
  for (const { kind } of tokens) {
    if (isOpening(kind)) open.push(closingOf[kind]);
    else if (isClosing(kind) && open.pop() !== kind) return false;
  }
  return open.length === 0;
}

/** What is known while brackets are repaired. */
interface Repair {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly places: readonly Place[];
  /** For every token: how many brackets from there on close one that was opened before it. */
  readonly closings: readonly number[];
  /** What is open, outermost first. */
  readonly open: Open[];
  readonly out: Token[];
  readonly faults: Fault[];
}

function repair(text: string, tokens: readonly Token[]): Matched {
  const state: Repair = {
    text,
    tokens,
    places: placesOf(text, tokens),
    closings: unmatchedClosings(tokens),
    open: [],
    out: [],
    faults: [],
  };
  const { open, out, faults } = state;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const place = state.places[i];
    if (!token || !place) continue;
    const { kind } = token;
    closeBefore(state, i, token, place);
    const previous = out.at(-1)?.kind;
    const inArray = open.at(-1)?.token.kind === '[' && (previous === '[' || previous === ',');
    if ((i === 0 || inArray) && beginsEntry(tokens, i)) openBefore(state, i, place, token.offset);
    if (isOpening(kind)) open.push({ token: { ...token, kind }, place, name: nameOfBracket(text, tokens, i) });
    if (isClosing(kind)) i += close(state, i, token, kind, place);
    else out.push(token);
    if (kind === ':' && (beginsEntry(tokens, i + 1) || tokens[i + 1]?.kind === '}')) openBefore(state, i + 1, place, token.end);
  }
  if (open.length > 0) faults.push(addClosings(text, open.reverse(), out, undefined));
  return { tokens: out, faults };
}

/** Closes what this token cannot be in: only as many brackets as the rest of the text leaves open. */
function closeBefore({ text, tokens, closings, open, out, faults }: Repair, index: number, token: Token, place: Place): void {
  const lacking: Open[] = [];
  const take = (): void => {
    const last = open.pop();
    if (last) lacking.push(last);
  };
  const left = closings[index] ?? 0;
  while (
    open.length > left &&
    ((place.first && outgrown(open, token, place)) || (open.at(-1)?.token.kind === '[' && beginsEntry(tokens, index)))
  )
    take();
  const { kind } = token;
  if (isClosing(kind)) {
    const behind = closings[index + 1] ?? 0;
    while (open.length - behind >= 2 && !closes(open.at(-1), kind, place) && open.some((one) => closingOf[one.token.kind] === kind)) take();
  }
  if (lacking.length > 0) faults.push(addClosings(text, lacking, out, token));
}

/** Adds the brace that is missing before the entry at `index`, if one too many follows. */
function openBefore({ text, tokens, places, closings, open, out, faults }: Repair, index: number, place: Place, at: number): void {
  if ((closings[index] ?? 0) <= open.length) return;
  const block = places[index]?.line !== place.line;
  const token = { kind: '{' as const, offset: at, end: at, implied: true };
  open.push({ token, place: { ...place, block }, name: nameOfBracket(text, tokens, index) });
  out.push(token);
  faults.push(sayNotOpened(text, '{', at, at === tokens[index]?.offset));
}

/** Meets a closing bracket; gives how many tokens behind it go with it. */
function close(
  { text, tokens, places, closings, open, out, faults }: Repair,
  index: number,
  token: Token,
  kind: Closing,
  place: Place,
): number {
  const top = open.at(-1);
  const next = tokens[index + 1];
  const beyond = (closings[index + 1] ?? 0) - (open.length - 1);
  const misplaced = top !== undefined && place.first && goesOn(top, places, index);
  if (!top || tooMany(top, kind, place, beyond, misplaced || (open.length === 1 && next !== undefined && !isClosing(next.kind)))) {
    const colon = kind === ']' && top?.token.kind === '{' ? lastColon(out) : undefined;
    if (colon) {
      const at = colon.token.end;
      out.splice(colon.index + 1, 0, { kind: '[', offset: at, end: at, implied: true });
      out.push(token);
      faults.push(sayNotOpened(text, '[', at, false));
      return 0;
    }
    // The comma behind it goes with it, where one stands before it.
    const last = out.at(-1);
    const comma = next?.kind === ',' && (last?.kind === ',' || (last && isOpening(last.kind))) ? next : undefined;
    faults.push(sayTooMany(text, token, kind, comma));
    return comma ? 1 : 0;
  }
  open.pop();
  const right = closingOf[top.token.kind];
  if (right !== kind) faults.push(sayWrong(token, kind, top));
  out.push(right === kind ? token : { ...token, kind: right });
  return 0;
}

/** A name and its colon. */
function beginsEntry(tokens: readonly Token[], index: number): boolean {
  return isText(tokens[index]?.kind ?? ',') && tokens[index + 1]?.kind === ':';
}

/** The last colon of the innermost object that is open. */
function lastColon(out: readonly Token[]): { readonly token: Token; readonly index: number } | undefined {
  let depth = 0;
  for (let index = out.length - 1; index >= 0; index--) {
    const token = out[index];
    if (!token) return undefined;
    if (isClosing(token.kind)) depth++;
    else if (isOpening(token.kind) && --depth < 0) return undefined;
    else if (token.kind === ':' && depth === 0) return { token, index };
  }
  return undefined;
}

/** For every token: how many brackets from there on close one that was opened before it. */
function unmatchedClosings(tokens: readonly Token[]): readonly number[] {
  const counts = [0];
  let unmatched = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const kind = tokens[i]?.kind ?? ',';
    if (isClosing(kind)) unmatched++;
    else if (isOpening(kind) && unmatched > 0) unmatched--;
    counts.push(unmatched);
  }
  return counts.reverse();
}

/** A line that stands too far left for what the innermost bracket holds. */
function outgrown(open: readonly Open[], token: Token, place: Place): boolean {
  const top = open.at(-1);
  if (!top || top.place.line === place.line) return false;
  if (!isClosing(token.kind)) return top.place.indent >= place.indent;
  return top.place.indent > place.indent && open.some((one) => one.place.indent === place.indent);
}

/** The bracket closes this one, or was written in its place. */
function closes(top: Open | undefined, kind: Closing, place: Place): boolean {
  if (!top) return false;
  return closingOf[top.token.kind] === kind || (place.first && top.place.block && top.place.indent === place.indent);
}

/** `beyond` brackets more follow than are open; `goingOn` where what follows still belongs to what this one would close. */
function tooMany(top: Open, kind: Closing, place: Place, beyond: number, goingOn: boolean): boolean {
  return beyond > 0 && (goingOn || !closes(top, kind, place));
}

/** The bracket at `index` stands elsewhere than the one it would close, and the next line within that one. */
function goesOn(top: Open, places: readonly Place[], index: number): boolean {
  const indent = places[index]?.indent ?? 0;
  if (!top.place.block || indent === top.place.indent) return false;
  let next = index + 1;
  while (next < places.length && !places[next]?.first) next++;
  const after = places[next];
  return after !== undefined && (after.closing ? after.indent === top.place.indent : after.indent > top.place.indent);
}
