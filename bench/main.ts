import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';
import type { Kept, Measurement } from './measurement';
import { MEASUREMENTS } from './measurements';
import { svg } from './plot';
import { plotFile, report } from './report';

const RESULTS = join(__dirname, 'results');
const DOCS = join(__dirname, '..', 'docs', 'reference');

/** `npm run bench`: measures, prints a table for each measurement, keeps the numbers and writes docs/reference/performance.md. */
async function main(): Promise<void> {
  const ids = MEASUREMENTS.map(({ id }) => id);
  const command = new Command('npm run bench --')
    .description('Measures what this project promises about speed and size, beside what people would use instead.')
    .argument('[measurements...]', `which ones: ${ids.join(', ')} (default: all)`)
    .parse();
  const unknown = command.args.find((arg) => !ids.includes(arg));
  if (unknown !== undefined) command.error(`There is no measurement ${unknown}: choose from ${ids.join(', ')}.`);
  mkdirSync(RESULTS, { recursive: true });
  for (const measurement of MEASUREMENTS) {
    if (command.args.length === 0 || command.args.includes(measurement.id)) await run(measurement);
  }
  await write();
}

async function run(measurement: Measurement): Promise<void> {
  const { id, title, method } = measurement;
  console.log(`\n${id}: ${title}`);
  const measured = await measurement.measure((line) => console.log(`  ${line}`));
  const table = new Table({ head: [...measured.table.columns], style: { head: [], border: [] } });
  table.push(...measured.table.rows.map((row) => [...row]));
  console.log(table.toString());
  for (const { goal, reached, met } of measured.goals)
    console.log(`  ${met ? 'met    ' : 'NOT MET'} ${goal}: ${reached}`);
  const kept: Kept = { id, title, method, measuredAt: new Date().toISOString(), machine: machine(), ...measured };
  writeFileSync(join(RESULTS, `${id}.json`), `${JSON.stringify(kept, undefined, 1)}\n`);
}

/** From all that is kept, so that measuring one anew leaves the others as they are. */
async function write(): Promise<void> {
  const all = readdirSync(RESULTS)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(RESULTS, file), 'utf8')) as Kept);
  writeFileSync(join(DOCS, 'performance.md'), report(all));
  for (const plot of all.flatMap(({ plots = [] }) => plots)) {
    mkdirSync(join(DOCS, 'plots'), { recursive: true });
    writeFileSync(join(DOCS, plotFile(plot)), await svg(plot));
  }
}

function machine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model ?? process.arch}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}`;
}

void main();
