import type { CommanderError } from 'commander';

/** A wrong command line as one sentence in our own words, and where to look. */
export function usageMessage(error: CommanderError, args: readonly string[], commands: readonly string[]): string {
  const command = args.find((arg) => commands.includes(arg));
  const help = `Run "sollist ${command === undefined || error.code === 'commander.unknownCommand' ? '' : `${command} `}--help" to see what there is.`;
  return `${sentence(error, command)} ${help}`;
}

function sentence({ code, message }: CommanderError, command: string | undefined): string {
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
      return `${command ?? 'sollist'} needs a ${first}.`;
    case 'commander.optionMissingArgument':
      return `${option} needs a value: ${value}.`;
    case 'commander.excessArguments':
      return `${command ?? 'sollist'} takes fewer names than were given. Put a name with spaces in quotes.`;
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
