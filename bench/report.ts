import type { Measurement, Plot, Result, Table } from './measurement';

/** docs/reference/performance.md: the last result of each measurement that has one. */
export function report(measurements: readonly Measurement[], results: readonly Result[]): string {
  const measured = measurements.flatMap((measurement) =>
    results.filter(({ id }) => id === measurement.id).map((result) => ({ measurement, result })),
  );
  return [
    '# Performance',
    '',
    '`npm run bench` generates this page. It measures this project (“ours”) and its peers in the same run on the same machine. Absolute times depend on the ' +
      'machine: compare the ratios. `bench/results/` contains the single figures. `npm run bench -- P3` repeats one measurement.',
    '',
    '## Goals',
    '',
    markdownTable({
      columns: ['#', 'measurement', 'goal', 'reached', ''],
      rows: measured.flatMap(({ measurement: { id, title }, result: { goals } }) =>
        goals.map(({ goal, reached, met }) => [id, title, goal, reached, met ? 'met' : '**not met**']),
      ),
    }),
    '',
    ...measured.flatMap(({ measurement, result }) => section(measurement, result)),
  ].join('\n');
}

function section({ id, title, method }: Measurement, { table, plots = [], measuredAt, machine }: Result): string[] {
  return [
    `## ${id}: ${title}`,
    '',
    method.trim(),
    '',
    markdownTable(table),
    '',
    ...plots.flatMap((plot) => [`![${plot.title}](${plotFile(plot)})`, '']),
    `Measured on ${measuredAt.slice(0, 10)} with ${machine}. Single figures: \`bench/results/${id}.json\`.`,
    '',
  ];
}

export const plotFile = ({ name }: Plot): string => `plots/${name}.svg`;

function markdownTable({ columns, rows }: Table): string {
  const line = (cells: ReadonlyArray<string | number>) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
