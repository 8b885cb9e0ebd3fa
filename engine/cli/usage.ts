import type { CommanderError } from 'commander';
import { didYouMean } from '../model/text/nearest.ts';

/** A wrong command line as one sentence in our own words, and where to look. `commands` has each command with those within it. */
export function usageMessage(error: CommanderError, args: readonly string[], commands: ReadonlyMap<string, readonly string[]>): string {
  const command = args.find((arg) => commands.has(arg));
  const help = `Run "sollist ${command === undefined || error.code === 'commander.unknownCommand' ? '' : `${command} `}--help" to see what there is.`;
  const within = commands.get(command ?? '') ?? [];
  // `runs compare`, and not only `runs`.
  const inner = within.find((name) => name === args[args.indexOf(command ?? '') + 1]);
  const whole = `${command ?? 'sollist'}${inner === undefined ? '' : ` ${inner}`}`;
  return `${sentence(error, command, whole, within)} ${help}`;
}

function sentence({ code, message }: CommanderError, command: string | undefined, whole: string, within: readonly string[]): string {
  const [, first = '', second = ''] = /'([^']*)'(?:[^']*'([^']*)')?/.exec(message) ?? [];
  const meant = /\(Did you mean (.+?)\?\)/.exec(message)?.[1];
  const near = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  // `--limit <rows>` names the option and what it takes.
  const [option = '', value = ''] = first.split(' ');
  switch (code) {
    case 'commander.unknownCommand':
      return `There is no command "${first}".${near}`;
    case 'commander.unknownOption':
      return `${command ?? 'sollist'} has no option "${first}".${near}`;
    case 'commander.missingArgument':
      return `${whole} needs ${/^[aeio]/.test(first) ? 'an' : 'a'} ${first}.`;
    case 'commander.optionMissingArgument':
      return `${option} needs a value: ${value}.`;
    case 'commander.excessArguments': {
      const names = /Expected (\d+) arguments? but got (\d+): (.*)\.$/s.exec(message);
      if (!names) return `${command ?? 'sollist'} takes fewer names than were given. Put a name with spaces in quotes.`;
      const [, takes = '', , given = ''] = names;
      if (takes === '0' && within.length > 0) {
        const [wanted = ''] = given.split(', ');
        return `${command ?? 'sollist'} has no command "${wanted}".${didYouMean(wanted, within)} It has: ${within.join(', ')}.`;
      }
      const most = takes === '0' ? 'no names' : takes === '1' ? 'one name' : `${takes} names`;
      return `${command ?? 'sollist'} takes ${most}, but got: ${given}. Put a name with spaces in quotes.`;
    }
    case 'commander.invalidArgument': {
      const choices = /Allowed choices are (.*)\.$/s.exec(message)?.[1];
      return choices === undefined
        ? `${option} cannot be "${second}".`
        : `${option} cannot be "${second}". It may be ${choices.replace(/, ([^,]*)$/, ' or $1')}.`;
    }
    default:
      return message.replace(/^error: /, '');
  }
}
