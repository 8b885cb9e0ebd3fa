/** Levels of elements an answer may have, as with JSON. */
const deepest = 100;

/** Elements an answer may have: more than fit an answer of rows, and few enough for memory. */
const mostElements = 2_000_000;

/** Why a text is not read as XML; the message goes on behind what names the answer. */
export interface XmlProblem {
  readonly code: 'xml-refused' | 'answer-too-deep' | 'answer-too-large' | 'not-xml-answer';
  readonly message: string;
}

/**
 * Looks over a text before it is parsed, without recursion: a DOCTYPE may define entities that grow without bound or fetch files, and deep
 * nesting would overflow the stack. The parser takes what it gets, so elements that do not close, as in an answer that is cut off, are found
 * here too.
 */
export function examineXml(text: string): XmlProblem | undefined {
  const open: string[] = [];
  let elements = 0;
  let roots = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    let end: number;
    if (text.startsWith('<!--', at)) end = behind(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) end = behind(text, ']]>', at + 9);
    else if (text.startsWith('<?', at)) end = behind(text, '?>', at + 2);
    else if (text.startsWith('<!', at)) return declaration;
    else if (text.startsWith('</', at)) {
      end = behind(text, '>', at + 2);
      if (end < 0 || open.pop() !== text.slice(at + 2, end - 1).trim()) return unclosed;
    } else {
      end = endOfTag(text, at + 1);
      if (end < 0) return unclosed;
      const name = /[^\s/>]*/y;
      name.lastIndex = at + 1;
      if (open.length === 0 && ++roots > 1)
        return { code: 'not-xml-answer', message: 'has more than one outermost element, so it is no XML.' };
      if (text[end - 2] !== '/') open.push(name.exec(text)?.[0] ?? '');
      if (open.length > deepest)
        return { code: 'answer-too-deep', message: `is nested more than ${deepest} levels deep, which no table can hold.` };
      if (++elements > mostElements)
        return { code: 'answer-too-large', message: `has more than ${mostElements} elements. Ask for smaller pages with page_size.` };
    }
    if (end < 0) return unclosed;
    at = end;
  }
  return open.length > 0 || roots === 0 ? unclosed : undefined;
}

const declaration: XmlProblem = {
  code: 'xml-refused',
  message: 'has a DOCTYPE or another declaration of its own, which no answer needs and which can be used to do harm. It was not read.',
};

const unclosed: XmlProblem = {
  code: 'not-xml-answer',
  message: 'begins like XML, but its elements do not close as they should. Was it cut off? The request trace shows what came.',
};

function behind(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? -1 : found + end.length;
}

/** Behind the `>` of a tag; one within quotes is none. −1 where there is none. */
function endOfTag(text: string, from: number): number {
  const mark = /["'>]/g;
  mark.lastIndex = from;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (found[0] === '>') return found.index + 1;
    const quote = text.indexOf(found[0], found.index + 1);
    if (quote < 0) return -1;
    mark.lastIndex = quote + 1;
  }
  return -1;
}
