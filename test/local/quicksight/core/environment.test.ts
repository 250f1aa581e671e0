import { partitionOf } from '../../../../local/quicksight/core/environment';

test.each([
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('the Region %s belongs to the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
