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

/** One line for each failed asset with its error. Errors of the definition follow where QuickSight hides the reason. */
export async function failureLines(job: ExportJob, quickSight: QuickSight, clock: Clock): Promise<string[]> {
  const errors = Array.isArray(job.Errors) ? job.Errors.filter(Boolean) : [];
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
    const reasons = isReadable
      ? await definitionErrors(Arn, quickSight, clock)
      : 'definition errors not fetched (a previous lookup failed)';
    isReadable &&= Array.isArray(reasons);
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
