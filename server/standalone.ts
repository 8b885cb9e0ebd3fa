#!/usr/bin/env -S node --max-semi-space-size=8
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readArguments } from './standalone-arguments.ts';

/** Put in when the server is bundled, from the package's own version. */
declare const SOLLIST_VERSION: string | undefined;

/** The oldest Node that everything in the package runs on. */
const [oldestMajor, oldestMinor] = [22, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const asked = readArguments(process.argv.slice(2), typeof SOLLIST_VERSION === 'string' ? SOLLIST_VERSION : 'unbuilt');
if (asked.kind === 'say') process.stdout.write(asked.text);
else if (asked.kind === 'refuse') stop(asked.sentence);
else if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  stop(`Sollist needs Node ${oldestMajor}.${oldestMinor} or later, and this is Node ${process.versions.node}. Start it with a later one.`);
} else {
  // The server reads from the same arguments how to speak.
  void import(pathToFileURL(join(__dirname, 'server.cjs')).href);
}

function stop(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
