import { didYouMean } from '../engine/model/text/nearest.ts';

/** What a command line of `sollist-language-server` asks for: to serve, or to say something and end. */
export type Asked =
  | { readonly kind: 'serve' }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'refuse'; readonly sentence: string };

/** Ways to speak, as clients of the language protocol name them. */
const transports: readonly string[] = ['--stdio', '--node-ipc', '--socket', '--pipe'];

const help = `Usage: sollist-language-server --stdio

The language server of Sollist: completion, hover, problems, quick fixes and navigation for NIM REST connectors and SQL-like filters. An
editor starts it and speaks the Language Server Protocol with it; docs/language-server.md says how to set up yours.

Options:
  --stdio                 speak over standard input and output
  --node-ipc              speak over the channel of a forked Node process
  --socket=<port>         connect to a port of this machine that the editor listens on
  --pipe=<name>           connect to a named pipe or socket that the editor listens on
  --clientProcessId=<id>  end when this process ends; the protocol's processId does the same
  -v, --version           show the version
  -h, --help              show this help

It reads files and writes none. It contacts no host, unless the editor says that the workspace is trusted and asks for a run.
`;

/** Reads the arguments after the program's name. */
export function readArguments(args: readonly string[], version: string): Asked {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { kind: 'say', text: help };
  if (args.some((arg) => arg === '--version' || arg === '-v')) return { kind: 'say', text: `${version}\n` };
  const names = args.map((arg) => arg.replace(/=.*/s, ''));
  const known = [...transports, '--clientProcessId', '--help', '--version'];
  // A value may also follow its option as a word of its own.
  const unknown = names.find((name, index) => !known.includes(name) && !(index > 0 && takesValue(args[index - 1] ?? '')));
  if (unknown !== undefined) {
    return refuse(
      `sollist-language-server has no option "${unknown}".${didYouMean(unknown, known)} Run it with --help to see what there is.`,
    );
  }
  if (!names.some((name) => transports.includes(name))) {
    return refuse('sollist-language-server speaks with an editor, not with a person. An editor starts it with --stdio; --help says more.');
  }
  return { kind: 'serve' };
}

function takesValue(arg: string): boolean {
  return ['--socket', '--pipe', '--clientProcessId'].includes(arg);
}

function refuse(sentence: string): Asked {
  return { kind: 'refuse', sentence };
}
