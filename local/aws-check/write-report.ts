import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PROJECT } from '../cloud/paths';
import { markdown } from './markdown';
import type { Identity } from './redaction';
import { redacted } from './redaction';
import type { Report } from './report';

/** Git ignores this folder. */
const FOLDER = join(PROJECT, '.local', 'test-aws');

/** Writes the report as Markdown and JSON. Returns the paths of the files, relative to the working directory. */
export async function writeReport(report: Report, identity: Identity): Promise<string[]> {
  const safe = redacted(report, identity);
  const folder = join(FOLDER, report.stack);
  await mkdir(folder, { recursive: true });
  const files = { 'report.md': markdown(safe), 'report.json': `${JSON.stringify(safe, undefined, 2)}\n` };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return Object.keys(files).map((name) => relative(process.cwd(), join(folder, name)));
}

const TOOLS = ['aws-cdk', 'aws-cdk-lib', '@aws-sdk/client-quicksight'];

/** Versions of the project, and of the tools that a run uses. */
export async function versions(): Promise<Record<string, string>> {
  const { version, devDependencies } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as {
    version: string;
    devDependencies: Record<string, string>;
  };
  return {
    'cdk-quicksight-asset-bundle': version,
    'Node.js': process.version,
    ...Object.fromEntries(TOOLS.map((name) => [name, devDependencies[name] ?? ''])),
  };
}
