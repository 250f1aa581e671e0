import { Aws } from 'aws-cdk-lib';
import { newStack, QuickSightAsset, text } from '../support';

test.each([
  ['analysis/i', QuickSightAsset.analysis('i')],
  ['dashboard/i', QuickSightAsset.dashboard('i')],
  ['dataset/i', QuickSightAsset.dataSet('i')],
  ['datasource/i', QuickSightAsset.dataSource('i')],
  ['theme/i', QuickSightAsset.theme('i')],
  ['folder/i', QuickSightAsset.folder('i')],
  ['topic/a.b+c', QuickSightAsset.topic('a.b+c')],
  ['vpcConnection/i', QuickSightAsset.vpcConnection('i')],
  ['dataset/i/refresh-schedule/j', QuickSightAsset.refreshSchedule('i', 'j')],
])('an id refers to %s in the environment of the stack', (resource, asset) => {
  const stack = newStack();
  expect(text(stack.resolve(asset.arnFor(stack)))).toBe(
    `arn:{AWS::Partition}:quicksight:eu-west-1:123456789012:${resource}`,
  );
});

test('an id in an environment-agnostic stack refers to the environment of the deployment', () => {
  const stack = newStack({});
  expect(text(stack.resolve(QuickSightAsset.dashboard('a').arnFor(stack)))).toBe(
    'arn:{AWS::Partition}:quicksight:{AWS::Region}:{AWS::AccountId}:dashboard/a',
  );
});

test.each(['arn:aws:quicksight:eu-west-1:123456789012:dataset/a/refresh-schedule/b', Aws.STACK_ID])(
  'an ARN remains unchanged: %s',
  (arn) => expect(QuickSightAsset.fromArn(arn).arnFor(newStack())).toBe(arn),
);
