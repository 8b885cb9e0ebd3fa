import type { HostMessage, PageMessage } from './messages.ts';

/** What the page remembers while it is hidden: the tab chosen last, by kind of run. */
export interface PageState {
  readonly tabs: Readonly<Record<string, string>>;
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
  return editor.getState()?.tabs[kind];
}

export function rememberTab(kind: string, tab: string): void {
  editor.setState({ tabs: { ...editor.getState()?.tabs, [kind]: tab } });
}
