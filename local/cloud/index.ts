export { CdkError } from './cdk-cli';
export { type CloudEnvironment, DEFAULT_ENVIRONMENT } from './environment';
export { requireFree } from './free-port';
export type { ClientConfig, ExecutionHistory, LogLine } from './inspection';
export { type AppOptions, type Deployment, LocalCloud, type LocalCloudOptions } from './local-cloud';
export { awsCli, PROJECT } from './paths';
