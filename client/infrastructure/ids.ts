/**
 * Every id the manifest declares and the code uses. `test/manifest` holds the two equal, so that neither can forget one.
 */

/** Commands. The first five are what code lenses call, with `[documentUri, name]`; *Preview Request* is given the operation's name, too. */
export const commandIds = {
  dryRun: 'sollist.dryRun',
  previewMapping: 'sollist.previewMapping',
  previewRequest: 'sollist.previewRequest',
  runFilter: 'sollist.runFilter',
  explainFilter: 'sollist.explainFilter',
  whyNot: 'sollist.whyNot',
  filterEffect: 'sollist.filterEffect',
  inspectRoles: 'sollist.inspectRoles',
  cancelRoles: 'sollist.roles.cancel',
  showAllMembers: 'sollist.roles.showAll',
  showMemberChanges: 'sollist.roles.showChanges',
  collect: 'sollist.collect',
  recordCollection: 'sollist.recordCollection',
  replayCollection: 'sollist.replayCollection',
  rehearse: 'sollist.rehearse',
  planCollection: 'sollist.planCollection',
  loadVersion: 'sollist.loadVersion',
  compareVersion: 'sollist.compareVersion',
  openRun: 'sollist.runs.open',
  runAgain: 'sollist.runs.again',
  compareRuns: 'sollist.runs.compare',
  compareWithPrevious: 'sollist.runs.compareWithPrevious',
  pinRun: 'sollist.runs.pin',
  unpinRun: 'sollist.runs.unpin',
  deleteRuns: 'sollist.runs.delete',
  runsByDay: 'sollist.runs.byDay',
  runsBySubject: 'sollist.runs.bySubject',
  refreshRuns: 'sollist.runs.refresh',
  saveExpectations: 'sollist.saveExpectations',
  newConnector: 'sollist.newConnector',
  importNim: 'sollist.importNim',
  exportNim: 'sollist.exportNim',
  newSystem: 'sollist.newSystem',
  findRelations: 'sollist.findRelations',
  checkRelations: 'sollist.checkRelations',
  refreshSystems: 'sollist.systems.refresh',
  enterSecret: 'sollist.enterSecret',
  forgetSecrets: 'sollist.forgetSecrets',
  selectEnvironment: 'sollist.selectEnvironment',
  showLog: 'sollist.showLog',
  restartServer: 'sollist.restartServer',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** The container in the activity bar, its views, and the panel's view type. */
export const containerId = 'sollist';
export const viewIds = { systems: 'sollist.systems', runs: 'sollist.runs', roles: 'sollist.roles' } as const;
/** The controller in the Test Explorer. */
export const testControllerId = 'sollist';
export const runPanelType = 'sollist.run';

/** Settings, without the section's name. */
export const section = 'sollist';
export const settingIds = {
  environment: 'environment',
  lensDryRun: 'lens.dryRun',
  lensPreview: 'lens.preview',
  dryRunRows: 'dryRun.rows',
  dryRunCalls: 'dryRun.calls',
  problemSeverities: 'problems.severities',
  inlayHintsAddresses: 'inlayHints.addresses',
  filterRowCounts: 'filter.rowCounts',
  filterHazards: 'filter.hazards',
  traceServer: 'trace.server',
} as const;

export const languageIds = { connector: 'sollist-connector', json: 'sollist-json', filter: 'sollist-filter' } as const;

/** Keys of `when` clauses that this extension sets. */
export const contextKeys = {
  /** The workspace was searched for `sollist.json`. */
  searched: 'sollist.searched',
  /** There is a Sollist folder. */
  workspace: 'sollist.workspace',
  /** `loaded` or `failed`: whether the server said what the folder holds. Before that no empty state is shown. */
  overview: 'sollist.overview',
  /** The folder has a role model. */
  roleModels: 'sollist.roleModels',
  /** `loaded` or `failed`: whether the history of the folder is known. Before that no empty state is shown. */
  runs: 'sollist.runs.state',
  /** The Runs view groups by subject, not by day. */
  runsBySubject: 'sollist.runs.grouped',
  rolesRunning: 'sollist.roles.running',
  /** The Roles view shows members that stay, too. */
  rolesAll: 'sollist.roles.all',
} as const;

/** `contextValue`s of tree items, which menus name as `viewItem`. */
export const treeItems = {
  system: 'system',
  /** One that has a recording. */
  recordedSystem: 'recordedSystem',
  table: 'table',
  /** Of a table: one that was in use, or that a guard held back. */
  version: 'version',
  run: 'run',
  pinnedRun: 'pinnedRun',
  /** One with rows that can be compared. */
  rowsRun: 'rowsRun',
  pinnedRowsRun: 'pinnedRowsRun',
  model: 'roleModel',
  group: 'group',
  member: 'member',
} as const;

/** Notification from client to server: the workspace is trusted now. */
export const trustedMethod = 'sollist/trusted';
