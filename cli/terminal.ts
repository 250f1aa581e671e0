import { createColors } from 'picocolors';

type Colors = ReturnType<typeof createColors>;

/** Where the command line writes. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Errors and progress. */
  readonly err: (text: string) => void;
  /** Colours of the results. They do nothing unless people read them on a terminal. */
  readonly colors: Colors;
  /** True when people see the errors while the command runs. */
  readonly showsProgress: boolean;
}

/** The terminal of this process. NO_COLOR (https://no-color.org) switches colours off. */
export function processTerminal({ stdout, stderr, env } = process): Terminal {
  const hasColors = stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    colors: createColors(hasColors),
    showsProgress: stderr.isTTY === true && env.TERM !== 'dumb',
  };
}
