import { Command } from 'commander';
import { unpack } from '../../bundle/unpack';
import { jsonOutput } from '../json-output';
import { counted, printable } from '../printable';
import type { Terminal } from '../terminal';
import { withBundle } from '../with-bundle';
import { BUNDLE_ARGUMENT, JSON_OPTION } from './bundle-argument';

export function unpackCommand(terminal: Terminal): Command {
  return new Command('unpack')
    .description('write a bundle as a folder for Git: one file with stable JSON for each asset')
    .argument(...BUNDLE_ARGUMENT)
    .argument('<folder>', 'the folder, new or empty')
    .option('--force', 'write into a folder that is not empty, and remove its assets that the bundle does not contain')
    .option(...JSON_OPTION)
    .action((location: string, folder: string, { json, force = false }: { json?: boolean; force?: boolean }) =>
      withBundle(terminal, location, async (bundle) => {
        const { written, removed } = await unpack(bundle, folder, { force });
        terminal.out(json ? jsonOutput({ folder, written, removed }) : report(folder, written.length, removed.length));
      }),
    );
}

function report(folder: string, written: number, removed: number): string {
  const removal = removed > 0 ? ` and removed ${counted(removed, 'file')}` : '';
  return `Wrote ${counted(written, 'file')} to ${printable(folder)}${removal}.\n`;
}
