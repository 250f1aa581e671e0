import type { JsonObject } from '../../../../bundle/json-value';
import type { Finding } from '../../../../bundle/lint/finding';
import { findingsOf, template } from '../../../support/lint-input';

const check = (parameter: JsonObject): Promise<Finding[]> =>
  findingsOf('template-parameter-without-default', template([], { LakeSecretArn: parameter }));

test('reports a parameter without a default', async () => {
  const findings = await check({ Type: 'String' });
  expect(findings).toMatchObject([
    { severity: 'warning', path: '/Parameters/LakeSecretArn', message: expect.stringContaining('LakeSecretArn') },
  ]);
  expect(findings[0]).not.toHaveProperty('asset');
});

test('accepts a parameter with a default, also an empty one', async () => {
  expect(await check({ Type: 'String', Default: '' })).toEqual([]);
});

test('accepts a resource without a default', async () => {
  const input = template([{ type: 'theme', id: 'dark', content: { Type: 'AWS::QuickSight::Theme' } }]);
  expect(await findingsOf('template-parameter-without-default', input)).toEqual([]);
});
