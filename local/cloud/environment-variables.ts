import { basename, delimiter, join } from 'node:path';
import type { CloudPlace } from './environment';
import { credentials } from './environment';

/** What the AWS CLI, the CDK CLI, SDKs and CDK apps need so that they talk to the local cloud and to nothing else. */
export function clientEnvironment(
  endpoint: string,
  place: CloudPlace,
  quickSightUrl: string | undefined,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey } = credentials(place);
  return {
    ...withoutAws(base),
    AWS_ENDPOINT_URL: endpoint,
    ...(quickSightUrl === undefined ? {} : { AWS_ENDPOINT_URL_QUICKSIGHT: quickSightUrl }),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    // Neither a profile nor the metadata service of a machine in the real cloud has a say.
    AWS_CONFIG_FILE: NOWHERE,
    AWS_SHARED_CREDENTIALS_FILE: NOWHERE,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // The SDK in the CDK CLI, and jsii, warn of Node.js 20, which is supported here.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    NO_COLOR: '1',
  };
}

export interface MiniStackSettings {
  readonly port: number;
  readonly folder: string;
  readonly place: CloudPlace;
  /** The folder of the modules that Lambda functions find, the `node` that they run on among them. */
  readonly runtimeModules: string;
  /** What functions find in their environment besides, for example AWS_ENDPOINT_URL_QUICKSIGHT. */
  readonly functionEnvironment: NodeJS.ProcessEnv;
  /** How many functions run at once. Default: as many as the machine bears. */
  readonly functionsAtOnce?: number;
  /** Whether policies are enforced. */
  readonly enforceIam: boolean;
}

/**
 * MiniStack's environment, which its Lambda functions inherit: built from nothing, so that no setting of the developer's
 * machine gets into a function.
 */
export function ministackEnvironment(
  settings: MiniStackSettings,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const { port, folder, place, runtimeModules, functionEnvironment, functionsAtOnce, enforceIam } = settings;
  return {
    PATH: [join(runtimeModules, '.bin'), base.PATH ?? ''].join(delimiter),
    // Without it, MiniStack gives functions clients of its own, which neither repeat a call nor know a throttled one.
    NODE_PATH: runtimeModules,
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    LANG: 'C.UTF-8',
    PYTHONUNBUFFERED: '1',
    ...functionEnvironment,
    BIND_HOST: '127.0.0.1',
    // An address and no name, so that every client uses one URL and addresses buckets by path.
    MINISTACK_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: place.account,
    MINISTACK_REGION: place.region,
    STATE_DIR: join(folder, 'state'),
    S3_DATA_DIR: join(folder, 's3'),
    // Its health page shows this, by which it is told from any other.
    MINISTACK_EDITION: basename(folder),
    AUTH: enforceIam ? 'true' : 'false',
    LAMBDA_EXECUTOR: 'local',
    ...(functionsAtOnce === undefined ? {} : { LAMBDA_ACCOUNT_CONCURRENCY: String(functionsAtOnce) }),
    // Else it would look for containers of other MiniStacks at its start, and remove them.
    DOCKER_HOST: `unix://${join(folder, 'no-docker.sock')}`,
    // Listeners of other services on fixed ports, which two runs side by side would both want.
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
  };
}

const NOWHERE = process.platform === 'win32' ? 'NUL' : '/dev/null';

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(AWS|CDK)_/.test(name) && name !== 'FORCE_COLOR'),
  );
}
