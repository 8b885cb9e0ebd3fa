/** XML with an element a line, indented; what is no well-formed XML comes back with its lines as they are. Nothing of it is parsed as markup. */
export function laidOutXml(text: string): string {
  const tokens = text.match(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|[^<]+/g) ?? [];
  const lines: string[] = [];
  let depth = 0;
  let open = false;
  const beside = (text: string): void => {
    lines.push(`${lines.pop() ?? ''}${text}`);
  };
  for (const token of tokens) {
    if (!token.startsWith('<')) {
      const words = token.trim();
      if (words === '') continue;
      if (open) beside(words);
      else lines.push(indent(depth) + words);
      continue;
    }
    const isEnd = token.startsWith('</');
    const isPlain = token.startsWith('<!') || token.startsWith('<?') || token.endsWith('/>');
    if (isEnd) {
      depth = Math.max(0, depth - 1);
      if (open) beside(token);
      else lines.push(indent(depth) + token);
      open = false;
    } else if (token.startsWith('<![CDATA[') && open) beside(token);
    else {
      lines.push(indent(depth) + token);
      open = !isPlain;
      if (!isPlain) depth += 1;
    }
  }
  return lines.join('\n');
}

function indent(depth: number): string {
  return '  '.repeat(Math.min(depth, 40));
}
