import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { Measurement, Result } from './measurement';
import { MEASUREMENTS } from './measurements';
import { svg } from './plot';
import { plotFile, report } from './report';

const RESULTS = join(__dirname, 'results');
const DOCS = join(__dirname, '..', 'docs', 'reference');
const IDS = MEASUREMENTS.map(({ id }) => id);

const USAGE = `Usage: npm run bench -- [measurement...]

Measures the speed and size of this project and of its peers, and writes docs/reference/performance.md.
Measurements: ${IDS.join(', ')} (default: all).`;

async function main(): Promise<void> {
  const selected = selection();
  if (selected === undefined) return;
  mkdirSync(RESULTS, { recursive: true });
  for (const measurement of MEASUREMENTS) {
    if (selected.includes(measurement.id)) await run(measurement);
  }
  await writeDocument();
}

/** Ids of the measurements of the command line. Undefined when it prints usage or an error instead. */
function selection(): readonly string[] | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
    const unknown = positionals.find((id) => !IDS.includes(id));
    if (unknown !== undefined) throw new Error(`Unknown measurement ${unknown}.`);
    if (!values.help) return positionals.length > 0 ? positionals : IDS;
    console.log(USAGE);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 1;
  }
  return undefined;
}

async function run(measurement: Measurement): Promise<void> {
  const { id, title } = measurement;
  console.log(`\n${id}: ${title}`);
  const problem = measurement.unavailable?.();
  if (problem !== undefined) return console.log(`  skipped: ${problem}`);
  const measured = await measurement.measure((line) => console.log(`  ${line}`));
  const table = new Table({ head: [...measured.table.columns], style: { head: [], border: [] } });
  table.push(...measured.table.rows.map((row) => [...row]));
  console.log(table.toString());
  for (const { goal, reached, met } of measured.goals)
    console.log(`  ${met ? 'met    ' : 'NOT MET'} ${goal}: ${reached}`);
  const result: Result = { id, measuredAt: new Date().toISOString(), machine: machine(), ...measured };
  writeFileSync(join(RESULTS, `${id}.json`), `${JSON.stringify(result, undefined, 1)}\n`);
}

/** Uses all stored results, so that a run of one measurement keeps the others. */
async function writeDocument(): Promise<void> {
  const results = readdirSync(RESULTS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(RESULTS, file), 'utf8')) as Result);
  writeFileSync(join(DOCS, 'performance.md'), report(MEASUREMENTS, results));
  for (const plot of results.flatMap(({ plots = [] }) => plots)) {
    mkdirSync(join(DOCS, 'plots'), { recursive: true });
    writeFileSync(join(DOCS, plotFile(plot)), await svg(plot));
  }
}

function machine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model ?? process.arch}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}, load average ${loadavg()[1]?.toFixed(1)}`;
}

void main();
