import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type OverrideScaffold, overrideScaffold } from '../../bundle/overrides/override-scaffold';
import { jsonOutput } from '../json-output';
import { table } from '../table';
import type { Terminal } from '../terminal';
import { withBundle } from '../with-bundle';
import { BUNDLE_ARGUMENT, JSON_OPTION } from './bundle-argument';

interface Options {
  readonly json?: boolean;
  readonly request?: string;
  readonly typescript?: string;
}

export function overridesCommand(terminal: Terminal): Command {
  return new Command('overrides')
    .description('write what an import into another account needs, with <...> for each value to fill in')
    .argument(...BUNDLE_ARGUMENT)
    .option(...JSON_OPTION)
    .option('--request <file>', 'write the JSON for StartAssetBundleImportJob to a file')
    .option('--typescript <file>', 'write the TypeScript for AssetBundleImport to a file')
    .action((location: string, options: Options) =>
      withBundle(terminal, location, async (bundle) => {
        const scaffold = await overrideScaffold(bundle);
        const { request, typescript, toFillIn, warnings } = scaffold;
        if (options.request !== undefined) await writeFile(options.request, jsonOutput(request));
        if (options.typescript !== undefined) await writeFile(options.typescript, typescript);
        terminal.out(
          options.json ? jsonOutput({ ...request, typescript, toFillIn, warnings }) : report(terminal, scaffold),
        );
      }),
    );
}

function report(terminal: Terminal, { request, typescript, toFillIn, warnings }: OverrideScaffold): string {
  const { bold, yellow } = terminal.colors;
  return [
    `${bold('JSON for StartAssetBundleImportJob')}\n${jsonOutput(request)}`,
    `${bold('TypeScript for AssetBundleImport')}\n${typescript}`,
    table(
      terminal,
      ['VALUE TO FILL IN', 'IN THE JSON'],
      toFillIn.map(({ path, placeholder }) => [placeholder, path]),
    ),
    ...warnings.map((warning) => `${yellow('warning:')} ${warning}\n`),
  ].join('\n');
}
