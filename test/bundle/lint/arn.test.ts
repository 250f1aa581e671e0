import { assetOfArn, isRegion, parseArn } from '../../../bundle/lint/arn';

test('reads the parts of an ARN', () => {
  expect(parseArn('arn:aws:quicksight:us-east-2:198737698272:dataset/2b4bd673')).toEqual({
    service: 'quicksight',
    region: 'us-east-2',
    account: '198737698272',
    resource: 'dataset/2b4bd673',
  });
});

test('reads the ARN of a managed theme, and one with expressions of a template', () => {
  expect(parseArn('arn:aws:quicksight::aws:theme/CLASSIC')).toMatchObject({ region: '', account: 'aws' });
  expect(parseArn('arn:${AWS::Partition}:quicksight::aws:theme/NITRO')).toMatchObject({ resource: 'theme/NITRO' });
  expect(parseArn('arn:aws:iam::198737698272:role/service-role/vpc')).toMatchObject({ service: 'iam' });
});

test.each(['', 'arn:aws:quicksight', 'a text with arn:aws:s3:::bucket', 'arn:aws:${broken:us-east-1:1:x'])(
  'rejects "%s"',
  (text) => expect(parseArn(text)).toBeUndefined(),
);

test('reads the type and the id of a QuickSight asset', () => {
  const arn = parseArn('arn:aws:quicksight:us-east-2:198737698272:dataset/a/refresh-schedule/b');
  expect(arn && assetOfArn(arn)).toEqual({ type: 'dataset', id: 'a/refresh-schedule/b' });
  const role = parseArn('arn:aws:iam::198737698272:role/vpc');
  expect(role && assetOfArn(role)).toBeUndefined();
});

test('accepts the regions of all partitions', () => {
  expect(['us-east-1', 'us-gov-west-1', 'cn-north-1', 'ap-southeast-10'].every(isRegion)).toBe(true);
  expect(['', '${AWS::Region}', 'us-east'].some(isRegion)).toBe(false);
});
