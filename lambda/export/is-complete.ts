import type { Context } from 'aws-lambda';
import { systemDependencies } from '../aws/clients';
import type { IsCompleteResult } from '../lifecycle/handlers';
import { isComplete } from '../lifecycle/handlers';
import type { IsCompleteEvent } from './export-request';

/** One invocation waits this long at most: cheaper than a tick of the waiter for each look, and short enough to be repeated. */
const LONGEST_WAIT_MILLISECONDS = 90_000;

/** What the last step of an invocation may still need. */
const LAST_STEP_MILLISECONDS = 120_000;

const dependencies = systemDependencies();

export const handler = async (
  event: IsCompleteEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<IsCompleteResult> => {
  const wait = Math.min(LONGEST_WAIT_MILLISECONDS, context.getRemainingTimeInMillis() - LAST_STEP_MILLISECONDS);
  return isComplete(event, dependencies, dependencies.clock.now() + wait);
};
