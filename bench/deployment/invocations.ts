import type { LogLine } from '../../local/cloud';

/** One run of a Lambda function, as its log reports it. */
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

/** How many ran at once, at the most. */
export function mostAtOnce(all: readonly Invocation[]): number {
  // Of what ends and begins in the same millisecond, the end comes first.
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

/** The most that fell into one second of a series of moments. */
export function mostPerSecond(moments: readonly number[]): number {
  const sorted = [...moments].sort((a, b) => a - b);
  let [first, most] = [0, 0];
  for (let last = 0; last < sorted.length; last++) {
    while ((sorted[last] as number) - (sorted[first] as number) >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
