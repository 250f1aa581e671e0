import { redact } from './failure';
import { ExportJob, QuickSight } from './quicksight';

/** QuickSight's words when it keeps the reason to itself. */
const HIDDEN_REASON = /associated errors/i;

/** The class name is Java's: its last part is the error's name. */
const shortType = (type: string | undefined): string => type?.split('.').at(-1) ?? 'Error';

/** What QuickSight's Java client adds to each message, which says nothing. */
const withoutClientSuffix = (message: string): string => message.replace(/\s*\(Service: [^()]*; Status Code: [^()]*\)\s*$/, '');

/** Every failed asset with its error, and with the definition's own errors where the job hides them; one line each. */
export async function failureLines(job: ExportJob, quickSight: QuickSight): Promise<string[]> {
  const errors = job.Errors?.length ? job.Errors : [{ Message: 'QuickSight gave no error for any asset.' }];
  return Promise.all(errors.map(async ({ Arn, Type, Message }) => {
    const line = `${Arn ?? 'the job'}: ${shortType(Type)}: ${withoutClientSuffix(redact(Message ?? 'no message'))}`;
    if (!Arn || !HIDDEN_REASON.test(Message ?? '')) return line;
    const reasons = await quickSight.definitionErrors(Arn).catch((error: Error) => [`its definition's errors could not be read: ${error.name}`]);
    return [line, ...reasons.map((reason) => `  ${redact(reason)}`)].join('\n');
  }));
}
