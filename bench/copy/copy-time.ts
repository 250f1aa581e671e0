import type { Goal, Measured, Measurement, Plot } from '../measurement';
import type { Copies } from './copies';
import { copies, medianOf } from './copies';
import { MIB } from './copy-setup';
import type { VariantName } from './variants';

const METHOD = `
A bundle is copied from a link to S3 on the loopback interface. The source is a file server in a process of its own, with length, ETag and ranges. The
S3 endpoint is versitygw (v1.0.14) over a folder, with a versioned bucket. The bundles are real zips of dashboards. Their entries are stored, or deflated by a
factor of about 12. The figures are medians of several runs, and the variants run in turn.

- **ours**: \`copyBundle()\` in a new process with the Node.js version of the Lambda runtime and the heap flags of the isComplete function (see P4), bundled as the
  handlers are, with the same clients. The bundle is downloaded to a file while its SHA-256 is computed. Then every entry is verified (CRC-32, SHA-256 and
  name), and the file is stored with a SHA-256 that S3 verifies. The clock starts when the process has started.
- **AWS CLI**: \`curl … | aws s3 cp - s3://…\`, the whole command. The next column is without the median of the same command with no bytes, which is its start.
  It verifies no entry and computes no SHA-256.
- **in memory**: \`fetch\` into memory and \`PutObject\`, in such a process too. It verifies nothing.

Three figures show the parts of the copy. **To disk** writes the bytes of a socket to a file: the lower bound of the download. **Verification** is the SHA-256 of a
local file and of its entries, and their decompression. **Endpoint** is \`curl --upload-file\` of the file: the lower bound of the upload to this endpoint.
Source, endpoint and copy share the two cores. versitygw ignores \`If-None-Match\`.

*CPU per GiB* is the processor time in all threads per GiB of the bundle, without the start for ours and with it for the AWS CLI. A small bundle makes it high,
because the request and the connections cost the same for each size.

The goal covers the sizes that teams export, up to 64 MiB of content. A larger bundle has no goal: it is verified before it is stored, so the
download, the verification and the upload take place one after the other, and the AWS CLI overlaps them and verifies nothing.
`;

export const copyTime: Measurement = {
  id: 'P3',
  title: 'Copy of a bundle from its link to S3, with verification',
  method: METHOD,
  async measure(progress) {
    return summary(await copies(progress));
  },
};

/** Most content of a bundle that the goal covers. */
const MAX_GOAL_CONTENT_MIB = 64;

const COLUMNS: ReadonlyArray<readonly [string, (of: Copies) => string | number]> = [
  ['bundle', ({ bundle }) => `${bundle.mebibytes} MiB, ${bundle.packing}`],
  ['content', (of) => `${contentMebibytes(of)} MiB`],
  ['ours', (of) => seconds(medianOf(of, 'ours', 'seconds'))],
  ['AWS CLI', (of) => seconds(medianOf(of, 'awsCli', 'seconds'))],
  ['without its start', (of) => shown(withoutStart(of), seconds)],
  ['in memory', (of) => seconds(medianOf(of, 'inMemory', 'seconds'))],
  ['to disk', (of) => seconds(medianOf(of, 'toDisk', 'seconds'))],
  ['verification', (of) => seconds(medianOf(of, 'verification', 'seconds'))],
  ['endpoint', (of) => seconds(medianOf(of, 'endpoint', 'seconds'))],
  ['throughput, ours ÷ AWS CLI', (of) => ratio(throughputRatio(of))],
  ['without its start', (of) => shown(withoutStart(of), (value) => ratio(value / medianOf(of, 'ours', 'seconds')))],
  ['CPU per GiB, ours', (of) => cpuPerGibibyte(of, 'ours')],
  ['CPU per GiB, AWS CLI', (of) => cpuPerGibibyte(of, 'awsCli')],
];

function summary(all: readonly Copies[]): Measured {
  return {
    table: { columns: COLUMNS.map(([name]) => name), rows: all.map((of) => COLUMNS.map(([, cell]) => cell(of))) },
    goals: [throughputGoal(all.filter((of) => contentMebibytes(of) <= MAX_GOAL_CONTENT_MIB))],
    raw: all,
    plots: [growth(all)],
  };
}

function throughputGoal(all: readonly Copies[]): Goal {
  const ratios = [...all]
    .sort((a, b) => contentMebibytes(a) - contentMebibytes(b))
    .map((of) => ({ of, ratio: throughputRatio(of) }));
  return {
    goal: 'at least the throughput of the AWS CLI up to 64 MiB of content',
    reached: ratios.map(({ of, ratio: value }) => `${ratio(value)} × (${contentMebibytes(of)} MiB)`).join(', '),
    met: ratios.every(({ ratio: value }) => value >= 1),
  };
}

const contentMebibytes = ({ bundle }: Copies): number => Math.round(bundle.unpacked / MIB);

const seconds = (value: number): string => `${value.toFixed(value < 1 ? 3 : 2)} s`;
const ratio = (value: number): string => value.toFixed(2);

/** Both copy the same bytes. */
const throughputRatio = (of: Copies): number => medianOf(of, 'awsCli', 'seconds') / medianOf(of, 'ours', 'seconds');

const withoutStart = (of: Copies): number => medianOf(of, 'awsCli', 'seconds') - medianOf(of, 'awsCliIdle', 'seconds');

/** The start varies by more than the time of a small copy. */
const shown = (value: number, text: (value: number) => string): string => (value > 0.1 ? text(value) : '–');

const cpuPerGibibyte = (of: Copies, name: VariantName): string =>
  `${((medianOf(of, name, 'cpuSeconds') / of.bundle.size) * 2 ** 30).toFixed(1)} s`;

const SERIES: ReadonlyArray<readonly [VariantName, string]> = [
  ['ours', 'ours'],
  ['awsCli', 'AWS CLI'],
  ['inMemory', 'in memory'],
  ['toDisk', 'to disk'],
  ['verification', 'verification'],
  ['endpoint', 'endpoint'],
];

function growth(all: readonly Copies[]): Plot {
  return {
    name: 'copy-time',
    title: 'Time to copy a bundle (entries stored)',
    x: { label: 'MiB', scale: 'log' },
    y: { label: 'seconds', scale: 'log' },
    points: all
      .filter(({ bundle }) => bundle.packing === 'stored')
      .flatMap((of) =>
        SERIES.map(([name, series]) => ({ series, x: of.bundle.mebibytes, y: medianOf(of, name, 'seconds') })),
      ),
  };
}
