import { Command } from 'commander';
import { inventoryOf } from '../../bundle/inventory';
import type { AssetFacts, AssetReference, Inventory } from '../../bundle/inventory-types';
import { jsonOutput } from '../json-output';
import { bytes, counted } from '../printable';
import { fields, table } from '../table';
import type { Terminal } from '../terminal';
import { withBundle } from '../with-bundle';
import { BUNDLE_ARGUMENT, JSON_OPTION } from './bundle-argument';

export function inspectCommand(terminal: Terminal): Command {
  return new Command('inspect')
    .description('list the assets of a bundle, their references and the content digest')
    .argument(...BUNDLE_ARGUMENT)
    .option(...JSON_OPTION)
    .action((location: string, { json }: { json?: boolean }) =>
      withBundle(terminal, location, async (bundle) => {
        const inventory = await inventoryOf(bundle);
        terminal.out(json ? jsonOutput(inventory) : report(terminal, inventory));
      }),
    );
}

function report(terminal: Terminal, inventory: Inventory): string {
  const { format, sizeBytes, sha256, contentDigest, sourceAccount, sourceRegion, assets, unknown } = inventory;
  const source = [sourceAccount, sourceRegion].filter((part) => part !== undefined).join(', ');
  const outside = assets.flatMap(({ type, id, references }) =>
    references.filter(({ where }) => where === 'outside').map(({ arn }) => [`${type}/${id}`, arn]),
  );
  return [
    fields(terminal, [
      ['Format', format],
      ['Size', bytes(sizeBytes)],
      ...(sha256 === undefined ? [] : [['SHA-256', sha256] as const]),
      ['Content digest', contentDigest],
      ...(source === '' ? [] : [['Source', source] as const]),
      ['Assets', String(assets.length)],
    ]),
    assets.length > 0 &&
      table(
        terminal,
        ['TYPE', 'ID', 'NAME', 'BYTES', 'FACTS', 'REFERENCES'],
        assets.map(({ type, id, name = '', sizeBytes: size, facts, references }) => [
          type,
          id,
          name,
          size.toLocaleString('en-US'),
          factsText(facts),
          referencesText(references),
        ]),
      ),
    outside.length > 0 && table(terminal, ['ASSET', 'REFERS TO AN ASSET OUTSIDE THE BUNDLE'], outside),
    unknown.length > 0 &&
      table(
        terminal,
        ['OF AN UNKNOWN TYPE'],
        unknown.map((path) => [path]),
      ),
  ]
    .filter((part) => part !== false)
    .join('\n');
}

const factsText = ({ importMode, dataSetShape, dataSourceKind, hasSecret, principals }: AssetFacts): string =>
  [
    dataSourceKind,
    importMode,
    dataSetShape && `${dataSetShape} data preparation`,
    hasSecret && 'secret',
    principals && principals.length > 0 && counted(principals.length, 'principal'),
  ]
    .filter((fact) => fact !== undefined && fact !== false)
    .join(', ');

function referencesText(references: readonly AssetReference[]): string {
  const count = (where: string) => references.filter((reference) => reference.where === where).length;
  return [
    [count('bundle'), 'in the bundle'],
    [count('managed'), 'managed by AWS'],
    [count('outside'), 'outside'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, where]) => `${number} ${where}`)
    .join(', ');
}
