/** The look that pictures are taken in. */
export type Theme = 'light' | 'dark';

/** The themes by the names they have in the VS Code of code-server.ts, of which they are the defaults. */
export const themeNames: Readonly<Record<Theme, string>> = { light: 'Light 2026', dark: 'Dark 2026' };

/** User settings of the editor under test: nothing greets, nothing advertises, nothing asks the network. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  // What blinks and moves is drawn again and again.
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'remote.restoreForwardedPorts': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.feedback.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  // The theme follows the browser, so that a test changes it without touching the editor.
  'window.autoDetectColorScheme': true,
  'window.commandCenter': false,
  'window.newWindowDimensions': 'inherit',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.navigationControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.preferredDarkColorTheme': themeNames.dark,
  'workbench.preferredLightColorTheme': themeNames.light,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};
