import { arnOf, findingsOf, type LintInput, qsFile } from '../../../support/lint-input';

const user = (name: string): string => arnOf(`user/default/${name}`, { region: 'us-east-1' });

const dashboard = (...principals: readonly string[]): LintInput =>
  qsFile([
    {
      type: 'dashboard',
      id: 'sales',
      content: { permissions: principals.map((principal) => ({ principal, actions: [] })) },
    },
  ]);

test('reports the principals of an asset in one finding', async () => {
  expect(await findingsOf('source-principals', dashboard(user('ana'), user('ana')))).toMatchObject([
    {
      severity: 'warning',
      asset: 'dashboard/sales',
      path: '/permissions/0/principal',
      message: `The permissions name principals of the source: ${user('ana')}.`,
    },
  ]);
});

test('shows three principals and the number of the others', async () => {
  const [finding] = await findingsOf('source-principals', dashboard(...['a', 'b', 'c', 'd', 'e'].map(user)));
  expect(finding?.message).toMatch(/default\/c and 2 more\.$/);
});

test('reads lists of principals, and those of a shared link', async () => {
  const permissions = [{ principals: [user('ana')], actions: [] }];
  const linkSharingConfiguration = { permissions };
  const input = qsFile([
    { type: 'dashboard', id: 'a', content: { permissions } },
    { type: 'dashboard', id: 'b', content: { linkSharingConfiguration } },
  ]);
  expect((await findingsOf('source-principals', input)).map(({ path }) => path)).toEqual([
    '/permissions/0/principals/0',
    '/linkSharingConfiguration/permissions/0/principals/0',
  ]);
});

test('accepts a bundle without permissions', async () => {
  expect(await findingsOf('source-principals', dashboard())).toEqual([]);
});
