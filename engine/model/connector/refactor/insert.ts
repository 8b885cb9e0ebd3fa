import type { Json } from '../../new-connector/parsed.ts';
import { propertiesOf, type JsonNode } from '../../text/json.ts';
import type { Edit } from '../../text/problem.ts';
import { indentAt, styleOf, writeJson, type TextStyle } from './text-style.ts';

/** A property to be written. */
export type Entry = readonly [name: string, value: Json];

/** Adds properties to an object, behind the last of those named by `behind` that it has, else at its end; laid out as the text is. */
export function addProperties(text: string, target: JsonNode, entries: readonly Entry[], behind: readonly string[] = []): Edit {
  const own = propertiesOf(target);
  const before = own.findLast(({ name }) => behind.includes(name.text)) ?? own.at(-1);
  const [first] = own;
  return add(text, target, first?.name.span.offset, before && before.value.offset + before.value.length, (indent, style) =>
    entries.map(([name, value]) => `${JSON.stringify(name)}: ${writeJson(value, indent, style)}`),
  );
}

/** Adds an entry at the end of a list of objects, laid out as the text is. */
export function addToList(text: string, list: JsonNode, value: Json): Edit {
  const last = list.children?.at(-1);
  return add(text, list, list.children?.[0]?.offset, last && last.offset + last.length, (indent, style) => [
    writeJson(value, indent, style),
  ]);
}

function add(
  text: string,
  target: JsonNode,
  first: number | undefined,
  end: number | undefined,
  write: (indent: string, style: TextStyle) => readonly string[],
): Edit {
  const style = styleOf(text);
  const outer = indentAt(text, target.offset);
  if (first === undefined || end === undefined) {
    const inside = { offset: target.offset + 1, length: Math.max(0, target.length - 2) };
    if (style.step === '') return { span: inside, text: ` ${write('', style).join(', ')} ` };
    const inner = outer + style.step;
    const gap = style.newline + inner;
    return { span: inside, text: gap + write(inner, style).join(`,${gap}`) + style.newline + outer };
  }
  const onLines = text.slice(target.offset, first).includes('\n');
  const indent = onLines ? indentAt(text, first) : outer;
  const gap = onLines ? style.newline + indent : ' ';
  const written = write(indent, onLines ? style : { ...style, step: '', listsOnLines: false });
  return { span: { offset: end, length: 0 }, text: written.map((entry) => `,${gap}${entry}`).join('') };
}
