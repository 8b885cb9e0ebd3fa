import { childOf, elementsOf, propertiesOf, spanOf, stringOf, type JsonNode } from '../text/json.ts';
import type { ColumnType } from '../connector/connector.ts';
import type { Name, Span } from '../text/problem.ts';

/** How files are written, as far as an author says so; what is left out is found out from the files. */
export interface FormatSettings {
  readonly encoding?: Name;
  readonly delimiter?: Name;
  /** Empty: nothing is quoted. */
  readonly quote?: Name;
  readonly decimal?: Name;
  readonly header?: { readonly value: boolean; readonly span: Span };
}

/** What an author says about the values of one column. */
export interface ColumnSetting {
  readonly name: Name;
  readonly type: ColumnType;
  /** Dates: as in `dd-MM-yyyy`. */
  readonly format?: Name;
  /** Lists: what stands between two values. */
  readonly separator?: Name;
  readonly decimal?: Name;
  /** The texts that mean true, and those that mean false. */
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
  /** A row without a value is given one: the next number, or a GUID made of the row. */
  readonly auto?: true;
  /** Where a column of another type says that it is automatic. */
  readonly misplacedAuto?: Span;
  readonly span: Span;
}

/** What an author says about the file of one table. */
export interface TableSource extends FormatSettings {
  readonly name: Name;
  /** The file's name, or a pattern with `*` and `?`; absent: the table's name with a known ending. */
  readonly file?: Name;
  /** Column names of a file without a header, in order. */
  readonly names?: readonly Name[];
  readonly namesSpan?: Span;
  readonly columns: readonly ColumnSetting[];
  /** The columns that the table has whatever its file holds; where the file lacks one, it is empty, or filled if it is automatic. */
  readonly always?: ReadonlySet<string>;
  /** Columns of secrets, whose values are not read. */
  readonly secret?: ReadonlySet<string>;
  /** Without a file the table is there and empty; why, in a sentence. */
  readonly whenMissing?: string;
}

/** A folder of CSV files that is a system: `files` of `systems/<name>.json`. */
export interface FilesSource extends FormatSettings {
  /** Relative to the workspace with forward slashes, or absolute. */
  readonly folder: Name;
  readonly tables: readonly TableSource[];
}

/** Reads `files` of a system; undefined where there is none. */
export function readFilesSource(node: JsonNode | undefined): FilesSource | undefined {
  if (!node) return undefined;
  return {
    folder: stringOf(childOf(node, 'folder')) ?? { text: '', span: spanOf(node) },
    ...readFormat(node),
    tables: propertiesOf(childOf(node, 'tables')).map(({ name, value }): TableSource => {
      const file = stringOf(childOf(value, 'file'));
      const names = childOf(value, 'names');
      return {
        name,
        ...readFormat(value),
        ...(file && { file }),
        ...(names && { names: elementsOf(names).flatMap((one) => stringOf(one) ?? []), namesSpan: spanOf(names) }),
        columns: readColumnSettings(childOf(value, 'columns')),
      };
    }),
  };
}

function readFormat(node: JsonNode): FormatSettings {
  const [encoding, delimiter, quote, decimal] = ['encoding', 'delimiter', 'quote', 'decimal'].map((name) => stringOf(childOf(node, name)));
  const header = childOf(node, 'header');
  return {
    ...(encoding && { encoding }),
    // What the schema refuses is left out: it would make nonsense of the columns, too.
    ...(delimiter && /^[^\r\n"]$/.test(delimiter.text) && { delimiter }),
    ...(quote && /^[^\r\n]?$/.test(quote.text) && { quote }),
    ...(decimal && /^[.,]$/.test(decimal.text) && { decimal }),
    ...(header?.type === 'boolean' && { header: { value: header.value === true, span: spanOf(header) } }),
  };
}

/** Reads an object of columns; what is no type is left out. */
export function readColumnSettings(node: JsonNode | undefined): readonly ColumnSetting[] {
  return propertiesOf(node).flatMap(({ name, value }) => readColumn(name, value) ?? []);
}

const types: ReadonlySet<string> = new Set<ColumnType>(['text', 'number', 'boolean', 'date', 'datetime', 'list']);

/** `"text"`, or an object with the type and what belongs to it. */
function readColumn(name: Name, node: JsonNode): ColumnSetting | undefined {
  const type = stringOf(node) ?? stringOf(childOf(node, 'type'));
  if (!type || !types.has(type.text)) return undefined;
  const [format, separator, decimal] = ['format', 'separator', 'decimal'].map((property) => stringOf(childOf(node, property)));
  const [yes, no] = ['true', 'false'].map((property) => childOf(node, property));
  const asked = childOf(node, 'auto');
  const wanted = asked?.type === 'boolean' && asked.value === true;
  const auto = wanted && (type.text === 'number' || type.text === 'text');
  return {
    name,
    type: type.text as ColumnType,
    ...(format && { format }),
    ...(separator && { separator }),
    ...(decimal && { decimal }),
    ...(yes && { yes: textsOf(yes) }),
    ...(no && { no: textsOf(no) }),
    ...(auto && { auto }),
    ...(wanted && !auto && { misplacedAuto: spanOf(asked) }),
    span: spanOf(node),
  };
}

function textsOf(node: JsonNode): readonly string[] {
  return elementsOf(node).flatMap((one) => stringOf(one)?.text ?? []);
}

/** What is said about the file of a table: the table's own words before those for all files. */
export function formatOf(source: FilesSource, table: TableSource | undefined): FormatSettings {
  const { encoding, delimiter, quote, decimal, header } = { ...source, ...table };
  return {
    ...(encoding && { encoding }),
    ...(delimiter && { delimiter }),
    ...(quote && { quote }),
    ...(decimal && { decimal }),
    ...(header && { header }),
  };
}
