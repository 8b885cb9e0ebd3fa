/** Whether an address is a page a browser may be sent to: encrypted, or on this machine. The engine has checked it; what opens it does, too. */
export function isPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname));
}
