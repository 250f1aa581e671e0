import { Command, InvalidArgumentError, Option } from 'commander';

export interface StartOptions {
  readonly bundle?: string;
  readonly assets?: readonly string[];
  readonly format: string;
  readonly port?: number;
  readonly quicksightPort?: number;
  readonly keep: boolean;
}

export function startOptions(argv: readonly string[]): StartOptions {
  const command = new Command('npm start --')
    .description('Deploys the sample app to a local cloud on this machine, and shows the bundle that it exports.')
    .option('--bundle <file>', 'export the assets of this bundle (a .qs file) instead of those of the sample account')
    .option(
      '--assets <list>',
      'what to export, as type/id divided by commas (default: dashboard and folder of the sample account; all of a bundle)',
      names,
    )
    .addOption(
      new Option('--format <format>', 'what the bundle is written as')
        .choices(['QUICKSIGHT_JSON', 'CLOUDFORMATION_JSON'])
        .default('QUICKSIGHT_JSON'),
    )
    .option('--port <number>', 'the port of the local cloud on 127.0.0.1 (default: any free one)', port)
    .option(
      '--quicksight-port <number>',
      'the port of the QuickSight stand-in on 127.0.0.1 (default: any free one)',
      port,
    )
    .option('--keep', 'go on running afterwards, until Ctrl-C', false)
    .allowExcessArguments(false);
  const options = command.parse([...argv]).opts<StartOptions>();
  if (options.port !== undefined && options.port === options.quicksightPort) {
    throw new Error(`--port and --quicksight-port both say ${options.port}: choose two ports.`);
  }
  return options;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 65535)
    throw new InvalidArgumentError('Write a port from 1 to 65535.');
  return number;
}

function names(text: string): string[] {
  const list = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (list.length === 0)
    throw new InvalidArgumentError('Name at least one asset, for example dashboard/sales-overview.');
  return [...new Set(list)];
}
