import { Command } from 'commander';
import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';
import { openBundle } from '../../bundle/open-bundle';
import { pack } from '../../bundle/pack';
import { CommandError } from '../command-error';
import { jsonOutput } from '../json-output';
import { bytes, counted, printable } from '../printable';
import type { Terminal } from '../terminal';
import { JSON_OPTION } from './bundle-argument';

export function packCommand(terminal: Terminal): Command {
  return new Command('pack')
    .description('make a .qs file of an unpacked folder, with the same bytes for the same content')
    .argument('<folder>', 'a folder that unpack wrote')
    .argument('<file>', 'the .qs file, which is replaced if it exists')
    .option(...JSON_OPTION)
    .action(async (folder: string, file: string, { json }: { json?: boolean }) => {
      const entries = await packed(folder, file);
      const { sizeBytes, sha256 } = await openBundle(file);
      const text = `Wrote ${counted(entries.length, 'asset')} to ${printable(file)}: ${bytes(sizeBytes)}, SHA-256 ${sha256}.\n`;
      terminal.out(json ? jsonOutput({ file, sizeBytes, sha256, entries }) : text);
    });
}

async function packed(folder: string, file: string): Promise<readonly string[]> {
  try {
    return await pack(folder, file);
  } catch (error) {
    const isOfFolder = error instanceof InvalidBundleError || error instanceof BundleLimitError;
    throw isOfFolder ? new CommandError(`${folder}: ${error.message}`) : error;
  }
}
