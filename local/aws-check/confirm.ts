import { createInterface } from 'node:readline/promises';
import type { AwsEnvironment } from './aws-environment';
import { EXPORT_CASES } from './export-cases';
import { NotReadyError } from './not-ready-error';
import type { RunStacks } from './run-stacks';

/** Text that announces the run. */
export function plan({ account, region, caller }: AwsEnvironment, dashboard: string, stacks: RunStacks): string {
  const jobs = EXPORT_CASES.length + 2;
  return [
    'This command creates resources in an AWS account, and destroys them again:',
    `  account    ${account}`,
    `  region     ${region}`,
    `  principal  ${caller}`,
    `  dashboard  ${dashboard} (it is read, and not changed)`,
    `  stacks     ${stacks.sample}, ${stacks.deniedRole}`,
    `It runs ${jobs} export jobs and takes about 20 minutes. docs/guides/test-on-a-real-account.md has the costs and the permissions.`,
  ].join('\n');
}

/** Asks before anything is created. @throws NotReadyError unless the user agrees. */
export async function confirm(yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new NotReadyError('Use --yes to create these resources without a question.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await new Promise<string>((resolve) => {
      // Ctrl-C and Ctrl-D are a no.
      terminal.once('close', () => resolve(''));
      void terminal.question('Continue? [y/N] ').then(resolve);
    });
    if (!/^y(es)?$/i.test(answer.trim())) throw new NotReadyError('Nothing was created.');
  } finally {
    terminal.close();
  }
}
