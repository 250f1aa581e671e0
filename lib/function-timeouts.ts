import { Duration } from 'aws-cdk-lib';

/**
 * How long the functions may run. Where an account has no function to spare, the framework's functions that wait for ours
 * can be all that run, and then nothing goes on until one of them ends: so they may not run much longer than ours need.
 */

/** It decides which job a request means, and nothing that takes time. */
export const ON_EVENT_TIMEOUT = Duration.minutes(1);

/** It waits for a job for up to one minute, and then copies and reads the bundle: 1 GiB at 4 MiB a second, and time to spare. */
export const IS_COMPLETE_TIMEOUT = Duration.minutes(7);

/**
 * Longer than both, so that ours are the ones that end first. A framework-isComplete that ends so is called again by the
 * waiter (Retry on States.ALL, 720 times), and a framework-onEvent twice more by Lambda, as CloudFormation calls it
 * asynchronously. In that time the SDK retries a throttled call some 45 times, well below the 100 that its quota of retries
 * has in it: see framework-functions.ts.
 */
export const FRAMEWORK_TIMEOUT = Duration.minutes(8);
