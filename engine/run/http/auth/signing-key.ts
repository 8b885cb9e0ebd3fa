import { createHash, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { SollistError } from '../../error.ts';

/** What the connection value `certificate` gives. */
export interface SigningKey {
  readonly key: KeyObject;
  /** What a signed token says of the key in its header: thumbprints of the certificate (RFC 7515, 4.1.7), or the key's id. */
  readonly header: Readonly<Record<string, string>>;
}

/** The parts of a service account's file, as Google hands it out. */
interface ServiceAccount {
  readonly privateKey: string;
  readonly email?: string;
  readonly keyId?: string;
}

const blocks = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * Reads a private RSA key: PEM (PKCS#8 or PKCS#1), with or without the certificate in the same text, or the JSON text of a service account.
 * Throws `certificate-invalid` (subject: `certificate`), which says what to do.
 */
export function readSigningKey(text: string, system: string): SigningKey {
  const invalid = (why: string): SollistError =>
    new SollistError(
      'certificate-invalid',
      `${system}: the connection value "certificate" of systems/${system}.json ${why} It has to be a private key as PEM (-----BEGIN PRIVATE KEY-----), with the certificate in the same text where the API wants to know it, or the JSON text of a service account.`,
      { subject: 'certificate' },
    );
  const account = serviceAccountOf(text);
  const found = pemBlocks(account?.privateKey ?? text);
  const [own] = found.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!own) throw invalid(whyNoKey(text, found.length > 0));
  if (own.label.startsWith('ENCRYPTED') || own.pem.includes('Proc-Type: 4,ENCRYPTED'))
    throw invalid('is locked with a password. Unlock it first: "openssl pkey -in key.pem -out open.pem".');
  const key = readKey(own.pem);
  if (!key) throw invalid('holds a private key that is damaged or of an unknown form.');
  if (key.asymmetricKeyType !== 'rsa')
    throw invalid(`holds a key of the type ${key.asymmetricKeyType ?? 'unknown'}, and an RSA key is needed.`);
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    throw invalid('holds an RSA key of less than 2048 bits, which servers refuse (RFC 7518, 3.3).');
  const certificates = found.filter(({ label }) => label === 'CERTIFICATE').flatMap(({ pem }) => readCertificate(pem) ?? []);
  const certificate = certificates.find((each) => each.checkPrivateKey(key));
  if (certificates.length > 0 && !certificate) throw invalid('holds a certificate and a private key that do not belong together.');
  return {
    key,
    header: {
      ...(certificate && { x5t: thumbprint(certificate, 'sha1'), 'x5t#S256': thumbprint(certificate, 'sha256') }),
      ...(account?.keyId !== undefined && { kid: account.keyId }),
    },
  };
}

/** The address of a service account, which is its client id where the connection names none. */
export function serviceAccountEmail(text: string): string | undefined {
  return serviceAccountOf(text)?.email;
}

/** The pieces of the value that are a secret by themselves: each private key, and what stands between its first and last line. */
export function secretPieces(text: string): readonly string[] {
  const keys = pemBlocks(serviceAccountOf(text)?.privateKey ?? text).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  return keys.flatMap(({ pem }) => {
    const lines = pem
      .split('\n')
      .slice(1, -1)
      .map((line) => line.trim());
    return [pem, lines.join(''), ...lines.filter((line) => line.length >= 32)];
  });
}

function serviceAccountOf(text: string): ServiceAccount | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const account = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const { private_key: privateKey, client_email: email, private_key_id: keyId } = account;
    if (typeof privateKey !== 'string') return undefined;
    return { privateKey, ...(typeof email === 'string' && { email }), ...(typeof keyId === 'string' && { keyId }) };
  } catch {
    return undefined;
  }
}

/** An environment variable often holds its lines joined by a written `\n`. */
function pemBlocks(text: string): readonly { readonly label: string; readonly pem: string }[] {
  const lines = text.includes('\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\\n', '\n');
  return Array.from(lines.matchAll(blocks), ([pem, label = '']) => ({ label, pem }));
}

function whyNoKey(text: string, hasBlocks: boolean): string {
  if (hasBlocks) return 'holds a certificate and no private key.';
  // PKCS#12 begins with a sequence and the version 3, in Base64 or not.
  if (/^\s*MI[A-Za-z0-9+/\s]+=*\s*$/.test(text))
    return 'looks like a PFX file in Base64, which cannot be read here. Turn it into PEM: "openssl pkcs12 -in file.pfx -nodes -out key.pem".';
  return 'holds no private key.';
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function thumbprint({ raw }: X509Certificate, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(raw).digest('base64url');
}
