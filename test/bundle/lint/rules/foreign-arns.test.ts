import type { JsonObject } from '../../../../bundle/json-value';
import { ACCOUNT, arnOf, findingsOf, type LintInput, qsFile, REGION } from '../../../support/lint-input';

const OTHER_ACCOUNT = '111122223333';

const source = (content: JsonObject): LintInput =>
  qsFile([{ type: 'datasource', id: 'lake', content }], { sourceAccount: ACCOUNT, sourceRegion: REGION });

const secretOf = (account: string, region = REGION): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:lake-a1b2c3`;

test('foreign-account reports an ARN of another account, once', async () => {
  const secret = secretOf(OTHER_ACCOUNT);
  expect(await findingsOf('foreign-account', source({ a: secret, b: secret }))).toMatchObject([
    {
      severity: 'warning',
      path: '/a',
      message: `${secret} belongs to the account ${OTHER_ACCOUNT}. The account of the bundle is ${ACCOUNT}.`,
    },
  ]);
});

test('foreign-account accepts ARNs of the account, managed themes and ARNs without an account', async () => {
  const content = { a: secretOf(ACCOUNT), b: 'arn:aws:quicksight::aws:theme/CLASSIC', c: 'arn:aws:s3:::bucket/key' };
  expect(await findingsOf('foreign-account', source(content))).toEqual([]);
});

test('foreign-region reports an ARN of another region', async () => {
  expect(await findingsOf('foreign-region', source({ a: secretOf(ACCOUNT, 'eu-west-1') }))).toMatchObject([
    { severity: 'warning', path: '/a', message: expect.stringMatching(/region eu-west-1\. .* bundle is us-east-2\.$/) },
  ]);
});

test('foreign-region accepts ARNs of the region and of global services', async () => {
  const content = { a: secretOf(ACCOUNT), b: `arn:aws:iam::${ACCOUNT}:role/vpc` };
  expect(await findingsOf('foreign-region', source(content))).toEqual([]);
});

test('options replace the account and the region of the bundle', async () => {
  const input = source({ a: secretOf(ACCOUNT) });
  expect(await findingsOf('foreign-account', input, { account: OTHER_ACCOUNT })).toHaveLength(1);
  expect(await findingsOf('foreign-region', input, { region: 'eu-west-1' })).toHaveLength(1);
});

test('the identity region of principals is accepted', async () => {
  const principal = arnOf('user/default/ana', { region: 'us-east-1', account: OTHER_ACCOUNT });
  const input = source({ permissions: [{ principal, actions: [] }] });
  expect(await findingsOf('foreign-region', input)).toEqual([]);
  expect(await findingsOf('foreign-account', input)).toEqual([]);
});

test('a bundle without an account has no foreign ARN', async () => {
  const input = qsFile([{ type: 'datasource', id: 'lake', content: { a: secretOf(OTHER_ACCOUNT) } }]);
  expect(await findingsOf('foreign-account', input)).toEqual([]);
});
