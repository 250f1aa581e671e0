import type { LogLine } from '../../local/cloud';

/** One invocation of a Lambda function, as its log reports it. */
export interface Invocation {
  readonly logGroup: string;
  /** In milliseconds since 1970. */
  readonly begin: number;
  readonly end: number;
  readonly memoryMegabytes: number;
}

const REPORT = /^REPORT .*\bDuration: ([\d.]+) ms.*\bMemory Size: (\d+) MB/;

export function invocations(lines: readonly LogLine[]): Invocation[] {
  return lines.flatMap(({ logGroup, message, timestamp }) => {
    const [, duration, memory] = REPORT.exec(message) ?? [];
    return duration === undefined
      ? []
      : [{ logGroup, begin: timestamp - Number(duration), end: timestamp, memoryMegabytes: Number(memory) }];
  });
}

/** Largest number of invocations that ran at the same time. */
export function mostAtOnce(all: readonly Invocation[]): number {
  // In the same millisecond, an end precedes a begin.
  const changes = all
    .flatMap(
      ({ begin, end }) =>
        [
          [begin, 1],
          [end, -1],
        ] as const,
    )
    .sort(([a, up], [b, other]) => a - b || up - other);
  let [now, most] = [0, 0];
  for (const [, change] of changes) most = Math.max(most, (now += change));
  return most;
}

/** Largest number of times within one second. The times are in milliseconds. */
export function mostPerSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let [first, most] = [0, 0];
  for (let last = 0; last < sorted.length; last++) {
    while ((sorted[last] as number) - (sorted[first] as number) >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
