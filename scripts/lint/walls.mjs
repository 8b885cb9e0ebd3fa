import { existsSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The walls between the rooms, as ARCHITECTURE.md draws them. `rooms` are the rooms a room may import values from, `types` those it may
 * import only types from; `packages` the packages it may use ("*" is any but those that have a room of their own below).
 */
const rooms = {
  schemas: { rooms: [], packages: [] },
  'engine/model': { rooms: ['schemas'], packages: ['jsonc-parser', 'ajv', 'acorn'], pure: true },
  'engine/run': { rooms: ['schemas', 'engine/model'], packages: '*' },
  'engine/host': { rooms: ['engine/model', 'engine/run'], packages: '*' },
  'engine/cli': { rooms: ['engine/model', 'engine/run'], packages: '*' },
  server: { rooms: ['schemas', 'engine/model', 'engine/run', 'engine/host'], packages: '*' },
  'client/webviews': { rooms: [], types: ['engine/model', 'engine/run', 'engine/host'], packages: '*' },
  client: { rooms: [], types: ['server', 'engine/model', 'engine/run', 'engine/host', 'client/webviews'], packages: '*' },
  examples: { rooms: [], packages: '*' },
};

/** Packages only one place may know. */
const owners = {
  vscode: ['client'],
  'vscode-languageclient': ['client'],
  'vscode-languageserver': ['server', 'engine/host'],
  undici: ['engine/run/http'],
  oauth4webapi: ['engine/run/http'],
  jose: ['engine/run/http'],
  'fast-xml-parser': ['engine/run/collect'],
  'csv-parse': ['engine/run/files'],
  'better-sqlite3': ['engine/run/vault'],
  acorn: ['engine/model/script'],
  'quickjs-emscripten-core': ['engine/run/scripts'],
  '@jitl/quickjs-ng-wasmfile-release-sync': ['engine/run/scripts'],
};

/** The only files of the server and the engine that another room may take values from, where the rest is private. */
const doors = { 'engine/host': ['engine/host/protocol.ts'], 'engine/run': ['engine/run/workspace/read-files.ts'] };

/** Rooms that live behind the doors themselves and may go anywhere within. */
const household = ['engine/host', 'engine/cli', 'engine/run'];

const globalsOfTheWorld = ['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance', 'crypto', 'Buffer'];

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

function roomOf(path) {
  return Object.keys(rooms)
    .sort((a, b) => b.length - a.length)
    .find((room) => path === room || path.startsWith(`${room}/`));
}

/** The feature folder a client file lies in, found by looking at the disk rather than at a list. */
function featureOf(path) {
  const match = /^client\/features\/([^/]+)/.exec(path);
  return match?.[1]?.replace(/\.ts$/, '');
}

function packageOf(source) {
  const steps = source.split('/');
  return source.startsWith('@') ? steps.slice(0, 2).join('/') : steps[0];
}

function judge(path, source, typesOnly) {
  const room = roomOf(path);
  if (!room) return undefined;
  const wall = rooms[room];
  if (!source.startsWith('.')) return judgePackage(path, room, wall, source);
  const target = relative(root, resolve(root, dirname(path), source))
    .split(sep)
    .join('/');
  const targetRoom = roomOf(target);
  if (targetRoom === undefined) return `${room}/ must not reach into ${target}.`;
  if (targetRoom === room) return judgeFeature(path, target);
  if (wall.rooms.includes(targetRoom)) {
    const door = doors[targetRoom];
    return !typesOnly && door && !household.includes(room) && !door.includes(target)
      ? `${targetRoom}/ may be entered only through ${door.join(', ')}.`
      : undefined;
  }
  if (wall.types?.includes(targetRoom))
    return typesOnly || doors[targetRoom]?.includes(target) ? undefined : `${room}/ may import only types from ${targetRoom}/.`;
  return `${room}/ must not import ${targetRoom}/.`;
}

function judgePackage(path, room, wall, source) {
  const name = packageOf(source);
  const builtin = source.startsWith('node:') || builtinModules.includes(name);
  if (builtin) return wall.pure ? `${room}/ is pure: it must not import ${source}.` : undefined;
  const owner = owners[name];
  if (owner && !owner.some((place) => path.startsWith(`${place}/`))) return `Only ${owner.join(' and ')} may import ${name}.`;
  if (wall.packages !== '*' && !wall.packages.includes(name)) return `${room}/ must not import the package ${name}.`;
  return undefined;
}

function judgeFeature(path, target) {
  const from = featureOf(path);
  const to = featureOf(target);
  if (path.startsWith('client/infrastructure/') && to) return 'Infrastructure must not import a feature.';
  return from && to && from !== to ? `The feature "${from}" must not import its sibling "${to}".` : undefined;
}

/** Plugin of oxlint with one rule: every import stays within the walls, and the pure room touches nothing of the world. */
export default {
  meta: { name: 'walls' },
  rules: {
    imports: {
      meta: { type: 'problem', schema: [], messages: { wall: '{{reason}}' } },
      create(context) {
        const path = relative(root, context.filename).split(sep).join('/');
        const check = (node, source, typesOnly) => {
          const reason = typeof source === 'string' ? judge(path, source, typesOnly) : undefined;
          if (reason) context.report({ node, messageId: 'wall', data: { reason } });
        };
        const pure = rooms[roomOf(path)]?.pure === true;
        return {
          ImportDeclaration: (node) => check(node, node.source.value, node.importKind === 'type'),
          ExportNamedDeclaration: (node) => check(node, node.source?.value, node.exportKind === 'type'),
          ExportAllDeclaration: (node) => check(node, node.source.value, node.exportKind === 'type'),
          ImportExpression: (node) => check(node, node.source.value, false),
          TSImportType: (node) => check(node, node.source?.value ?? node.argument?.literal?.value, true),
          Identifier: (node) => {
            if (!pure || (node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed)) return;
            if (globalsOfTheWorld.includes(node.name) && node.parent.type !== 'Property' && node.parent.type !== 'TSPropertySignature')
              context.report({ node, messageId: 'wall', data: { reason: `engine/model is pure: it must not use ${node.name}.` } });
          },
          MemberExpression: (node) => {
            const text = pure ? context.sourceCode.getText(node) : '';
            if (text === 'Date.now' || text === 'Math.random')
              context.report({
                node,
                messageId: 'wall',
                data: { reason: `engine/model has no clock and no randomness: it must not use ${text}.` },
              });
          },
          NewExpression: (node) => {
            if (pure && node.callee.name === 'Date' && node.arguments.length === 0)
              context.report({ node, messageId: 'wall', data: { reason: 'engine/model has no clock: it must not ask for the date.' } });
          },
        };
      },
    },
  },
};

/** Rooms that lie on the disk but have no wall yet: a forgotten entry above shows up as a failing test. */
export function roomsWithoutWall() {
  const folders = ['engine', ...['client', 'server', 'schemas', 'examples']].flatMap((folder) =>
    folder === 'engine' && existsSync(resolve(root, folder))
      ? readdirSync(resolve(root, folder)).map((name) => `engine/${name}`)
      : [folder],
  );
  return folders.filter((folder) => roomOf(folder) === undefined);
}
