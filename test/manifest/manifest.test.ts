import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  commandIds,
  containerId,
  contextKeys,
  languageIds,
  runPanelType,
  section,
  settingIds,
  treeItems,
  viewIds,
} from '../../client/infrastructure/ids.ts';
import { root } from '../../scripts/editor/paths.ts';
import { readManifest } from './read-manifest.ts';

const manifest = readManifest();
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flat();
const menuItems = Object.entries(contributes.menus).flatMap(([menu, items]) => items.map((item) => ({ menu, ...item })));
/** Every `when` and `enablement` clause with where it stands. */
const clauses: readonly (readonly [where: string, clause: string])[] = [
  ...contributes.commands.flatMap(({ command, enablement }) => (enablement === undefined ? [] : [[command, enablement] as const])),
  ...menuItems.flatMap(({ menu, command, when }) => (when === undefined ? [] : [[`${menu}: ${command}`, when] as const])),
  ...contributes.viewsWelcome.map(({ view, when }, index) => [`viewsWelcome ${String(index)} of ${view}`, when] as const),
];

/** All source of the client, to see which ids it uses. */
function clientSource(): string {
  const folder = join(root, 'client');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('ids.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
}

describe('commands', () => {
  test('those declared are those of the code', () => {
    expect([...commands].sort()).toEqual(Object.values(commandIds).sort());
  });

  test('each is registered', () => {
    const source = clientSource();
    for (const name of Object.keys(commandIds)) expect(source, name).toContain(`register(commandIds.${name},`);
  });

  test('each has a title and the category', () => {
    for (const { command, title, category } of contributes.commands) {
      expect(title, command).toMatch(/^[A-Z]/);
      expect(category, command).toBe('Sollist');
    }
  });

  test('those that run something are off in an untrusted workspace', () => {
    const { dryRun, previewMapping, runFilter, inspectRoles, collect, selectEnvironment } = commandIds;
    const { recordCollection, replayCollection, rehearse, loadVersion, compareVersion, runAgain, pinRun, unpinRun, deleteRuns } =
      commandIds;
    const changing = [
      commandIds.saveExpectations,
      commandIds.explainFilter,
      commandIds.whyNot,
      commandIds.filterEffect,
      recordCollection,
      replayCollection,
      rehearse,
      loadVersion,
      compareVersion,
      runAgain,
      pinRun,
      unpinRun,
      deleteRuns,
    ];
    for (const id of [dryRun, previewMapping, runFilter, inspectRoles, collect, selectEnvironment, ...changing]) {
      expect(contributes.commands.find(({ command }) => command === id)?.enablement, id).toContain('isWorkspaceTrusted');
      for (const item of menuItems.filter(({ command }) => command === id))
        expect(item.when, `${item.menu}: ${id}`).toContain('isWorkspaceTrusted');
    }
  });

  test('those that only look at what was run are on there, too', () => {
    for (const id of [commandIds.openRun, commandIds.compareRuns, commandIds.compareWithPrevious, commandIds.refreshRuns]) {
      expect(contributes.commands.find(({ command }) => command === id)?.enablement, id).toBeUndefined();
      for (const { command, when, menu } of menuItems)
        if (command === id) expect(when, `${menu}: ${id}`).not.toContain('isWorkspaceTrusted');
    }
  });

  test('menus name commands that exist, with an icon where they are buttons', () => {
    for (const { menu, command, group } of menuItems) {
      expect(commands, menu).toContain(command);
      const isButton = group?.startsWith('navigation') === true || group?.startsWith('inline') === true;
      if (isButton)
        expect(contributes.commands.find((one) => one.command === command)?.icon, `${menu}: ${command}`).toMatch(/^\$\([a-z-]+\)$/);
    }
  });

  test('icons are codicons', () => {
    const css = readFileSync(join(root, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8');
    for (const { command, icon } of contributes.commands) {
      if (icon !== undefined) expect(css.includes(`.codicon-${icon.slice(2, -1)}:before`), command).toBe(true);
    }
  });
});

describe('views', () => {
  test('those declared are those of the code, in the one container', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([containerId]);
    expect(Object.keys(contributes.views)).toEqual([containerId]);
    expect(views.map(({ id }) => id).sort()).toEqual(Object.values(viewIds).sort());
  });

  test('each has a name, an icon and a welcome text', () => {
    for (const { id, name, icon } of views) {
      expect(name, id).not.toBe('');
      expect(icon, id).toBeDefined();
      expect(
        contributes.viewsWelcome.some(({ view }) => view === id),
        id,
      ).toBe(true);
    }
  });

  test('welcome texts name views, and link to commands, that exist', () => {
    for (const { view, contents } of contributes.viewsWelcome) {
      expect(views.map(({ id }) => id)).toContain(view);
      for (const [, link = ''] of contents.matchAll(/\(command:([\w.]+)/g)) {
        if (link.startsWith(`${section}.`)) expect(commands).toContain(link);
      }
    }
  });
});

describe('clauses', () => {
  test('views and tree items named in them exist', () => {
    for (const [where, clause] of clauses) {
      for (const [, view] of clause.matchAll(/\bview == ([\w.]+)/g)) expect(Object.values(viewIds), where).toContain(view);
      for (const [, item] of clause.matchAll(/\bviewItem == (\w+)/g)) expect(Object.values(treeItems), where).toContain(item);
      for (const [, items = ''] of clause.matchAll(/\bviewItem =~ \/\^\(([\w|]+)\)\$\//g)) {
        for (const item of items.split('|')) expect(Object.values(treeItems), where).toContain(item);
      }
    }
  });

  test('context keys named in them are those the code sets', () => {
    const source = clientSource();
    for (const name of Object.keys(contextKeys)) expect(source, name).toContain(`contextKeys.${name}`);
    const known: readonly string[] = Object.values(contextKeys);
    for (const [where, clause] of clauses) {
      const named = clause.replace(/\bview == [\w.]+/g, '').match(/\bsollist\.[\w.]+/g) ?? [];
      for (const key of named) expect(known, where).toContain(key);
    }
  });
});

describe('settings', () => {
  const { properties } = contributes.configuration;

  test('those declared are those of the code', () => {
    expect(Object.keys(properties).sort()).toEqual(
      Object.values(settingIds)
        .map((id) => `${section}.${id}`)
        .sort(),
    );
  });

  test('each has a text that ends, a default and a scope', () => {
    for (const [id, { markdownDescription, default: value, scope }] of Object.entries(properties)) {
      expect(markdownDescription, id).toMatch(/\.$/);
      expect(value, id).toBeDefined();
      expect(['machine-overridable', 'resource', 'window'], id).toContain(scope);
    }
  });

  test('what steers traffic is restricted in an untrusted workspace', () => {
    const steering = Object.entries(properties)
      .filter(([, { scope }]) => scope === 'machine-overridable')
      .map(([id]) => id);
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(steering.sort());
  });

  test('links in texts lead to settings that exist', () => {
    for (const { markdownDescription } of Object.values(properties)) {
      for (const [, id = ''] of markdownDescription.matchAll(/`#([\w.]+)#`/g)) expect(Object.keys(properties)).toContain(id);
    }
  });
});

describe('languages', () => {
  test('each id of the code has a grammar, a configuration and an activation', () => {
    const ids = Object.values(languageIds);
    expect(contributes.languages.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(contributes.grammars.map(({ language }) => language).sort()).toEqual([...ids].sort());
    for (const id of ids) expect(manifest.activationEvents).toContain(`onLanguage:${id}`);
  });

  test('scope names agree with the grammars, whose patterns compile', () => {
    for (const { scopeName, path } of contributes.grammars) {
      const text = readFileSync(join(root, path), 'utf8');
      expect((JSON.parse(text) as { scopeName: string }).scopeName).toBe(scopeName);
      for (const [, pattern = ''] of text.matchAll(/"(?:match|begin|end)": ("(?:[^"\\]|\\.)*")/g)) {
        const source = (JSON.parse(pattern) as string).replace('(?i)', '');
        expect(() => new RegExp(source, 'u'), source).not.toThrow();
      }
    }
  });
});

test('the group of the run panel is locked, so that files open beside it', () => {
  expect(contributes.configurationDefaults['workbench.editor.autoLockGroups']).toEqual({ [`mainThreadWebview-${runPanelType}`]: true });
});

test('every file that is named exists', () => {
  const files = [
    manifest.icon,
    ...contributes.languages.flatMap(({ configuration, icon }) => [configuration, icon.light, icon.dark]),
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
    ...views.map(({ icon }) => icon),
  ];
  for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
});

test('the icon is a PNG of 128 by 128 pixels', () => {
  const icon = readFileSync(join(root, manifest.icon));
  expect(icon.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
});

test('the marketplace page has what it wants, and no SVG', () => {
  expect(manifest.main).toBe('./dist/client.cjs');
  expect(manifest.pricing).toBe('Free');
  expect(manifest.extensionKind).toEqual(['workspace']);
  expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
  expect(manifest.keywords.length).toBeGreaterThan(3);
});
