import type { ExportJob, QuickSight } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import { RetryableError, redact } from '../core/errors';
import { retryBackoff } from '../lifecycle/poll-interval';

/** QuickSight's words when it keeps the reason to itself. */
const HIDDEN_REASON = /associated errors/i;

/** The class name is Java's: its last part is the error's name. */
const shortType = (type: string | undefined): string =>
  String(type ?? 'Error')
    .split('.')
    .at(-1) ?? '';

/** What QuickSight's Java client adds to each message, which says nothing. */
const withoutClientSuffix = (message: string): string =>
  message.replace(/\s*\(Service: [^()]*; Status Code: [^()]*\)\s*$/, '');

const DEFINITION_TRIES = 3;

/** Every failed asset with its error, and with the definition's own errors where the job hides them; one line each. */
export async function failureLines(job: ExportJob, quickSight: QuickSight, clock: Clock): Promise<string[]> {
  const errors = Array.isArray(job.Errors) ? job.Errors.filter(Boolean) : [];
  if (errors.length === 0) return ['the job: QuickSight gave no error for any asset.'];
  const lines: string[] = [];
  let readable = true;
  for (const { Arn, Type, Message = 'no message' } of errors) {
    const line = redact(`${Arn ?? 'the job'}: ${shortType(Type)}: ${withoutClientSuffix(String(Message))}`);
    if (!Arn || !HIDDEN_REASON.test(line)) {
      lines.push(line);
      continue;
    }
    // One after another, and none after one that cannot be read: QuickSight takes few requests.
    const reasons = readable
      ? await definitionErrors(Arn, quickSight, clock)
      : ["its definition's errors were not asked for, as those before could not be read"];
    readable &&= Array.isArray(reasons);
    lines.push([line, ...[reasons].flat().map((reason) => `  ${redact(reason)}`)].join('\n'));
  }
  return lines;
}

/** The errors of a definition; a text that says why where they cannot be read. */
async function definitionErrors(arn: string, quickSight: QuickSight, clock: Clock): Promise<string[] | string> {
  for (let tries = 1; ; tries++) {
    try {
      return await quickSight.definitionErrors(arn);
    } catch (error) {
      if (!(error instanceof RetryableError && error.kind === 'busy') || tries === DEFINITION_TRIES)
        return `its definition's errors could not be read: ${(error as Error).message}`;
      await clock.sleep(retryBackoff(tries, clock.random()));
    }
  }
}
