import {
  manifestName,
  recordingPath,
  recordingVersion,
  type RecordedAnswer,
  type RecordedExchange,
  type RecordingManifest,
} from './form.ts';
import { SollistError } from '../../error.ts';
import { connectionCodes } from '../failure.ts';
import { broken, listFiles, mendSwaps, readPlain } from './files.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Bytes of a manifest; it lists values and counts, no answers. */
const largestManifest = 4 * 1024 * 1024;

/** Reads and checks `recording.json`. Throws `no-recording` and `recording-broken`. */
export function parseManifest(folder: string, system: string): RecordingManifest {
  const path = `${recordingPath(system)}/${manifestName}`;
  mendSwaps(folder, system);
  const text = listFiles(folder, system).length === 0 ? undefined : readPlain(folder, path, largestManifest);
  if (text === undefined) {
    throw new SollistError(
      'no-recording',
      `There is no recording of ${system}: ${path} is not there. Make one with "sollist collect ${system} --record".`,
      { subject: system },
    );
  }
  const value = fieldsOf(parseJson(text, path));
  if (typeof value?.['version'] === 'number' && value['version'] > recordingVersion)
    throw new SollistError('recording-broken', `${path} was written by a newer Sollist. Update Sollist, or record again.`, {
      subject: path,
    });
  if (
    value?.['version'] !== recordingVersion ||
    typeof value['system'] !== 'string' ||
    typeof value['connector'] !== 'string' ||
    !isRecordOf(value['connection'], isText) ||
    !isListOf(value['secrets'], isText) ||
    !isListOf(value['tables'], isText) ||
    !isRecordOf(value['limits'], isCount) ||
    !isRecordOf(value['exchanges'], isCount)
  ) {
    throw broken(path, 'does not have the form of a recording');
  }
  // What it is called counts, not what it says it is called: that would be a way out of its folder.
  return { ...(value as unknown as RecordingManifest), system };
}

/** Reads and checks one exchange; undefined where there is no such file. Throws `recording-broken`. */
export function readExchange(folder: string, path: string): RecordedExchange | undefined {
  const text = readPlain(folder, path);
  if (text === undefined) return undefined;
  const value = fieldsOf(parseJson(text, path));
  const request = fieldsOf(value?.['request']);
  const answers = value?.['answers'];
  const isRequest =
    request !== undefined &&
    [request['operation'], request['table'], request['verb'], request['url']].every(isText) &&
    [request['body'], request['subject']].every((each) => each === undefined || isText(each));
  if (!isRequest || !isListOf(answers, isAnswer) || answers.length === 0)
    throw broken(path, 'does not have the form of a recorded exchange: a request, and at least one answer');
  return value as unknown as RecordedExchange;
}

function isAnswer(value: unknown): value is RecordedAnswer {
  const answer = fieldsOf(value);
  if (!answer) return false;
  if (answer['failure'] !== undefined) return isText(answer['failure']) && connectionCodes.has(answer['failure']);
  const { status, headers, text, base64 } = answer;
  return (
    typeof status === 'number' &&
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599 &&
    (headers === undefined || isRecordOf(headers, isText)) &&
    (text === undefined || isListOf(text, isText)) &&
    (base64 === undefined || isText(base64))
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw broken(path, 'is no JSON', error);
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isListOf<Item>(value: unknown, is: (item: unknown) => item is Item): value is readonly Item[] {
  return Array.isArray(value) && value.every(is);
}

function isRecordOf<Item>(value: unknown, is: (item: unknown) => item is Item): value is Readonly<Record<string, Item>> {
  const fields = fieldsOf(value);
  return fields !== undefined && Object.values(fields).every(is);
}
