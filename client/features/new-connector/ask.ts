import { basename } from 'node:path';
import { CancellationError, env, window, workspace, type Uri } from 'vscode';
import type { NewConnectorParameters } from '../../../engine/host/protocol.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { authenticationChoices, pagingChoices, type Offered } from './choices.ts';
import { askChoice, askLine, back, runSteps, type Step } from './steps.ts';

type Source = 'nothing' | 'openApiFile' | 'sampleFile' | 'clipboard' | 'editor';

interface Known {
  readonly source: Source;
  readonly document?: string;
  readonly name: string;
  readonly table: string;
  readonly authentication?: string;
  readonly paging?: string;
  readonly baseUrl: string;
}

const title = 'New connector';
const largest = 64 * 1024 * 1024;

/** Asks a person for everything a new connector needs to start. Throws `CancellationError` when they stop. */
export async function askForConnector(): Promise<NewConnectorParameters> {
  const known = await runSteps<Known>({ source: 'nothing', name: '', table: '', baseUrl: '' }, [
    source,
    name,
    table,
    authentication,
    paging,
    address,
  ]);
  return {
    name: known.name,
    ...(known.document !== undefined && { document: known.document }),
    ...(known.table !== '' && { tables: [known.table] }),
    ...(known.authentication !== undefined && { authentication: known.authentication }),
    ...(known.paging !== undefined && { paging: known.paging }),
    ...(known.baseUrl !== '' && { baseUrl: known.baseUrl }),
  };
}

/** An OpenAPI document says all that is asked below. */
const isGuided = ({ source }: Known): boolean => source !== 'openApiFile';
const isSample = ({ source }: Known): boolean => source !== 'openApiFile' && source !== 'nothing';

const source: Step<Known> = {
  ask: async (known, canGoBack) => {
    const chosen = await askChoice({ title, placeHolder: 'What do you have of the API?', canGoBack }, sources());
    if (chosen === back) return back;
    const { document, from } = await readSource(chosen.value);
    return { ...known, source: chosen.value, ...(document !== undefined && { document }), name: from ?? known.name };
  },
};

function sources(): readonly Offered<Source>[] {
  const editor = window.activeTextEditor;
  const selected = editor !== undefined && (!editor.selection.isEmpty || editor.document.languageId.startsWith('json'));
  return [
    { label: '$(new-file) Nothing yet', description: 'choose how it signs in and pages', value: 'nothing' },
    {
      label: '$(symbol-namespace) An OpenAPI 3 document…',
      description: 'JSON or YAML; tables and operations come from it',
      value: 'openApiFile',
    },
    { label: '$(json) A sample answer: file…', description: 'the JSON answer of one call', value: 'sampleFile' },
    { label: '$(clippy) A sample answer: clipboard', description: 'the JSON answer of one call', value: 'clipboard' },
    ...(selected
      ? [{ label: '$(selection) A sample answer: active editor', description: 'its selection, else all of it', value: 'editor' as const }]
      : []),
  ];
}

async function readSource(chosen: Source): Promise<{ readonly document?: string; readonly from?: string }> {
  switch (chosen) {
    case 'nothing':
      return {};
    case 'clipboard':
      return { document: await env.clipboard.readText() };
    case 'editor': {
      const editor = window.activeTextEditor;
      const range = editor === undefined || editor.selection.isEmpty ? undefined : editor.selection;
      return { document: editor?.document.getText(range) ?? '' };
    }
    case 'openApiFile':
    case 'sampleFile': {
      const isApi = chosen === 'openApiFile';
      const [file] =
        (await window.showOpenDialog({
          title: isApi ? 'OpenAPI 3 document' : 'Sample answer',
          openLabel: 'Use',
          filters: isApi ? { OpenAPI: ['json', 'yaml', 'yml'] } : { JSON: ['json', 'txt'] },
        })) ?? [];
      if (file === undefined) throw new CancellationError();
      return { document: await readText(file), from: isApi ? nameFrom(file) : '' };
    }
  }
}

async function readText(file: Uri): Promise<string> {
  const { size } = await workspace.fs.stat(file);
  if (size > largest)
    throw new SollistFailure('file-too-large', `${basename(file.path)} is larger than 64 MB, which no description of an API is.`);
  return new TextDecoder().decode(await workspace.fs.readFile(file));
}

/** `intranet.openapi.yaml` → `intranet`; `openapi.yaml` says nothing of the API. */
function nameFrom(file: Uri): string {
  const [first = ''] = basename(file.path).split('.');
  return /^(?:openapi|swagger|api|spec)$/i.test(first) ? '' : first;
}

const name: Step<Known> = {
  ask: async (known, canGoBack) => {
    const answer = await askLine({
      title,
      placeHolder: 'Name of the system type; the file is connectors/<name>.json',
      canGoBack,
      value: known.name,
      check: checkName,
    });
    return answer === back ? back : { ...known, name: answer };
  },
};

function checkName(text: string): string | undefined {
  if (text.trim() === '') return 'The name of the system type, such as HelloID.';
  return /[\\/:*?"<>|]/.test(text) ? 'A file name: letters, digits, spaces, dots, - and _.' : undefined;
}

const table: Step<Known> = {
  applies: isGuided,
  ask: async (known, canGoBack) => {
    const placeHolder = isSample(known) ? 'What is the answer a list of? Empty: what it says itself' : 'The first table; empty: users';
    const answer = await askLine({ title, placeHolder, canGoBack, value: known.table, check: () => undefined });
    return answer === back ? back : { ...known, table: answer };
  },
};

const authentication: Step<Known> = {
  applies: isGuided,
  ask: async (known, canGoBack) => {
    const answer = await askChoice({ title, placeHolder: 'How does it sign in?', canGoBack }, authenticationChoices);
    return answer === back ? back : { ...known, authentication: answer.value };
  },
};

const paging: Step<Known> = {
  applies: isGuided,
  ask: async (known, canGoBack) => {
    const seen: readonly Offered<string | undefined>[] = isSample(known)
      ? [{ label: 'As the answer shows', description: 'none where it shows nothing', value: undefined }]
      : [];
    const answer = await askChoice<string | undefined>({ title, placeHolder: 'How does it page?', canGoBack }, [...seen, ...pagingChoices]);
    if (answer === back) return back;
    const { paging: _, ...others } = known;
    return { ...others, ...(answer.value !== undefined && { paging: answer.value }) };
  },
};

const address: Step<Known> = {
  applies: isGuided,
  ask: async (known, canGoBack) => {
    const answer = await askLine({
      title,
      placeHolder: 'The start of every address, such as https://api.example.com/v1; empty: the connection names the host',
      canGoBack,
      value: known.baseUrl,
      check: () => undefined,
    });
    return answer === back ? back : { ...known, baseUrl: answer };
  },
};
