import { IS_COMPLETE_HEAP_FLAGS, IS_COMPLETE_MEMORY_MEGABYTES } from '../../lib/export/export-provider';
import { MIB } from '../copy/copy-setup';
import { dollars } from '../deployment/prices';
import type { Goal, Measured, Measurement } from '../measurement';
import { median, percentile } from '../statistics';
import { MAX_JITTER_MS, MIN_JOB_MS } from './function-setup';
import { processorShare } from './processor-share';
import { grouped, nameOf, type Sample, samples } from './samples';
import { Sandbox } from './sandbox';

const LENGTHS = [60, 300];

/** Of both framework functions and onEvent. */
const OTHER_MEGABYTES = 128;

/** Longest time that one invocation of isComplete waits. */
const INVOCATION_SECONDS = 90;

export const functionLatency: Measurement = {
  id: 'P1b',
  title: 'Time from SUCCESSFUL to the answer of isComplete, with the processor share of Lambda',
  method: `
isComplete, bundled as in the package, runs in a process of its own with the Node.js version of the Lambda runtime and its heap flags (\`${IS_COMPLETE_HEAP_FLAGS.join(' ')}\`). Control groups of Linux limit it as Lambda does: to the memory size from its start, and after the import of the handler to the processor share of that size (1 vCPU at 1,769 MB, ${processorShare(192).toFixed(3)} at 192 MB) in periods of 20 ms. The stand-in of QuickSight, the source of the bundles and the S3 endpoint (versitygw) are on the loopback interface, all over TLS. These services and the limits have priority over other processes of the machine. \`npm run bench -- P1b P3b\` needs root on Linux with control groups of version 1, Go and openssl, and skips both measurements elsewhere.

A job takes ${MIN_JOB_MS / 1000} s and a random time of up to ${MAX_JITTER_MS / 1000} s more. The time starts when the job is SUCCESSFUL and ends with the answer of isComplete. It consists of the wait for the next Describe, and of the work: copy, manifest and answer. *Cold* is the first export of a function, *warm* are the later ones. The three bundles are those of P3: 1 MiB stored, 1 MiB deflated with 13 MiB of content, 64 MiB stored. The network of AWS, new connections to S3 after a long job, and its processors are not part of the figures.

The price of an export is that of all its functions, transitions and S3 requests, as in P8, for a cold function at the median: an invocation of at most ${INVOCATION_SECONDS} s at a time, and the framework's function with ${OTHER_MEGABYTES} MB for the same duration. P8 has the ratios to the usual handler.`,
  unavailable: () => Sandbox.unavailable(),
  async measure(progress) {
    return summary(await samples(progress));
  },
};

const lateSeconds = ({ waitedMs, workedMs }: Sample): number => (waitedMs + workedMs) / 1000;
const workSeconds = ({ workedMs }: Sample): number => workedMs / 1000;

const cold = (group: readonly Sample[]): Sample[] => group.filter(({ isCold }) => isCold);
const warm = (group: readonly Sample[]): Sample[] => group.filter(({ isCold }) => !isCold);

const both = (group: readonly Sample[], figure: (sample: Sample) => number): string => {
  const numbers = group.map(figure);
  return `${median(numbers).toFixed(2)} / ${percentile(numbers, 0.95).toFixed(2)}`;
};

function summary(all: readonly Sample[]): Measured {
  const groups = grouped(all);
  return {
    table: {
      columns: [
        'memory',
        'vCPU',
        'content',
        'cold and warm exports',
        'delay, cold: p50 / p95 in s',
        'warm',
        'work, cold: p50 / p95 in s',
        'warm',
        'peak memory',
        ...LENGTHS.map((seconds) => `dollars per 1,000 exports of ${seconds} s`),
      ],
      rows: groups.map((group) => {
        const [{ memoryMegabytes, bundle }] = group as [Sample];
        return [
          `${memoryMegabytes} MB`,
          processorShare(memoryMegabytes).toFixed(3),
          nameOf(bundle),
          `${cold(group).length}, ${warm(group).length}`,
          ...[lateSeconds, workSeconds].flatMap((figure) => [both(cold(group), figure), both(warm(group), figure)]),
          `${Math.round(Math.max(...group.map(({ peakBytes }) => peakBytes)) / MIB)} MiB`,
          ...LENGTHS.map((seconds) =>
            (priceOf(memoryMegabytes, seconds + median(cold(group).map(lateSeconds))) * 1000).toFixed(3),
          ),
        ];
      }),
    },
    goals: goals(groups),
    raw: all,
  };
}

function goals(groups: readonly Sample[][]): Goal[] {
  const group = groups.find(
    ([first]) => first?.memoryMegabytes === IS_COMPLETE_MEMORY_MEGABYTES && nameOf(first.bundle) === '1 MiB',
  );
  if (!group) return [];
  return [
    { name: 'cold', of: cold(group) },
    { name: 'warm', of: warm(group) },
  ].map(({ name, of }) => ({
    goal: `${IS_COMPLETE_MEMORY_MEGABYTES} MB, 1 MiB, ${name}: p50 ≤ 1.5 s, p95 ≤ 3.0 s`,
    reached: `${both(of, lateSeconds)} s of ${of.length}`,
    met: median(of.map(lateSeconds)) <= 1.5 && percentile(of.map(lateSeconds), 0.95) <= 3,
  }));
}

/** isComplete and the framework's function that invokes it are billed for the whole export. */
function priceOf(memoryMegabytes: number, seconds: number): number {
  const ticks = Math.ceil(seconds / INVOCATION_SECONDS);
  return dollars({
    invocations: 2 + 2 * ticks,
    architecture: 'arm64',
    gigabyteSeconds: (seconds * (memoryMegabytes + OTHER_MEGABYTES)) / 1024,
    transitions: 1 + ticks,
    s3Writes: 3,
    s3Reads: 2 + 2 * ticks,
  });
}
