import type { StackResource } from '@aws-sdk/client-cloudformation';
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import type { Clients } from './clients';

/** @param stack Name, or the ARN of a stack that may be deleted. */
export async function stackResources(
  { cloudFormation }: Pick<Clients, 'cloudFormation'>,
  stack: string,
): Promise<StackResource[]> {
  const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: stack }));
  return StackResources;
}

/** The physical id of the only resource with this type and logical id. */
export function physicalId(resources: readonly StackResource[], type: string, logicalId: RegExp): string {
  const [found, ...more] = resources.filter(
    ({ ResourceType, LogicalResourceId = '' }) => ResourceType === type && logicalId.test(LogicalResourceId),
  );
  if (!found?.PhysicalResourceId || more.length > 0)
    throw new Error(`The stack does not have exactly one ${type} ${logicalId.source}.`);
  return found.PhysicalResourceId;
}
