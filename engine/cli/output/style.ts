import { styleText } from 'node:util';

/** How words are coloured; with colour off they are left alone. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
}

export function createStyle(colour: boolean): Style {
  const paint = (name: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue') => (text: string) =>
    colour ? styleText(name, text, { validateStream: false }) : text;
  return { bold: paint('bold'), dim: paint('dim'), red: paint('red'), green: paint('green'), yellow: paint('yellow'), blue: paint('blue') };
}

/** Whether to colour, after the usual variables. Sources: no-color.org (set and not empty means none), force-color.org. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}
