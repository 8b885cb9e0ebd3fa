import type { RememberedLayout } from './grid/layout.ts';
import type { HostMessage, PageMessage } from './messages.ts';

/** What the page remembers for the life of its panel: the tab chosen last, by kind of run, and the columns of a grid, by its label. */
export interface PageState {
  readonly tabs?: Readonly<Record<string, string>>;
  readonly layouts?: Readonly<Record<string, RememberedLayout>>;
}

interface EditorApi {
  postMessage(message: PageMessage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();

export function post(message: PageMessage): void {
  editor.postMessage(message);
}

/** Calls back with every message of the extension. Others cannot post here: the page has no frames and opens no windows. */
export function onMessage(callback: (message: HostMessage) => void): void {
  window.addEventListener('message', (event: MessageEvent<HostMessage>) => {
    callback(event.data);
  });
}

export function rememberedTab(kind: string): string | undefined {
  return editor.getState()?.tabs?.[kind];
}

export function rememberTab(kind: string, tab: string): void {
  const state = editor.getState();
  editor.setState({ ...state, tabs: { ...state?.tabs, [kind]: tab } });
}

/** Grids whose columns are remembered; older ones give way. */
const mostLayouts = 40;

export function rememberedLayout(label: string): RememberedLayout | undefined {
  const layouts = editor.getState()?.layouts;
  return layouts !== undefined && Object.hasOwn(layouts, label) ? layouts[label] : undefined;
}

export function rememberLayout(label: string, layout: RememberedLayout): void {
  const state = editor.getState();
  const others = Object.entries(state?.layouts ?? {}).filter(([known]) => known !== label);
  editor.setState({ ...state, layouts: Object.fromEntries([...others.slice(1 - mostLayouts), [label, layout]]) });
}
