import { randomBytes } from 'node:crypto';
import type { StackApp } from './cdk';

/** The stacks of a run. The name of the second follows from the name of the first. */
export interface RunStacks {
  readonly sample: string;
  readonly deniedRole: string;
}

/** parse-options.mjs accepts these names. */
export const newStackName = (): string => `QuickSightAssetBundleTest-${randomBytes(4).toString('hex')}`;

export const stacksOf = (sample: string): RunStacks => ({ sample, deniedRole: `${sample}-DeniedRole` });

export const sampleApp = (stack: string, context: Readonly<Record<string, string>>): StackApp => ({
  stack,
  app: 'node --import tsx bin/sample/app.ts',
  context,
});

export const deniedRoleApp = (stack: string): StackApp => ({
  stack,
  app: 'node --import tsx local/aws-check/denied-role-app.ts',
});
