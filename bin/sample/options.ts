import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { ExportFormat, ExportTrigger, IncludeFolderMembers, QuickSightAsset } from '../../lib';

/** Options from the context (`-c name=value`) and from the environment variables. app.ts describes them. */
export interface SampleOptions {
  readonly assets: QuickSightAsset[];
  readonly exportFormat: ExportFormat;
  readonly includeAllDependencies: boolean;
  readonly includePermissions: boolean;
  readonly includeTags: boolean;
  readonly includeFolderMemberships: boolean;
  readonly includeFolderMembers: IncludeFolderMembers;
  readonly bucketName?: string;
  readonly prefix?: string;
  readonly removalPolicy: RemovalPolicy;
  readonly timeout?: Duration;
  readonly trigger: ExportTrigger;
}

const FACTORIES: Record<string, (id: string) => QuickSightAsset> = {
  analysis: (id) => QuickSightAsset.analysis(id),
  dashboard: (id) => QuickSightAsset.dashboard(id),
  dataset: (id) => QuickSightAsset.dataSet(id),
  datasource: (id) => QuickSightAsset.dataSource(id),
  folder: (id) => QuickSightAsset.folder(id),
  theme: (id) => QuickSightAsset.theme(id),
  topic: (id) => QuickSightAsset.topic(id),
  vpcConnection: (id) => QuickSightAsset.vpcConnection(id),
};

/** The value of an option as text. Undefined if the option is not set or empty. */
const contextOf =
  (node: Node) =>
  (name: string): string | undefined => {
    const value = node.tryGetContext(name) as string | boolean | undefined;
    return value === undefined || value === '' ? undefined : String(value);
  };

/** Name of the stack. Undefined for the default name. */
export function sampleStackName(node: Node): string | undefined {
  const context = contextOf(node);
  return context('stackName');
}

export function sampleOptions(node: Node, environment: NodeJS.ProcessEnv): SampleOptions {
  const context = contextOf(node);
  const choice = <T extends string>(name: string, choices: Record<string, T>, defaultValue: T): T => {
    const value = context(name);
    if (value === undefined) return defaultValue;
    if (!Object.hasOwn(choices, value))
      throw new Error(`-c ${name}=${value} is invalid. Use one of ${Object.keys(choices).join(', ')}.`);
    return choices[value] as T;
  };
  const flag = (name: string, defaultValue: boolean) =>
    choice(name, { true: 'true', false: 'false' }, String(defaultValue)) === 'true';

  const timeoutMinutes = context('timeoutMinutes');
  if (timeoutMinutes !== undefined && !/^\d+$/.test(timeoutMinutes)) {
    throw new Error(`-c timeoutMinutes=${timeoutMinutes} is invalid. Use a whole number from 1 to 60.`);
  }
  return {
    assets: parseAssets(context('assets') ?? environment.QUICKSIGHT_ASSETS ?? ''),
    exportFormat: choice('exportFormat', ExportFormat, ExportFormat.QUICKSIGHT_JSON),
    includeAllDependencies: flag('includeAllDependencies', true),
    includePermissions: flag('includePermissions', false),
    includeTags: flag('includeTags', false),
    includeFolderMemberships: flag('includeFolderMemberships', false),
    includeFolderMembers: choice('includeFolderMembers', IncludeFolderMembers, IncludeFolderMembers.NONE),
    bucketName: context('bucketName'),
    prefix: context('prefix'),
    removalPolicy: choice(
      'removalPolicy',
      { RETAIN: RemovalPolicy.RETAIN, DESTROY: RemovalPolicy.DESTROY },
      RemovalPolicy.RETAIN,
    ),
    timeout: timeoutMinutes === undefined ? undefined : Duration.minutes(Number(timeoutMinutes)),
    trigger: parseTrigger(context('trigger')),
  };
}

function parseAssets(text: string): QuickSightAsset[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    throw new Error(
      'The assets to export are missing. List them as type/id or as ARN, separated by commas:\n' +
        '  npx cdk deploy -c assets=dashboard/sales-overview,folder/sales\n' +
        '  QUICKSIGHT_ASSETS=dashboard/sales-overview npx cdk deploy',
    );
  }
  return names.map(parseAsset);
}

function parseAsset(name: string): QuickSightAsset {
  if (name.startsWith('arn:')) return QuickSightAsset.fromArn(name);
  const schedule = /^dataset\/([^/]+)\/refresh-schedule\/([^/]+)$/.exec(name);
  if (schedule) return QuickSightAsset.refreshSchedule(schedule[1] ?? '', schedule[2] ?? '');
  const [type = '', ...id] = name.split('/');
  const [spelling, factory] =
    Object.entries(FACTORIES).find(([each]) => each.toLowerCase() === type.toLowerCase()) ?? [];
  if (!factory || id.length === 0) {
    throw new Error(
      `'${name}' is not an asset. Use an ARN, type/id with one of the types ${Object.keys(FACTORIES).join(', ')}, or ` +
        'dataset/{id}/refresh-schedule/{id}.',
    );
  }
  if (spelling !== type)
    throw new Error(`'${name}' has the type '${type}' instead of '${spelling}'. Use ${[spelling, ...id].join('/')}.`);
  return factory(id.join('/'));
}

function parseTrigger(text: string | undefined): ExportTrigger {
  if (text === undefined || text === 'onChange') return ExportTrigger.onChange();
  return text === 'everyDeployment' ? ExportTrigger.everyDeployment() : ExportTrigger.when(text);
}
