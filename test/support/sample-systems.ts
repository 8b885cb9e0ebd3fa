import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems, type SampleSystems } from '../../examples/systems/start.ts';
import { startEditor, type ServerOptions, type TestEditor } from './language-server.ts';

/** The sample systems on free ports, with an editor whose environment `elsewhere` reaches them. */
export interface Stage extends AsyncDisposable {
  readonly samples: SampleSystems;
  readonly editor: TestEditor;
  /** What every run needs, for `connection.sendRequest`. */
  input(more: object): object;
}

export async function setStage(options: ServerOptions = {}): Promise<Stage> {
  const samples = await startSampleSystems();
  const env = {
    HR_ADDRESS: samples.hr.address,
    DIRECTORY_ADDRESS: samples.directory.address,
    HR_CLIENT_SECRET: sampleSecrets.hrClientSecret,
    DIRECTORY_PASSWORD: sampleSecrets.directoryPassword,
    ...options.env,
  };
  const editor = await startEditor({ ...options, env });
  let runs = 0;
  return {
    samples,
    editor,
    input: (more) => ({ runId: `run-${++runs}`, folder: editor.folder, overlay: [], environment: 'elsewhere', secrets: {}, ...more }),
    async [Symbol.asyncDispose]() {
      await editor[Symbol.asyncDispose]();
      await samples.stop();
    },
  };
}
