import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A key pair and a certificate that it signed itself, all as PEM. */
export interface SelfSigned {
  readonly publicKey: KeyObject;
  readonly privatePem: string;
  readonly certificatePem: string;
  readonly certificateDer: Buffer;
}

/** Makes a certificate as X.509 writes one (RFC 5280, 4.1), with nothing in it that is not needed. */
export function selfSigned(name = 'test'): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = der(0x30, oid('2a864886f70d01010b'), der(0x05));
  const subject = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(name)))));
  const validity = der(0x30, der(0x17, Buffer.from('250101000000Z')), der(0x17, Buffer.from('451231235959Z')));
  const content = der(
    0x30,
    der(0x02, Buffer.from([1])),
    algorithm,
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('sha256').update(content).sign(privateKey);
  const certificateDer = der(0x30, content, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = certificateDer.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    publicKey,
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    certificateDer,
  };
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
