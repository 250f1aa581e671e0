/** The REPORT line that Lambda logs after each invocation. */
export interface InvocationReport {
  readonly durationMs?: number;
  readonly billedDurationMs?: number;
  readonly memorySizeMb?: number;
  readonly maxMemoryUsedMb?: number;
  readonly initDurationMs?: number;
  /** `timeout` or `error`. Lambda omits it after a successful invocation. */
  readonly status?: string;
  readonly errorType?: string;
}

const MEASURE = /([A-Z][A-Za-z ]*): ([\d.]+) (?:ms|MB)\b/g;

/** Parses a line of a log group. Undefined if it is not a REPORT line. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
export function invocationReport(line: string): InvocationReport | undefined {
  const [, text] = /^REPORT RequestId: \S+\s+(.*)$/s.exec(line) ?? [];
  if (text === undefined) return undefined;
  const measures = new Map([...text.matchAll(MEASURE)].map(([, name = '', value]) => [name, Number(value)]));
  const [, status] = /\bStatus: (\w+)/.exec(text) ?? [];
  const [, errorType] = /\bError Type: (\S+)/.exec(text) ?? [];
  return {
    durationMs: measures.get('Duration'),
    billedDurationMs: measures.get('Billed Duration'),
    memorySizeMb: measures.get('Memory Size'),
    // A function that uses no memory was not measured.
    maxMemoryUsedMb: measures.get('Max Memory Used') || undefined,
    initDurationMs: measures.get('Init Duration'),
    ...(status !== undefined && { status }),
    ...(errorType !== undefined && { errorType }),
  };
}
