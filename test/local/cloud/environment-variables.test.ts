import { clientVariables, ministackVariables } from '../../../local/cloud/environment-variables';

const environment = { account: '123456789012', region: 'us-east-1' };

describe('clientVariables', () => {
  const machine = {
    PATH: '/bin',
    AWS_PROFILE: 'production',
    AWS_SESSION_TOKEN: 'secret',
    CDK_DEFAULT_ACCOUNT: '999999999999',
    HOME: '/home/me',
  };
  const variables = clientVariables('http://127.0.0.1:1', environment, 'http://127.0.0.1:2', machine);

  test('selects the local cloud, its account and its Region', () => {
    expect(variables).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_QUICKSIGHT: 'http://127.0.0.1:2',
      AWS_ACCESS_KEY_ID: '123456789012',
      AWS_REGION: 'us-east-1',
      PATH: '/bin',
      HOME: '/home/me',
    });
  });

  test('omits the credentials, profile and account of the machine', () => {
    expect(Object.keys(variables)).not.toEqual(expect.arrayContaining(['AWS_PROFILE']));
    expect(JSON.stringify(variables)).not.toMatch(/production|secret|999999999999/);
  });
});

describe('ministackVariables', () => {
  const settings = {
    port: 4000,
    folder: '/tmp/cloud-1',
    environment,
    runtimeModules: '/runtime',
    functionEnvironment: { AWS_ENDPOINT_URL_QUICKSIGHT: 'http://127.0.0.1:2' },
    enforceIam: false,
  };
  const variables = ministackVariables(settings, {
    PATH: '/bin',
    AWS_PROFILE: 'production',
    NODE_OPTIONS: '--inspect',
    HOME: '/home/me',
  });

  test('puts the Node.js of the Lambda runtime first in PATH', () => {
    expect(variables.PATH).toBe('/runtime/.bin:/bin');
  });

  test('binds the loopback interface', () => {
    expect(variables).toMatchObject({ BIND_HOST: '127.0.0.1', GATEWAY_PORT: '4000' });
  });

  test('contains the variables of functions and omits those of the machine', () => {
    expect(variables.AWS_ENDPOINT_URL_QUICKSIGHT).toBe('http://127.0.0.1:2');
    expect(variables).not.toHaveProperty('AWS_PROFILE');
    expect(variables).not.toHaveProperty('NODE_OPTIONS');
    expect(variables.HOME).toBe('/tmp/cloud-1');
  });

  test('keeps every file in one folder', () => {
    for (const name of ['TMPDIR', 'STATE_DIR', 'S3_DATA_DIR', 'DOCKER_HOST'])
      expect(variables[name]).toContain('/tmp/cloud-1/');
  });
});
