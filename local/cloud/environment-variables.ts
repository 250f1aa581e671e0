import { basename, delimiter, join } from 'node:path';
import type { CloudEnvironment } from './environment';
import { credentials } from './environment';

/** Environment variables that make the AWS CLI, the CDK CLI, SDKs and CDK apps use the local cloud and nothing else. */
export function clientVariables(
  endpoint: string,
  environment: CloudEnvironment,
  quickSightUrl: string | undefined,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey } = credentials(environment);
  return {
    ...withoutAws(base),
    AWS_ENDPOINT_URL: endpoint,
    ...(quickSightUrl === undefined ? {} : { AWS_ENDPOINT_URL_QUICKSIGHT: quickSightUrl }),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: environment.region,
    AWS_DEFAULT_REGION: environment.region,
    // Ignore profiles and the instance metadata service.
    AWS_CONFIG_FILE: EMPTY_FILE,
    AWS_SHARED_CREDENTIALS_FILE: EMPTY_FILE,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // Node.js 20 is supported here. Silence the warnings of the SDK in the CDK CLI and of jsii.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    NO_COLOR: '1',
  };
}

export interface MiniStackSettings {
  readonly port: number;
  readonly folder: string;
  readonly environment: CloudEnvironment;
  /** Folder of the modules that Lambda functions can import, including the `node` that runs them. */
  readonly runtimeModules: string;
  /** Additional environment variables of Lambda functions, for example AWS_ENDPOINT_URL_QUICKSIGHT. */
  readonly functionEnvironment: NodeJS.ProcessEnv;
  /** Maximum number of concurrent functions. Default: the limit of MiniStack. */
  readonly functionsAtOnce?: number;
  /** Enforce IAM policies. */
  readonly enforceIam: boolean;
}

/**
 * MiniStack's environment variables, which its Lambda functions inherit. They are not based on those of the developer's
 * machine, so that no local setting reaches a function.
 */
export function ministackVariables(
  settings: MiniStackSettings,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const { port, folder, environment, runtimeModules, functionEnvironment, functionsAtOnce, enforceIam } = settings;
  return {
    PATH: [join(runtimeModules, '.bin'), base.PATH ?? ''].join(delimiter),
    // Without it, MiniStack supplies SDK clients of its own, which do not retry throttled calls.
    NODE_PATH: runtimeModules,
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    LANG: 'C.UTF-8',
    PYTHONUNBUFFERED: '1',
    ...functionEnvironment,
    BIND_HOST: '127.0.0.1',
    // An IP address makes clients address buckets by path, so that all use the same URL.
    MINISTACK_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: environment.account,
    MINISTACK_REGION: environment.region,
    STATE_DIR: join(folder, 'state'),
    S3_DATA_DIR: join(folder, 's3'),
    // The health page returns this value, which identifies this MiniStack.
    MINISTACK_EDITION: basename(folder),
    AUTH: enforceIam ? 'true' : 'false',
    LAMBDA_EXECUTOR: 'local',
    ...(functionsAtOnce === undefined ? {} : { LAMBDA_ACCOUNT_CONCURRENCY: String(functionsAtOnce) }),
    // Prevents MiniStack from removing the containers of other MiniStacks when it starts.
    DOCKER_HOST: `unix://${join(folder, 'no-docker.sock')}`,
    // These services listen on fixed ports, on which concurrent runs would collide.
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
  };
}

const EMPTY_FILE = process.platform === 'win32' ? 'NUL' : '/dev/null';

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(AWS|CDK)_/.test(name) && name !== 'FORCE_COLOR'),
  );
}
