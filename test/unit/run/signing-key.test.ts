import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { readSigningKey, secretPieces, serviceAccountEmail } from '../../../engine/run/http/auth/signing-key.ts';
import { resolveConnection } from '../../../engine/run/connection.ts';
import { createRedactor } from '../../../engine/run/http/redact.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { connectorOf, systemOf } from './support.ts';

const own = selfSigned();
const other = selfSigned('other');
const key = createPrivateKey(own.privatePem);
const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }).toString();
const account = JSON.stringify({ type: 'service_account', private_key: own.privatePem, client_email: 'robot@app', private_key_id: 'k7' });

test.each([
  ['PKCS#8', own.privatePem],
  ['PKCS#1', pkcs1],
  ['with text around it', `Bag Attributes\n  friendlyName: x\n${own.privatePem}\nmore`],
  ['with the lines of Windows', own.privatePem.replaceAll('\n', '\r\n')],
  ['on one line, as an environment variable has it', own.privatePem.replaceAll('\n', '\\n')],
  ['a service account', account],
])('a private key is read: %s', (_, text) => {
  expect(readSigningKey(text, 'hr').key.equals(key)).toBe(true);
});

test('a certificate is known by its thumbprints, whatever else stands beside it and in whatever order', () => {
  const x5t = createHash('sha1').update(own.certificateDer).digest('base64url');
  expect(new X509Certificate(own.certificatePem).checkPrivateKey(key)).toBe(true);
  for (const text of [own.privatePem + own.certificatePem, other.certificatePem + own.certificatePem + own.privatePem])
    expect(readSigningKey(text, 'hr').header).toEqual({
      x5t,
      'x5t#S256': createHash('sha256').update(own.certificateDer).digest('base64url'),
    });
  expect(readSigningKey(own.privatePem, 'hr').header).toEqual({});
  expect(readSigningKey(account, 'hr').header).toEqual({ kid: 'k7' });
  expect(serviceAccountEmail(account)).toBe('robot@app');
});

const locked = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString();
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test.each([
  ['nothing of the kind', 'hello', 'holds no private key'],
  ['a certificate alone', own.certificatePem, 'a certificate and no private key'],
  ['a PFX file', `MII${'A'.repeat(200)}==`, 'openssl pkcs12'],
  ['a locked key', locked, 'locked with a password'],
  ['a short key', small, 'less than 2048 bits'],
  ['another kind of key', curve, 'an RSA key is needed'],
  ['a damaged key', own.privatePem.replace(/\n\w{20}/, '\n'), 'damaged'],
  ['a stranger’s certificate', own.privatePem + other.certificatePem, 'do not belong together'],
  ['JSON of something else', '{"private_key": 1}', 'holds no private key'],
])('%s is said, with what to do, and without what was read', (_, text, said) => {
  const failure = ((): unknown => {
    try {
      return readSigningKey(text, 'hr');
    } catch (error) {
      return error;
    }
  })();
  expect(failure).toMatchObject({ code: 'certificate-invalid', subject: 'certificate', message: expect.stringContaining(said) as string });
  expect((failure as Error).message).not.toMatch(/MII|AAAA/);
});

test('the key is a secret in each form it may leave in, also out of a service account’s file', () => {
  const connector = connectorOf({
    rest: { config: { baseUrl: 'https://x.example', authentication: 'certificate' }, authOptions: { authUrl: 'https://x.example/t' } },
  });
  const system = systemOf('hr', [], { certificate: { kind: 'secret', name: 'key' } });
  const { secrets, variables } = resolveConnection(connector, system, { env: {}, secrets: new Map([['key', account]]) });
  expect(variables.get('client_id')).toBe('robot@app');
  const redactor = createRedactor(secrets);
  const [, second = ''] = own.privatePem.split('\n');
  for (const piece of [account, own.privatePem.trim(), second, own.privatePem.split('\n').slice(1, -2).join('')])
    expect(redactor.text(`<${piece}>`), piece.slice(0, 30)).toBe('<***>');
  expect(secretPieces('no key')).toEqual([]);
});
