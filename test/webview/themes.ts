/** Values of the editor's theme variables as its default themes set them, as far as the page uses them. */
export interface Theme {
  readonly name: 'dark' | 'light' | 'high-contrast';
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

const fonts = {
  'font-family': '"Segoe UI", "Droid Sans", "DejaVu Sans", sans-serif',
  'font-size': '13px',
  'editor-font-family': '"DejaVu Sans Mono", monospace',
  'editor-font-size': '12px',
};

export const dark: Theme = {
  name: 'dark',
  bodyClass: 'vscode-dark',
  variables: {
    ...fonts,
    'editor-background': '#1f1f1f', foreground: '#cccccc', descriptionForeground: '#9d9d9d', errorForeground: '#f85149', focusBorder: '#0078d4',
    'icon-foreground': '#cccccc', 'editorGroup-border': '#ffffff17', 'editorWarning-foreground': '#cca700', 'testing-iconPassed': '#73c991',
    'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
    'input-background': '#313131', 'input-foreground': '#cccccc', 'input-border': '#3c3c3c', 'input-placeholderForeground': '#989898',
    'badge-background': '#616161', 'badge-foreground': '#f8f8f8', 'toolbar-hoverBackground': '#5a5d5e50',
    'list-activeSelectionBackground': '#04395e', 'list-activeSelectionForeground': '#ffffff', 'list-inactiveSelectionBackground': '#37373d', 'list-hoverBackground': '#2a2d2e',
    'panelTitle-activeForeground': '#cccccc', 'panelTitle-inactiveForeground': '#9d9d9d', 'panelTitle-activeBorder': '#0078d4',
    'keybindingTable-headerBackground': '#cccccc0a', 'keybindingTable-rowsBackground': '#cccccc0a', 'textCodeBlock-background': '#2b2b2b',
    'debugTokenExpression-string': '#ce9178', 'debugTokenExpression-number': '#b5cea8', 'debugTokenExpression-boolean': '#4e94ce', 'symbolIcon-propertyForeground': '#cccccc',
    'inputValidation-errorBackground': '#5a1d1d', 'inputValidation-errorBorder': '#be1100', 'progressBar-background': '#0078d4',
    'inputOption-activeBackground': '#2489db82', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#2488db',
    'gitDecoration-addedResourceForeground': '#81b88b', 'gitDecoration-modifiedResourceForeground': '#e2c08d', 'gitDecoration-deletedResourceForeground': '#c74e39',
    'diffEditor-removedTextBackground': '#ff000033', 'diffEditor-insertedTextBackground': '#9ccc2c33', 'sash-hoverBorder': '#0078d4',
  },
};

export const light: Theme = {
  name: 'light',
  bodyClass: 'vscode-light',
  variables: {
    ...fonts,
    'editor-background': '#ffffff', foreground: '#3b3b3b', descriptionForeground: '#3b3b3b', errorForeground: '#f85149', focusBorder: '#005fb8',
    'icon-foreground': '#3b3b3b', 'editorGroup-border': '#e5e5e5', 'editorWarning-foreground': '#bf8803', 'testing-iconPassed': '#73c991',
    'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc',
    'input-background': '#ffffff', 'input-foreground': '#3b3b3b', 'input-border': '#cecece', 'input-placeholderForeground': '#767676',
    'badge-background': '#cccccc', 'badge-foreground': '#3b3b3b', 'toolbar-hoverBackground': '#b8b8b850',
    'list-activeSelectionBackground': '#e8e8e8', 'list-activeSelectionForeground': '#000000', 'list-inactiveSelectionBackground': '#e4e6f1', 'list-hoverBackground': '#f2f2f2',
    'panelTitle-activeForeground': '#3b3b3b', 'panelTitle-inactiveForeground': '#3b3b3b', 'panelTitle-activeBorder': '#005fb8',
    'keybindingTable-headerBackground': '#3b3b3b0a', 'keybindingTable-rowsBackground': '#3b3b3b0a', 'textCodeBlock-background': '#f8f8f8',
    'debugTokenExpression-string': '#a31515', 'debugTokenExpression-number': '#098658', 'debugTokenExpression-boolean': '#0000ff', 'symbolIcon-propertyForeground': '#3b3b3b',
    'inputValidation-errorBackground': '#f2dede', 'inputValidation-errorBorder': '#be1100', 'progressBar-background': '#005fb8',
    'inputOption-activeBackground': '#bed6ed', 'inputOption-activeForeground': '#000000', 'inputOption-activeBorder': '#005fb8',
    'gitDecoration-addedResourceForeground': '#587c0c', 'gitDecoration-modifiedResourceForeground': '#895503', 'gitDecoration-deletedResourceForeground': '#ad0707',
    'diffEditor-removedTextBackground': '#ff000033', 'diffEditor-insertedTextBackground': '#9ccc2c40', 'sash-hoverBorder': '#005fb8',
  },
};

/** High contrast has few fills: what the theme leaves out must not be missed. */
export const highContrast: Theme = {
  name: 'high-contrast',
  bodyClass: 'vscode-high-contrast',
  variables: {
    ...fonts,
    'editor-background': '#000000', foreground: '#ffffff', descriptionForeground: '#ffffffb3', errorForeground: '#f48771', focusBorder: '#f38518',
    contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', 'icon-foreground': '#ffffff', 'editorGroup-border': '#6fc3df', 'editorWarning-foreground': '#ffd370', 'testing-iconPassed': '#73c991',
    'button-secondaryForeground': '#ffffff', 'button-border': '#6fc3df', 'input-background': '#000000', 'input-foreground': '#ffffff', 'input-border': '#6fc3df', 'input-placeholderForeground': '#ffffffb3',
    'badge-background': '#000000', 'badge-foreground': '#ffffff', 'panelTitle-activeForeground': '#ffffff', 'panelTitle-inactiveForeground': '#ffffff', 'panelTitle-activeBorder': '#6fc3df',
    'textCodeBlock-background': '#000000', 'debugTokenExpression-string': '#f48771', 'debugTokenExpression-number': '#89d185', 'debugTokenExpression-boolean': '#75bdfe', 'symbolIcon-propertyForeground': '#ffffff',
    'inputValidation-errorBackground': '#000000', 'inputValidation-errorBorder': '#f48771', 'progressBar-background': '#6fc3df', 'inputOption-activeBackground': '#00000000', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#6fc3df',
    'gitDecoration-addedResourceForeground': '#a1e3ad', 'gitDecoration-modifiedResourceForeground': '#e2c08d', 'gitDecoration-deletedResourceForeground': '#c74e39', 'diffEditor-insertedTextBackground': '#00000000', 'diffEditor-removedTextBackground': '#00000000',
  },
};
