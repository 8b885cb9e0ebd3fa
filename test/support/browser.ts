/** What a browser would do with a sign-in page that asks nothing: it follows redirects and keeps cookies, and comes back with the last page. */
export interface Browsed {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly text: string;
}

export async function browse(address: string): Promise<Browsed> {
  const jars = new Map<string, Map<string, string>>();
  let url = new URL(address);
  for (let step = 0; step < 20; step++) {
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { status: response.status, url: url.href, headers: response.headers, text: await response.text() };
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw new Error('The sign-in goes in a circle.');
}
