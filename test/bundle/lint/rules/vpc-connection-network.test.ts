import { findingsOf, qsFile, template } from '../../../support/lint-input';

const CONNECTION = { type: 'vpcConnection', id: 'private', content: { name: 'private' } };

test('reports a VPC connection', async () => {
  expect(await findingsOf('vpc-connection-network', qsFile([CONNECTION]))).toMatchObject([
    { severity: 'warning', asset: 'vpcConnection/private', remedy: expect.stringContaining('SubnetIds (2 to 15)') },
  ]);
});

test('accepts a bundle without one, and a template', async () => {
  expect(await findingsOf('vpc-connection-network', qsFile([{ ...CONNECTION, type: 'theme' }]))).toEqual([]);
  expect(await findingsOf('vpc-connection-network', template([CONNECTION]))).toEqual([]);
});
