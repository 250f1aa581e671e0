import type { Kept, Plot, Table } from './measurement';

/** docs/reference/performance.md: all that was measured, the newest of each. */
export function report(all: readonly Kept[]): string {
  return [
    '# Performance',
    '',
    'Made by `npm run bench`, which measures ours and what people would use instead in the same run on the same machine. Absolute times are of that machine; ' +
      'the ratios are what to look at. Every number behind these tables is in `bench/results/`. `npm run bench -- P3` measures one anew.',
    '',
    '## Goals',
    '',
    markdownTable({
      columns: ['#', 'measured', 'goal', 'reached', ''],
      rows: all.flatMap(({ id, title, goals }) =>
        goals.map(({ goal, reached, met }) => [id, title, goal, reached, met ? 'met' : '**not met**']),
      ),
    }),
    '',
    ...all.flatMap(section),
  ].join('\n');
}

function section({ id, title, method, table, plots = [], measuredAt, machine }: Kept): string[] {
  return [
    `## ${id}: ${title}`,
    '',
    method.trim(),
    '',
    markdownTable(table),
    '',
    ...plots.flatMap((plot) => [`![${plot.title}](${plotFile(plot)})`, '']),
    `Measured ${measuredAt.slice(0, 10)} on ${machine}; raw numbers: \`bench/results/${id}.json\`.`,
    '',
  ];
}

export const plotFile = ({ name }: Plot): string => `plots/${name}.svg`;

function markdownTable({ columns, rows }: Table): string {
  const line = (cells: ReadonlyArray<string | number>) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
