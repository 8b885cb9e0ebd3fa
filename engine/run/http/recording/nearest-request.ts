import type { RecordedRequest } from './form.ts';
import { split, withoutOrigin } from './request-key.ts';

type Asked = Pick<RecordedRequest, 'operation' | 'verb' | 'url' | 'body' | 'subject'>;

/** The recorded request that differs least from one that is not there, and in what; undefined where there is none to compare with. */
export function nearestRequest(
  asked: Asked,
  recorded: Iterable<Asked>,
): { readonly request: Asked; readonly differences: readonly string[] } | undefined {
  let nearest: { readonly request: Asked; readonly differences: readonly string[]; readonly distance: number } | undefined;
  for (const request of recorded) {
    const { differences, distance } = compare(asked, request);
    if (!nearest || distance < nearest.distance) nearest = { request, differences, distance };
  }
  return nearest;
}

function compare(asked: Asked, recorded: Asked): { readonly differences: readonly string[]; readonly distance: number } {
  const path = [...compareHosts(asked.url, recorded.url), ...comparePaths(asked.url, recorded.url)];
  const query = compareQueries(asked.url, recorded.url);
  const verb = asked.verb === recorded.verb ? [] : [`the verb is ${recorded.verb} there`];
  const body = asked.body === recorded.body ? [] : ['the body is another'];
  const subject = asked.subject === recorded.subject ? [] : [`it is asked in the name of ${recorded.subject ?? 'nobody'} there`];
  const distance =
    subject.length +
    path.length * 3 +
    query.length * 2 +
    verb.length * 4 +
    body.length * 2 +
    (asked.operation === recorded.operation ? 0 : 1);
  return { differences: [...verb, ...path, ...query, ...body, ...subject], distance };
}

function compareHosts(asked: string, recorded: string): readonly string[] {
  const [own, other] = [asked, recorded].map((url) => (URL.canParse(url) ? new URL(url).host : ''));
  return own === other ? [] : [`the host is ${other ?? ''} there, not ${own ?? ''}`];
}

function comparePaths(asked: string, recorded: string): readonly string[] {
  const [left, right] = [asked, recorded].map((url) => split(withoutOrigin(url))[0].split('/')) as [string[], string[]];
  if (left.length !== right.length) return [`the path is ${right.join('/') || '/'} there`];
  return left.flatMap((step, i) => (step === right[i] ? [] : [`"${step}" in the path is "${right[i] ?? ''}" there`]));
}

function compareQueries(asked: string, recorded: string): readonly string[] {
  const [left, right] = [asked, recorded].map((url) => pairsOf(split(url)[1])) as [Map<string, string>, Map<string, string>];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    const [own, other] = [left.get(name), right.get(name)];
    if (own === other) return [];
    if (other === undefined) return [`the parameter ${name} is not there`];
    return own === undefined ? [`it has the parameter ${name}=${other}`] : [`the parameter ${name} is ${other} there, not ${own}`];
  });
}

function pairsOf(query: string | undefined): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of query?.split('&') ?? []) {
    const at = pair.indexOf('=');
    if (pair !== '') pairs.set(at < 0 ? pair : pair.slice(0, at), at < 0 ? '' : pair.slice(at + 1));
  }
  return pairs;
}
