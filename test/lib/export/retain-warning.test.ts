import type { Stack } from 'aws-cdk-lib';
import {
  Aspects,
  CfnDeletionPolicy,
  CfnResource,
  MissingRemovalPolicies,
  NestedStack,
  RemovalPolicies,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import { AssetBundleExport, newApp, newExport, newStack, RESOURCE_TYPE, SALES } from '../support';

/** The warnings on the resources of exports, each with the path of its resource. */
const warnings = (stack: Stack) =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('CloudFormation never sends Delete'))
    .map(({ id, entry }) => [id, entry.data]);

const MESSAGE = (policies: string) =>
  `The custom resource of this export has ${policies}. CloudFormation never sends Delete for an artifact that it retains this way, so ` +
  'the artifact is neither released nor removed. Remove this policy, and set `removalPolicy` of the export instead. ' +
  '[ack: cdk-quicksight-asset-bundle:retain-policy]';

const BOTH = 'DeletionPolicy Retain and UpdateReplacePolicy Retain';

const retainPolicies = (path: string, policies: string) => [[path, MESSAGE(policies)]];

/** Calls a function with the resource of each export, in an aspect without a priority. */
const onEachExport = (scope: IConstruct, change: (resource: CfnResource) => void) =>
  Aspects.of(scope).add({
    visit: (construct) => {
      if (CfnResource.isCfnResource(construct) && construct.cfnResourceType === RESOURCE_TYPE) change(construct);
    },
  });

describe('synthesis warns of a policy that retains the custom resource', () => {
  const RESOURCE = '/Stack/Sales/Resource/Default';

  test.each<[string, (stack: Stack, sales: AssetBundleExport) => void, string]>([
    ['RemovalPolicies of the stack', (stack) => RemovalPolicies.of(stack).retain(), BOTH],
    ['RemovalPolicies of the app', (stack) => RemovalPolicies.of(stack.node.root).retain(), BOTH],
    [
      'RETAIN_ON_UPDATE_OR_DELETE',
      (stack) => RemovalPolicies.of(stack).apply(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
      'DeletionPolicy RetainExceptOnCreate and UpdateReplacePolicy Retain',
    ],
    [
      'an aspect of a company',
      (stack) => onEachExport(stack, (resource) => resource.applyRemovalPolicy(RemovalPolicy.RETAIN)),
      BOTH,
    ],
    [
      'the deletion policy alone',
      (stack) =>
        onEachExport(stack, ({ cfnOptions }) => {
          cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
        }),
      'DeletionPolicy Retain',
    ],
    [
      'the policy of replacements alone',
      (_, sales) => {
        const { cfnOptions } = sales.node.findChild('Resource').node.defaultChild as CfnResource;
        cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
      },
      'UpdateReplacePolicy Retain',
    ],
  ])('set by %s', (_, retain, policies) => {
    const stack = newStack();
    retain(stack, newExport({}, stack));
    expect(warnings(stack)).toEqual(retainPolicies(RESOURCE, policies));
  });

  test('once for each export, and once for one in a nested stack', () => {
    const stack = newStack();
    newExport({}, stack);
    new AssetBundleExport(stack, 'More', SALES);
    const nested = new NestedStack(stack, 'Nested');
    new AssetBundleExport(nested, 'Inner', SALES);
    RemovalPolicies.of(stack).retain();
    expect(warnings(stack).map(([path]) => path)).toEqual([
      '/Stack/Sales/Resource/Default',
      '/Stack/More/Resource/Default',
      '/Stack/Nested/Inner/Resource/Default',
    ]);
  });
});

test.each<[string, (stack: Stack) => void]>([
  ['no other policy', () => undefined],
  ['DESTROY for the whole stack', (stack) => RemovalPolicies.of(stack).destroy()],
  ['RETAIN for other types', (stack) => RemovalPolicies.of(stack).retain({ excludeResourceTypes: [RESOURCE_TYPE] })],
  ['RETAIN where no policy is set', (stack) => MissingRemovalPolicies.of(stack).retain()],
])('synthesis does not warn of %s', (_, change) => {
  const stack = newStack(undefined, newApp());
  newExport({ removalPolicy: RemovalPolicy.RETAIN }, stack);
  change(stack);
  expect(warnings(stack)).toEqual([]);
});
