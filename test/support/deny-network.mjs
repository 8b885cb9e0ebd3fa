// Loaded before a program that must not use the network: whatever opens a socket or looks up a name throws, and says so.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

const deny = (what) => () => {
  process.stderr.write(`network denied: ${what}\n`);
  throw Object.assign(new Error(`network denied: ${what}`), { code: 'EDENIED' });
};

net.Socket.prototype.connect = deny('connect');
for (const name of ['connect', 'createConnection', 'createServer']) net[name] = deny(name);
tls.connect = deny('tls');
dgram.createSocket = deny('datagrams');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) dns[name] = dns.promises[name] = deny(`dns.${name}`);
syncBuiltinESMExports();
