import { SollistError } from '../../run/error.ts';
import type { AddCommand } from '../command.ts';

/** `sollist demo`: the sample systems live in a clone of the repository, which answers this command before it gets here. */
export const addDemo: AddCommand = (program) => {
  program
    .command('demo')
    .description('start the sample systems and walk the whole chain (in a clone)')
    .action(() => {
      throw new SollistError(
        'no-sample-systems',
        'The sample systems are part of the repository, not of the extension. Run "npm run demo" in a clone of it.',
      );
    });
};
