import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { runCommand } from '../support/run-command';
import { sampleAssets, sampleBundle } from '../support/sample-bundle';

const DOCUMENT = resolve(__dirname, '../../docs/guides/command-line.md');
const PROGRAM = 'npx cdk-quicksight-asset-bundle';

const folder = new TemporaryFolder();
const project = process.cwd();

/** The sample account after some work: a new title, a new dashboard, and a data set without a column. */
function nextAssets(): Record<string, string> {
  const assets = sampleAssets();
  const edit = (path: string, from: string | RegExp, to: string) => {
    const text = assets[path] as string;
    expect(text).toMatch(from);
    assets[path] = text.replace(from, to);
  };
  edit('dashboard/sales-by-region.json', 'Amount by region', 'Revenue by region');
  edit('dataset/sales-orders.json', /\{\s*"name": "region",[^}]*\},/, '');
  const theme = assets['theme/sales-colours.json'] as string;
  assets['theme/sales-colours-dark.json'] = theme.replaceAll('sales-colours', 'sales-colours-dark');
  return assets;
}

const ARN = 'arn:aws:quicksight:us-east-1:123456789012';

/** A PostgreSQL data source behind a VPC connection. */
const WAREHOUSE = {
  'datasource/warehouse.json': {
    resourceType: 'datasource',
    dataSourceId: 'warehouse',
    name: 'Warehouse',
    type: 'POSTGRESQL',
    dataSourceParameters: {
      postgreSqlParameters: { host: 'warehouse.dev.example.com', port: 5432, database: 'warehouse' },
    },
    vpcConnectionProperties: { vpcConnectionArn: `${ARN}:vpcConnection/private` },
  },
  'vpcConnection/private.json': {
    resourceType: 'vpcConnection',
    vpcConnectionId: 'private',
    name: 'Private subnets',
    subnetIds: ['subnet-0aaa', 'subnet-0bbb'],
    securityGroupIds: ['sg-0ccc'],
    roleArn: 'arn:aws:iam::123456789012:role/quicksight-vpc',
  },
};

beforeEach(async () => {
  const warehouse = Object.entries(WAREHOUSE).map(([path, content]) => [path, JSON.stringify(content)] as const);
  await folder.put('warehouse.qs', await sampleBundle(Object.fromEntries(warehouse)));
  await folder.put('sales.qs', await sampleBundle());
  await folder.put('sales-next.qs', await sampleBundle(nextAssets()));
  const theme = Object.entries(sampleAssets()).filter(([path]) => path.startsWith('theme/'));
  await folder.put('colours.qs', await sampleBundle(Object.fromEntries(theme)));
  process.chdir(folder.path);
});
afterEach(() => process.chdir(project));

/** The output of a line of the document. */
async function outputOf(line: string, last: { exitCode: number }): Promise<string> {
  if (line === 'echo $?') return `${last.exitCode}\n`;
  if (line.startsWith('cat ')) return readFileSync(join(folder.path, line.slice('cat '.length)), 'utf8');
  expect(line.startsWith(PROGRAM)).toBe(true);
  const { exitCode, stdout, stderr } = await runCommand(...line.slice(PROGRAM.length).trim().split(' '));
  last.exitCode = exitCode;
  return stdout + stderr;
}

async function blockOf(commands: readonly string[]): Promise<string> {
  const last = { exitCode: 0 };
  const parts: string[] = [];
  for (const command of commands) parts.push(`$ ${command}\n${(await outputOf(command, last)).trimEnd()}\n`);
  return `\`\`\`console\n${parts.join('')}\`\`\``;
}

/** The compressed size depends on the version of zlib in Node.js. */
const comparable = (text: string): string => text.replace(/[\d,]+ bytes, SHA-256 [0-9a-f]{64}/g, '… bytes, SHA-256 …');

test('each command of the document has its real output', async () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  let real = text;
  const blocks = [...text.matchAll(/^```console\n[\s\S]*?^```$/gm)].map(([block]) => block);
  for (const block of blocks) {
    const commands = [...block.matchAll(/^\$ (.+)$/gm)].map(([, command]) => command as string);
    const output = await blockOf(commands);
    if (comparable(output) !== comparable(block)) real = real.replace(block, () => output);
  }
  // `WRITE_DOCS=1 npx jest --selectProjects unit -- docs/command-line` writes the outputs.
  if (process.env.WRITE_DOCS) writeFileSync(DOCUMENT, real);
  else expect(text).toBe(real);
  const documented = new Set(
    [...text.matchAll(/^\$ npx cdk-quicksight-asset-bundle ([a-z]+)/gm)].map(([, name]) => name),
  );
  expect([...documented].sort()).toEqual(['diff', 'inspect', 'lint', 'overrides', 'pack', 'unpack']);
});
