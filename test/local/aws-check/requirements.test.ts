import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import type { S3Client } from '@aws-sdk/client-s3';
import { requireBootstrap, requireDashboard } from '../../../local/aws-check/requirements';

const ENVIRONMENT = { partition: 'aws', account: '123456789012', region: 'eu-west-1', caller: 'arn' };

/** A client whose calls end in this way. */
const s3 = (send: () => Promise<unknown>) => ({ s3: { send } as unknown as S3Client });
const quickSight = (send: () => Promise<unknown>) => ({ quickSight: { send } as unknown as QuickSightClient });
const refused = (name: string, httpStatusCode: number) => () =>
  Promise.reject(Object.assign(new Error('refused'), { name, $metadata: { httpStatusCode } }));

test('a missing staging bucket means that the account is not bootstrapped', async () => {
  await expect(requireBootstrap(s3(refused('NotFound', 404)), ENVIRONMENT)).rejects.toThrow(
    'the bucket cdk-hnb659fds-assets-123456789012-eu-west-1 does not exist. Run `npx cdk bootstrap aws://123456789012/eu-west-1` once.',
  );
});

test.each([
  ['that exists', async () => ({})],
  // The principal may use the roles of the bootstrap only.
  ['that the principal may not read', refused('Forbidden', 403)],
])('a staging bucket %s is accepted', async (_, send) => {
  await expect(requireBootstrap(s3(send), ENVIRONMENT)).resolves.toBeUndefined();
});

test('returns the theme of the dashboard', async () => {
  const ThemeArn = 'arn:aws:quicksight::aws:theme/CLASSIC';
  expect(
    await requireDashboard(
      quickSight(async () => ({ ThemeArn })),
      ENVIRONMENT,
      'sales',
    ),
  ).toBe(ThemeArn);
  expect(
    await requireDashboard(
      quickSight(async () => ({})),
      ENVIRONMENT,
      'sales',
    ),
  ).toBeUndefined();
});

test('a dashboard that cannot be read is reported with the error of QuickSight', async () => {
  const answer = requireDashboard(quickSight(refused('UnsupportedUserEditionException', 403)), ENVIRONMENT, 'sales');
  await expect(answer).rejects.toThrow(
    'The dashboard sales cannot be read in the account 123456789012 and the region eu-west-1 (UnsupportedUserEditionException: refused).',
  );
});
