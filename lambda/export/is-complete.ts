import type { Context } from 'aws-lambda';
import { type IsCompleteResult, isComplete } from '../lifecycle/is-complete-handler';
import type { IsCompleteEvent } from '../lifecycle/job-request';
import { exportResource } from './export-resource';
import type { Attributes } from './manifest';
import { systemDependencies } from './system-dependencies';

/** Longest time that one invocation waits. One invocation is cheaper than many ticks of the waiter. */
const MAX_WAIT_MS = 90_000;

/** Time that the last step of an invocation may still need. */
const LAST_STEP_MS = 120_000;

const dependencies = systemDependencies();
const resource = exportResource(dependencies);

export const handler = async (
  event: IsCompleteEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<IsCompleteResult<Attributes>> => {
  const waitMs = Math.min(MAX_WAIT_MS, context.getRemainingTimeInMillis() - LAST_STEP_MS);
  return isComplete(event, resource, dependencies, dependencies.clock.now() + waitMs);
};
