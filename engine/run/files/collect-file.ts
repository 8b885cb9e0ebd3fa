import type { FoundEncoding } from '../../model/files/encoding.ts';
import { joinedColumns, tableOf } from '../../model/files/files-connector.ts';
import { columnsAlways, emptyShape, readShape, type TableShape } from '../../model/files/shape.ts';
import { collectedColumns } from '../../model/system/build-catalog.ts';
import type { System } from '../../model/system/system.ts';
import { bringIn, type Settling } from '../collect/bring-in.ts';
import { createCellCleaner } from '../collect/clean-cells.ts';
import { evidenceOf } from '../collect/evidence.ts';
import { remarksOf } from '../collect/notes.ts';
import { createRowMapper } from '../collect/rows.ts';
import { countPage, createTally, type Tally } from '../collect/tally.ts';
import type { StagedTarget } from '../collect/targets.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import { createRedactor } from '../http/redact.ts';
import type { Evidence, RunLimits, TableOutcome } from '../records.ts';
import type { Staging, Vault } from '../vault/vault.ts';
import { createAutomatic } from './automatic.ts';
import { createOddRows, swallowsRows } from './odd-rows.ts';
import { openTable, type OpenFile, type OpenFolder } from './open-file.ts';
import { readRows, type OnRecord, type ReadEnd } from './read-rows.ts';
import { createRowMaker } from './row-maker.ts';
import { scanEncoding } from './scan-encoding.ts';

/** What collecting the files of a system works with. */
export interface FileContext {
  readonly system: System;
  readonly folder: OpenFolder;
  readonly vault: Vault;
  readonly limits: RunLimits;
  readonly settling?: Settling;
  readonly run: RunContext;
}

/** Rows given to the vault at a time. */
const batchSize = 500;

/**
 * Reads the file of one table into staging and swaps it in. Whatever goes wrong before that is thrown, and the table stays as it was: a file that is
 * not there, cannot be read, or is empty. What is wrong within the file makes the table incomplete.
 */
export async function collectFile(table: string, context: FileContext): Promise<readonly TableOutcome[]> {
  const { system, folder, vault, limits, settling, run } = context;
  const startedAt = run.clock.now();
  const file = await openTable(folder, table);
  let staging: Staging | undefined;
  try {
    const shape = shapeOf(file, context, table);
    const found = shape.encoding && file.handle ? await scanEncoding(file.handle, shape.encoding, run.signal) : shape.encoding;
    const target = targetOf(table, shape, system);
    staging = vault.stage(system.name, table, target.columns, target.indexes);
    const redactor = createRedactor([]);
    const mapper = createRowMapper(target, [], undefined, [target.table]);
    const cleaner = createCellCleaner(redactor);
    const maker = createRowMaker(shape);
    const automatic = createAutomatic(`${system.name}.${table}`, shape);
    const tally = createTally();
    tally.announced = undefined;
    const into = staging;
    const flush = (rows: readonly unknown[]): void => {
      for (const { rows: cells } of mapper.map(rows, { base: noBase })) into.add(cleaner.clean(target, cells));
      run.onProgress({ message: `${system.name}.${table}`, rows: into.count });
    };
    const reading = { file, shape, found, run };
    if (automatic) {
      await eachRow(reading, (cells) => {
        automatic.learn(cells);
        return true;
      });
    }
    const make: Filling['make'] = automatic
      ? (cells, line) => automatic.fill(maker.make(cells, line), cells)
      : (cells, line) => maker.make(cells, line);
    await fill({ ...reading, limits, tally, make, flush });
    if (file.missing !== undefined) tally.flaws.add(file.missing);
    for (const sentence of encodingFlaws(found, file)) tally.flaws.add(sentence);
    const changed = await file.whatChanged();
    if (changed !== undefined) tally.flaws.add(changed);
    countPage(tally, staging.count);
    if (staging.count === 0 && tally.flaws.size === 0)
      tally.remarks.add(`${file.name} has no rows, which is more often a fault than the truth.`);
    run.signal.throwIfAborted();
    staging.index();
    const own = remarksOf(target, mapper, cleaner);
    const made = evidenceOf(
      tally,
      {
        ...own,
        rows: staging.count,
        isRoot: true,
        duplicates: target.key === undefined ? { count: 0, samples: [] } : staging.duplicates(target.key),
        pagesOverlap: false,
        remarks: [...file.remarks, ...shape.oddities.map(sentence), ...maker.notes(), ...(automatic?.notes() ?? []), ...own.remarks],
        assumed: assumedOf(shape, found),
        startedAt,
        endedAt: run.clock.now(),
      },
      redactor,
    );
    const evidence: Evidence = file.missing === undefined ? made : { ...made, withoutFile: true };
    const ready = { table, staging, evidence, ...(target.key !== undefined && { key: target.key }) };
    return bringIn([ready], { vault, system: system.name, limits, ...(settling && { settling }) });
  } finally {
    // Nothing is left of it to drop where it was swapped in.
    staging?.discard();
    await file.close();
  }
}

