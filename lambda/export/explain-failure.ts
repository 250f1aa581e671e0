import type { ExportJob, QuickSight } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import { RetryableError } from '../core/errors';
import { redactedExcerpt } from '../core/redact';
import { retry } from '../core/retry';

/** QuickSight's message when it does not report the reason. */
const HIDDEN_REASON = /associated errors/i;

/** `Type` is the name of a Java class. Its last part is the name of the error. */
const shortType = (type: string | undefined): string =>
  String(type ?? 'Error')
    .split('.')
    .at(-1) ?? '';

/** QuickSight's Java client appends `(Service: …; Status Code: …)` to every message. It has no information. */
function withoutClientSuffix(message: string): string {
  const text = message.trimEnd();
  const start = text.lastIndexOf('(');
  const suffix = text.slice(start);
  const isSuffix =
    suffix.startsWith('(Service: ') && suffix.includes('; Status Code: ') && suffix.indexOf(')') === suffix.length - 1;
  return isSuffix ? text.slice(0, start).trimEnd() : message;
}

const DEFINITION_ATTEMPTS = 3;

/** Longest time for all lookups together. A later invocation must still be able to report the failure. */
const MAX_LOOKUP_MS = 30_000;

const DENIAL = /AccessDenied|not authorized to perform/i;

/** The errors that QuickSight reports for a job. */
const errorsOf = ({ Errors }: ExportJob) => (Array.isArray(Errors) ? Errors.filter(Boolean) : []);

/** True when every error of the job is a denied access. */
export function isDenied(job: ExportJob): boolean {
  const errors = errorsOf(job);
  return errors.length > 0 && errors.every(({ Type, Message }) => DENIAL.test(`${Type} ${Message}`));
}

/** One line for each failed asset with its error. Errors of the definition follow where QuickSight hides the reason. */
export async function failureLines(job: ExportJob, quickSight: QuickSight, clock: Clock): Promise<string[]> {
  const errors = errorsOf(job);
  const until = clock.now() + MAX_LOOKUP_MS;
  if (errors.length === 0) return ['the job: QuickSight reported no error for any asset.'];
  const lines: string[] = [];
  let isReadable = true;
  for (const { Arn, Type, Message = 'no message' } of errors) {
    const line = redactedExcerpt(`${Arn ?? 'the job'}: ${shortType(Type)}: ${withoutClientSuffix(String(Message))}`);
    if (!Arn || !HIDDEN_REASON.test(line)) {
      lines.push(line);
      continue;
    }
    // One request after another, and none after the first that fails: QuickSight has a low request rate.
    const reasons: string[] | string = isReadable
      ? await definitionErrors(Arn, quickSight, clock)
      : 'definition errors not fetched (an earlier lookup failed or took too long)';
    isReadable &&= Array.isArray(reasons) && clock.now() < until;
    lines.push([line, ...[reasons].flat().map((reason) => `  ${redactedExcerpt(reason)}`)].join('\n'));
  }
  return lines;
}

/** The errors of a definition, or a sentence with the reason why they could not be fetched. */
async function definitionErrors(arn: string, quickSight: QuickSight, clock: Clock): Promise<string[] | string> {
  try {
    return await retry(() => quickSight.definitionErrors(arn), {
      attempts: DEFINITION_ATTEMPTS,
      isRetryable: (error) => error instanceof RetryableError && error.kind === 'busy',
      clock,
    });
  } catch (error) {
    return `definition errors could not be fetched: ${(error as Error).message}`;
  }
}
