import type { IAspect } from 'aws-cdk-lib';
import { Annotations, AspectPriority, Aspects, CfnDeletionPolicy, CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { RESOURCE_TYPE } from '../contract/export-resource';

const RETAIN_POLICIES: ReadonlyArray<CfnDeletionPolicy | undefined> = [
  CfnDeletionPolicy.RETAIN,
  CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE,
];

/**
 * Warns of exports whose custom resource CloudFormation retains. An aspect for a whole app, such as
 * `RemovalPolicies.of(app).retain()`, sets this policy on every resource.
 */
export function warnOfRetainedExports(scope: IConstruct): void {
  const aspect: IAspect = {
    visit(construct) {
      if (CfnResource.isCfnResource(construct) && construct.cfnResourceType === RESOURCE_TYPE) warn(construct);
    },
  };
  // After the aspects that change resources.
  Aspects.of(scope).add(aspect, { priority: AspectPriority.READONLY });
}

function warn(resource: CfnResource): void {
  const { deletionPolicy, updateReplacePolicy } = resource.cfnOptions;
  const policies = Object.entries({ DeletionPolicy: deletionPolicy, UpdateReplacePolicy: updateReplacePolicy })
    .filter(([, policy]) => RETAIN_POLICIES.includes(policy))
    .map(([name, policy]) => `${name} ${policy}`);
  if (policies.length === 0) return;
  Annotations.of(resource).addWarningV2(
    'cdk-quicksight-asset-bundle:retain-policy',
    `The custom resource of this export has ${policies.join(' and ')}. CloudFormation never sends Delete for an artifact that it retains ` +
      'this way, so the artifact is neither released nor removed. Remove this policy, and set `removalPolicy` of the export instead.',
  );
}