const noBase: ReadonlyMap<string, unknown> = new Map();

function shapeOf(file: OpenFile, { system, folder }: FileContext, table: string): TableShape {
  const own = folder.source.tables.find(({ name }) => name.text === table);
  if (file.missing !== undefined) return emptyShape(columnsAlways(own));
  const shape = readShape(file.head, folder.source, own, joinedColumns(system, table));
  if (shape) return shape;
  throw new SollistError(
    'file-empty',
    `${file.name} is empty: it has not even a header. The table ${table} is as it was. Check that what makes the file has finished.`,
  );
}

/** The table as the vault gets it. */
function targetOf(name: string, shape: TableShape, system: System): StagedTarget {
  const table = tableOf(name, shape);
  const own = system.tables.find((each) => each.name.text === name);
  const key = own?.key?.text;
  return {
    table,
    columns: collectedColumns(table, own),
    asWritten: true,
    ...(key !== undefined && { key }),
    indexes: [...joinedColumns(system, name)],
  };
}

/** A file that is about to be read, and how. */
interface FileReading {
  readonly file: OpenFile;
  readonly shape: TableShape;
  readonly found: FoundEncoding | undefined;
  readonly run: RunContext;
}

/** Reads the records of a file behind its header. */
async function eachRow({ file, shape, found, run }: FileReading, onRecord: OnRecord): Promise<ReadEnd> {
  const source =
    file.handle && found
      ? { kind: 'disk' as const, handle: file.handle, skip: found.mark }
      : { kind: 'text' as const, text: file.head.kind === 'text' ? file.head.text : '' };
  let records = 0;
  return readRows(
    source,
    found?.name ?? 'utf-8',
    shape.format,
    (cells, line, mayHoldNull) => ++records <= shape.skipped || onRecord(cells, line, mayHoldNull),
    run.signal,
  );
}

interface Filling extends FileReading {
  readonly limits: RunLimits;
  readonly tally: Tally;
  readonly make: (cells: readonly string[], line: number) => Record<string, unknown>;
  readonly flush: (rows: readonly unknown[]) => void;
}

async function fill({ limits, tally, make, flush, ...reading }: Filling): Promise<void> {
  const { shape } = reading;
  const odd = createOddRows();
  const swallows = swallowsRows(shape.format);
  const { width } = shape;
  let batch: unknown[] = [];
  let [rows, blank] = [0, 0];
  const ended = await eachRow(reading, (cells, line, mayHoldNull) => {
    if (cells.every((cell) => cell === '')) {
      blank++;
      return true;
    }
    if (cells.length < width) odd.note('few', line);
    else if (cells.length > width && cells.slice(width).some((cell) => cell !== '')) odd.note('many', line);
    else if (cells.some(swallows)) odd.note('quote', line);
    else if (mayHoldNull && cells.some((cell) => cell.includes('\0'))) odd.note('nul', line);
    else {
      if (limits.rows !== undefined && rows >= limits.rows) return false;
      rows++;
      batch.push(make(cells, line));
      if (batch.length >= batchSize) {
        flush(batch);
        batch = [];
      }
    }
    return true;
  });
  flush(batch);
  tally.end = ended.end === 'stopped' ? 'capped' : 'end-of-file';
  if (ended.end === 'stopped') tally.caps.add(`Stopped after ${limits.rows ?? 0} rows, the limit of this run.`);
  for (const sentence of [...odd.sentences(), ...openEnd(ended)]) tally.flaws.add(sentence);
  if (blank > 0)
    tally.remarks.add(`${blank} ${blank === 1 ? 'line' : 'lines'} with nothing in any cell ${blank === 1 ? 'was' : 'were'} passed over.`);
}

function openEnd({ end, line }: ReadEnd): readonly string[] {
  if (end === 'open-quote') return [`A quote that is opened in or after line ${line} is never closed: what follows it was not read.`];
  if (end === 'too-long')
    return [`The record in line ${line} is longer than 16 MB, most likely by a quote that is never closed: what follows was not read.`];
  return [];
}

/** Bytes that are not what the encoding says. */
function encodingFlaws(found: FoundEncoding | undefined, { name, handle }: OpenFile): readonly string[] {
  if (!found?.but || !handle) return [];
  return found.name === 'utf-8'
    ? [`${name} has bytes that are not UTF-8; each was replaced by "\ufffd". Mend the file, or say its "encoding".`]
    : [`${name} is read as ${found.name}, but begins with the mark of ${found.but}.`];
}

function assumedOf(shape: TableShape, found: FoundEncoding | undefined): readonly string[] {
  const late = found?.from === 'assumed' && shape.encoding?.from !== 'assumed';
  return [...(late ? ['The file is not UTF-8 and is taken to be Windows-1252. Say "encoding" if that is wrong.'] : []), ...shape.assumed];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
