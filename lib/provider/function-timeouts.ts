import { Duration } from 'aws-cdk-lib';

/** It decides which job a request means, and nothing that takes time. */
export const ON_EVENT_TIMEOUT = Duration.minutes(1);

/** It waits for a job for up to a minute and a half, and then copies and reads the bundle: 1 GiB at 4 MiB a second, with a minute to spare. */
export const IS_COMPLETE_TIMEOUT = Duration.minutes(7);

/**
 * How long the framework's functions may wait for ours. Where an account has no function to spare, those that wait can be all
 * that run, and then nothing goes on until one of them ends.
 *
 * A framework-isComplete that its time-out ends gives no answer, and the waiter calls again a second later (Retry on States.ALL,
 * 3,600 times). That may be before ours has ended, when it copies something very large: then two copy, and who comes second
 * takes over what is there. A framework-onEvent gets two more tries of Lambda alone, as CloudFormation calls it asynchronously.
 * In either time the SDK retries a throttled call less often than its quota of retries lasts: see framework-functions.ts.
 */
export const FRAMEWORK_ON_EVENT_TIMEOUT = Duration.minutes(8);
export const FRAMEWORK_IS_COMPLETE_TIMEOUT = Duration.minutes(3);
