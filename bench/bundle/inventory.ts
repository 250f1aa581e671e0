import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { inventoryOf } from '../../bundle/inventory';
import { openBundle } from '../../bundle/open-bundle';

const ASSETS = 100;
const ASSET_BYTES = 100_000;
const RUNS = 7;

/** Prints the time of the inventory of a bundle with 100 dashboards of 100 kB: `npx tsx bench/bundle/inventory.ts`. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'bundle.qs');
    await writeBundle(file);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      await inventoryOf(await openBundle(file));
      times.push(performance.now() - start);
    }
    const [first = 0] = times;
    const median = times.sort((one, other) => one - other)[(RUNS - 1) / 2] ?? 0;
    const memory = process.resourceUsage().maxRSS / 1024;
    console.log(`first ${first.toFixed(0)} ms, median ${median.toFixed(0)} ms, peak memory ${memory.toFixed(0)} MiB`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeBundle(file: string): Promise<void> {
  const zip = new ZipFile();
  for (let n = 0; n < ASSETS; n++) zip.addBuffer(Buffer.from(dashboard(n)), `dashboard/sales-${n}.json`);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

function dashboard(n: number): string {
  const visuals: unknown[] = [];
  for (let bytes = 0; bytes < ASSET_BYTES; bytes += JSON.stringify(visuals.at(-1)).length + 1) {
    visuals.push(visual(`${n}-${visuals.length}`));
  }
  const dataSetArn = `arn:aws:quicksight:us-east-1:123456789012:dataset/orders-${n}`;
  return JSON.stringify({
    resourceType: 'dashboard',
    dashboardId: `sales-${n}`,
    name: `Sales ${n}`,
    definition: { dataSetIdentifierDeclarations: [{ identifier: 'orders', dataSetArn }], sheets: [{ visuals }] },
  });
}

function visual(id: string): unknown {
  const column = { dataSetIdentifier: 'orders', columnName: 'amount' };
  const measure = { fieldId: `amount-${id}`, column, aggregationFunction: { simpleNumericalAggregation: 'SUM' } };
  const category = [{ categoricalDimensionField: { fieldId: `region-${id}`, column } }];
  return {
    pieChartVisual: {
      visualId: `visual-${id}`,
      title: { visibility: 'VISIBLE' },
      chartConfiguration: {
        fieldWells: { pieChartAggregatedFieldWells: { category, values: [{ numericalMeasureField: measure }] } },
        donutOptions: { arcOptions: { arcThickness: 'WHOLE' } },
      },
    },
  };
}

void main();
