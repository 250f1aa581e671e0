import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { run } from '../../cli/run';
import { CapturedTerminal } from './captured-terminal';

interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line, written as the arguments after the name of the program. */
export async function runCommand(...args: string[]): Promise<CommandResult> {
  const terminal = new CapturedTerminal();
  const exitCode = await run(args, terminal);
  return { exitCode, stdout: terminal.stdout, stderr: terminal.stderr };
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
ajv.addSchema(
  JSON.parse(readFileSync(join(__dirname, '../../docs/reference/cli-output.schema.json'), 'utf8')) as object,
  'output',
);

/** The JSON that a command printed, after it was checked against the published schema of the command. */
export function checkedJson(command: string, stdout: string): unknown {
  const value: unknown = JSON.parse(stdout);
  if (!ajv.validate(`output#/$defs/${command}`, value)) throw new Error(ajv.errorsText());
  return value;
}
