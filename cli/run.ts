import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { diffCommand } from './commands/diff';
import { inspectCommand } from './commands/inspect';
import { lintCommand } from './commands/lint';
import { overridesCommand } from './commands/overrides';
import { packCommand } from './commands/pack';
import { unpackCommand } from './commands/unpack';
import { errorSentence } from './error-sentence';
import type { Outcome } from './outcome';
import type { Terminal } from './terminal';

/** Exit code after an error. */
const ERROR = 2;

const COMMANDS = [inspectCommand, lintCommand, diffCommand, unpackCommand, packCommand, overridesCommand];

/**
 * Runs a command.
 *
 * @param args The arguments after the name of the program.
 * @returns The exit code: 0, that of `lint` or `diff`, or 2 after an error, which was written to the terminal.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const outcome: Outcome = { exitCode: 0 };
  const program = new Command('cdk-quicksight-asset-bundle')
    .description('Read, check, compare and version asset bundles of Amazon QuickSight.')
    .version(version);
  for (const create of COMMANDS) program.addCommand(create(terminal, outcome));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
      .helpOption('-h, --help', 'show this help');
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // The help, which commander wrote, is the message of a command line without a command.
      if (error.code === 'commander.help') return ERROR;
    }
    terminal.err(`error: ${errorSentence(error).replace(/^error: /, '')}\n`);
    return ERROR;
  }
}
