import { dataSourceOverride } from '../../../bundle/overrides/data-source-override';

const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf';
const VPC = 'arn:aws:quicksight:us-east-1:111122223333:vpcConnection/v';

test('the parameters keep what is portable, and mark what belongs to the source account', () => {
  const dataSource = {
    type: 'POSTGRESQL',
    name: 'Orders',
    dataSourceParameters: { postgreSqlParameters: { host: 'db.dev.example.com', port: 5432, database: 'orders' } },
    sslProperties: { disableSsl: false },
    vpcConnectionProperties: { vpcConnectionArn: VPC },
    secretArn: SECRET,
  };
  expect(dataSourceOverride('orders', dataSource)).toEqual({
    DataSourceId: 'orders',
    DataSourceParameters: {
      PostgreSqlParameters: {
        Host: '<Host, db.dev.example.com in the source account>',
        Port: 5432,
        Database: 'orders',
      },
    },
    VpcConnectionProperties: { VpcConnectionArn: `<ARN of the VPC connection, ${VPC} in the source account>` },
    SslProperties: { DisableSsl: false },
    Credentials: { SecretArn: `<ARN of the secret with the credentials, ${SECRET} in the source account>` },
  });
});

test('an Athena data source needs no credentials', () => {
  const dataSource = { dataSourceParameters: { athenaParameters: { workGroup: 'primary' } } };
  expect(dataSourceOverride('lake', dataSource)).toEqual({
    DataSourceId: 'lake',
    DataSourceParameters: { AthenaParameters: { WorkGroup: 'primary' } },
  });
});

test('a Redshift data source needs credentials unless it authenticates with IAM', () => {
  const withParameters = (redshiftParameters: object) =>
    dataSourceOverride('dw', JSON.parse(JSON.stringify({ dataSourceParameters: { redshiftParameters } })));
  expect(withParameters({ clusterId: 'dev', database: 'dw' })).toMatchObject({
    DataSourceParameters: { RedshiftParameters: { ClusterId: '<ClusterId, dev in the source account>' } },
    Credentials: { SecretArn: '<ARN of the secret with the credentials>' },
  });
  const iamParameters = { roleArn: 'arn:aws:iam::111122223333:role/r', databaseGroups: ['readers'] };
  const override = withParameters({ database: 'dw', iamParameters });
  expect(override).not.toHaveProperty('Credentials');
  expect(override).toMatchObject({
    DataSourceParameters: {
      RedshiftParameters: {
        IAMParameters: { RoleArn: expect.stringMatching(/^<RoleArn, arn:.+>$/), DatabaseGroups: ['readers'] },
      },
    },
  });
});

test('no password, no credential and no unknown member of the bundle is copied', () => {
  const dataSource = {
    credentials: { credentialPair: { username: 'admin', password: 'hunter2' } },
    password: 'hunter2',
    dataSourceParameters: {
      mySqlParameters: { host: 'h', database: 'mysql://admin:hunter2@h/d', port: 3306, password: 'hunter2' },
      hunter2Parameters: { password: 'hunter2' },
    },
    sslProperties: { disableSsl: 'hunter2' },
  };
  const override = dataSourceOverride('d', dataSource);
  expect(JSON.stringify(override)).not.toContain('hunter2');
  expect(override).toHaveProperty('Credentials.SecretArn', '<ARN of the secret with the credentials>');
});
