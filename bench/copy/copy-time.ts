import type { Goal, Measured, Measurement, Plot } from '../measurement';
import type { ContestantName } from './contestants';
import type { Copies } from './copies';
import { copies, medianSeconds } from './copies';
import { MIB } from './scene';

const METHOD = `
A bundle is copied from a link to S3, all on the loopback interface: a server of files in a process of its own, with length, ETag and ranges, and
versitygw (v1.0.14) over a folder, with a versioned bucket. The bundles are real zips of dashboards, their entries stored or deflated (some 12 : 1).
Each figure is the median of several runs; the contestants take turns.

- **ours**: the whole of \`copyBundle()\`, in a fresh process of the Lambda runtime's Node.js, with the heap of a Lambda function (see P4), built as the
  handlers are, behind the clients that the handlers have. The bundle is downloaded to a file, its
  SHA-256 is computed, every entry is verified (CRC-32, SHA-256 and name), and the file is stored with a SHA-256 that S3 verifies. The process has started when the clock starts.
- **AWS CLI**: \`curl … | aws s3 cp - s3://…\`, the whole command; beside it less the median of the same command with no bytes, which is what it takes
  to start. It unpacks nothing and computes no SHA-256.
- **in memory**: \`fetch\` into memory and \`PutObject\`, in such a process too.
- **to disk**: the bytes of the socket written to a file as they come: the limit.

Two figures tell where the time goes. **Endpoint alone** is \`curl --upload-file\` of the same file, one PUT without a source: what this S3 endpoint takes
at best for one client. **Checks alone** is ours without a network and without writing: the hashes, and the entries unpacked and read, from a local file. On two cores the
source, the endpoint and the copy share what there is. versitygw ignores \`If-None-Match\`, which costs S3 nothing worth measuring.

What a team exports has some kilobytes to a few megabytes, and there ours is the quickest that checks anything; at 64 MiB it is as quick as the
AWS CLI. At 1 GiB it is not, and cannot be on these two cores: one PUT (endpoint alone) and the checks (checks alone), which read what was stored, take longer than
the AWS CLI by themselves, and the former alone takes longer than 0.8 × of the disk allows. What is deflated has to be inflated to be checked, which no peer does. Every byte is
hashed twice (some 0.6 s for each GiB and time): for the SHA-256 of the file, which S3 verifies, and for that of its entry.

Ways tried, on this bench: parts of 5 MiB and blocks of 1 MiB, each with a request of its own, took 1.35 s and 18.3 s for 64 and 1,024 MiB stored, 5.4 s for 64 MiB deflated,
and memory grew by 61 MiB (P4); one PUT and one GET 0.9 and 9.4 s; without a second checksum over what is read back, and without the zip library's streams, which made
most of the garbage, what the table says, and 35 to 40 MiB. A reader of zips of our own that reads along with the upload, uploads of our own with each byte hashed once, and sockets
that read into one buffer were 1.73 × and 0.57 × of the AWS CLI at 64 and 1,024 MiB stored, with 31 MiB: not taken, as zips and uploads are the work of well-kept libraries, and
as what lies in S3 is then not what was checked.
`;

export const copyTime: Measurement = {
  id: 'P3',
  title: 'copying a bundle from its link to S3, with SHA-256 and all checks',
  method: METHOD,
  async measure(progress) {
    return summary(await copies(progress));
  },
};

const COLUMNS: ReadonlyArray<readonly [string, (of: Copies) => string | number]> = [
  ['bundle', ({ bundle }) => `${bundle.mebibytes} MiB, ${bundle.packing}`],
  ['unpacked', ({ bundle }) => `${Math.round(bundle.unpacked / MIB)} MiB`],
  ['ours', (of) => seconds(medianSeconds(of, 'ours'))],
  ['AWS CLI', (of) => seconds(medianSeconds(of, 'awsCli'))],
  ['less its start', (of) => shown(withoutStart(of), seconds)],
  ['in memory', (of) => seconds(medianSeconds(of, 'inMemory'))],
  ['to disk', (of) => seconds(medianSeconds(of, 'toDisk'))],
  ['endpoint alone', (of) => seconds(medianSeconds(of, 'endpoint'))],
  ['checks alone', (of) => seconds(medianSeconds(of, 'checks'))],
  ['ours ÷ AWS CLI', (of) => ratio(throughputOver(of, 'awsCli'))],
  [
    'ours ÷ AWS CLI less its start',
    (of) => shown(withoutStart(of), (value) => ratio(value / medianSeconds(of, 'ours'))),
  ],
  ['ours ÷ to disk', (of) => ratio(throughputOver(of, 'toDisk'))],
];

function summary(all: readonly Copies[]): Measured {
  return {
    table: { columns: COLUMNS.map(([name]) => name), rows: all.map((of) => COLUMNS.map(([, cell]) => cell(of))) },
    goals: (['stored', 'deflated'] as const).flatMap((packing) => {
      const some = all.filter(({ bundle }) => bundle.packing === packing && [1, 64, 1023].includes(bundle.mebibytes));
      const which = `entries ${packing}; ${some.map(({ bundle }) => bundle.mebibytes).join(', ')} MiB`;
      return [
        goal(
          `at least the throughput of the AWS CLI (${which})`,
          some.map((of) => throughputOver(of, 'awsCli')),
          1,
        ),
        goal(
          `0.8 × that of a socket to disk (${which})`,
          some.map((of) => throughputOver(of, 'toDisk')),
          0.8,
        ),
      ];
    }),
    raw: all,
    plots: [growth(all)],
  };
}

const seconds = (value: number): string => `${value.toFixed(value < 1 ? 3 : 2)} s`;
const ratio = (value: number): string => value.toFixed(2);

/** Of the same bytes, so that the times tell. */
const throughputOver = (of: Copies, peer: ContestantName): number =>
  medianSeconds(of, peer) / medianSeconds(of, 'ours');

const withoutStart = (of: Copies): number => medianSeconds(of, 'awsCli') - medianSeconds(of, 'awsCliIdle');

/** The start varies by more than a small copy takes. */
const shown = (value: number, text: (value: number) => string): string =>
  value > 0.1 ? text(value) : 'too little to tell';

function goal(text: string, reached: readonly number[], least: number): Goal {
  return {
    goal: text,
    reached: reached.map((value) => `${ratio(value)} ×`).join(', '),
    met: reached.every((value) => value >= least),
  };
}

const SERIES: ReadonlyArray<readonly [ContestantName, string]> = [
  ['ours', 'ours'],
  ['awsCli', 'AWS CLI'],
  ['inMemory', 'in memory'],
  ['toDisk', 'to disk'],
  ['endpoint', 'endpoint alone'],
  ['checks', 'checks alone'],
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
        SERIES.map(([name, series]) => ({ series, x: of.bundle.mebibytes, y: medianSeconds(of, name) })),
      ),
  };
}
