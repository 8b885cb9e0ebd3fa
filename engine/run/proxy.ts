import type { System } from '../model/system/system.ts';
import { SollistError } from './error.ts';

/** The way out of this network: a system's own proxy, else those of the environment. */
export interface Proxies {
  /** With its credentials in the address. */
  readonly own?: string;
  readonly environment?: { readonly http?: string; readonly https?: string; readonly except?: string };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxies of a system; `own` is what its file gives. Throws `proxy-invalid` (subject: `proxy`) for what is no address of one. */
export function proxiesOf(system: System, own: string | undefined, env: Environment): Proxies {
  if (own !== undefined && own !== '') {
    const url = URL.parse(own);
    if (url?.protocol === 'http:' || url?.protocol === 'https:') return { own };
    throw new SollistError(
      'proxy-invalid',
      `${system.name}: the proxy is no address that could be used. Write it as http://host:port under "proxy" in systems/${system.name}.json.`,
      { subject: 'proxy' },
    );
  }
  const either = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const [http, https, except] = [either('HTTP_PROXY'), either('HTTPS_PROXY'), either('NO_PROXY')];
  if (http === undefined && https === undefined) return {};
  return {
    environment: { ...(http !== undefined && { http }), ...(https !== undefined && { https }), ...(except !== undefined && { except }) },
  };
}

/** The credentials in a proxy's address, as HTTP Basic sends them (RFC 9110, 11.7.1); undefined where there are none, or none that can be read. */
export function proxyCredentials(address: string): { readonly password: string; readonly basic: string } | undefined {
  const url = URL.parse(address);
  if (!url || (url.username === '' && url.password === '')) return undefined;
  try {
    const password = decodeURIComponent(url.password);
    return { password, basic: Buffer.from(`${decodeURIComponent(url.username)}:${password}`).toString('base64') };
  } catch {
    return undefined;
  }
}

/** What of the proxies' addresses nobody may see: their passwords as written and as meant, and the header made of them. */
export function proxySecrets({ own, environment }: Proxies): readonly string[] {
  return [own, environment?.http, environment?.https].flatMap((address) => {
    if (address === undefined) return [];
    const credentials = proxyCredentials(address);
    return [URL.parse(address)?.password ?? '', ...(credentials ? [credentials.password, credentials.basic] : [])].filter(
      (text) => text !== '',
    );
  });
}
