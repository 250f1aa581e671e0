import { InvalidBundleError } from '../invalid-bundle-error';
import type { OpenBundle } from '../inventory-types';
import type { JsonObject, JsonValue } from '../json-value';
import { dataSourceOverride, memberOf } from './data-source-override';
import { PERMISSION_ACTIONS } from './permission-actions';
import { isPlaceholder, placeholder } from './placeholder';
import { typescriptScaffold } from './typescript-scaffold';

/** The override lists of the API, by the folder of the bundle. */
const LISTS: Readonly<Record<string, readonly [list: string, id: string, noun: string]>> = {
  vpcConnection: ['VPCConnections', 'VPCConnectionId', 'VPC connections'],
  refreshSchedule: ['RefreshSchedules', 'ScheduleId', 'refresh schedules'],
  datasource: ['DataSources', 'DataSourceIds', 'data sources'],
  dataset: ['DataSets', 'DataSetIds', 'data sets'],
  theme: ['Themes', 'ThemeIds', 'themes'],
  analysis: ['Analyses', 'AnalysisIds', 'analyses'],
  dashboard: ['Dashboards', 'DashboardIds', 'dashboards'],
  folder: ['Folders', 'FolderIds', 'folders'],
  topic: ['TopicsV2', 'TopicIds', 'topics'],
};

/** Types whose content decides the overrides. */
const WITH_OVERRIDES: ReadonlySet<string> = new Set(['datasource', 'folder', 'refreshSchedule', 'vpcConnection']);

/** Limit of each list in OverrideParameters (service model). */
const MAX_OVERRIDES = 50;

/** A value in a scaffold that the user fills in. */
export interface ValueToFillIn {
  /** JSON pointer into `{ OverrideParameters, OverridePermissions }`. */
  readonly path: string;
  /** The text in the scaffold, `<…>`. */
  readonly placeholder: string;
}

/** Overrides for the import of a bundle into another account. Values to fill in are marked with `<…>`. */
export interface OverrideScaffold {
  /** Members of StartAssetBundleImportJob. */
  readonly request: { readonly OverrideParameters: JsonObject; readonly OverridePermissions: JsonObject };
  /** Source text with an `AssetBundleImport`. */
  readonly typescript: string;
  readonly toFillIn: readonly ValueToFillIn[];
  /** Limits of the API that the request exceeds. */
  readonly warnings: readonly string[];
}

/**
 * Returns the overrides that an import of the bundle into another account needs: parameters, secret and VPC connection of each
 * data source, subnets and security groups of each VPC connection, the start of each refresh schedule, the parent of folders, a
 * prefix, and permissions for each type. Passwords of the bundle are not read.
 *
 * @throws Error when the bundle is a template, which an import job does not accept. InvalidBundleError when the content of an asset
 * that needs overrides exceeds a limit of the reader.
 */
export async function overrideScaffold(bundle: OpenBundle): Promise<OverrideScaffold> {
  if (bundle.format !== 'QUICKSIGHT_JSON') {
    throw new Error('an import job accepts only .qs bundles, and this is a CloudFormation template');
  }
  const overrides: Record<string, JsonObject[]> = {};
  const types = new Set<string>();
  for await (const { path, content } of bundle.parts()) {
    const [, type, id] = /^([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
    if (type === undefined || id === undefined) continue;
    types.add(type);
    if (content === undefined && WITH_OVERRIDES.has(type)) {
      throw new InvalidBundleError(`entry ${path}: the JSON exceeds a limit, so its overrides are unknown`);
    }
    const entry = overrideOf(type, id, content ?? null);
    if (entry) (overrides[type] ??= []).push(entry);
  }
  const known = Object.entries(LISTS).filter(([type]) => types.has(type));
  const request = {
    OverrideParameters: {
      ResourceIdOverrideConfiguration: {
        PrefixForAllResources: placeholder('prefix of all ids, or remove ResourceIdOverrideConfiguration'),
      },
      ...Object.fromEntries(known.flatMap(([type, [list]]) => (overrides[type] ? [[list, overrides[type]]] : []))),
    },
    OverridePermissions: Object.fromEntries(
      known.flatMap(([, [list, ids, noun]]) => {
        const permissions = permissionsOf(list, ids, noun);
        return permissions ? [[list, permissions]] : [];
      }),
    ),
  };
  const warnings = known
    .filter(([type]) => (overrides[type]?.length ?? 0) > MAX_OVERRIDES)
    .map(
      ([type, [, , noun]]) =>
        `The bundle needs overrides for ${overrides[type]?.length} ${noun}, and an import job accepts ${MAX_OVERRIDES}. Split the bundle.`,
    );
  return { request, typescript: typescriptScaffold(request.OverrideParameters), toFillIn: toFillIn(request), warnings };
}

function overrideOf(type: string, id: string, content: JsonValue): JsonObject | undefined {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return undefined;
  if (type === 'datasource') return dataSourceOverride(id, content);
  if (type === 'vpcConnection') return vpcConnectionOverride(id, content);
  if (type === 'refreshSchedule') return scheduleOverride(id, content);
  const parent = memberOf(content, 'ParentFolderArn');
  if (type !== 'folder' || typeof parent !== 'string') return undefined;
  return { FolderId: id, ParentFolderArn: placeholder('ARN of the parent folder', parent) };
}

/** Subnets and security groups are required in another account or region. At least two subnets are needed. */
function vpcConnectionOverride(id: string, content: JsonObject): JsonObject {
  const dnsResolvers = memberOf(content, 'DnsResolvers');
  return {
    VPCConnectionId: id,
    SubnetIds: [
      placeholder('subnet in one Availability Zone', memberOf(content, 'SubnetIds')),
      placeholder('subnet in another Availability Zone'),
    ],
    SecurityGroupIds: [placeholder('security group', memberOf(content, 'SecurityGroupIds'))],
    ...(Array.isArray(dnsResolvers) &&
      dnsResolvers.length > 0 && { DnsResolvers: [placeholder('IP address of the DNS resolver', dnsResolvers)] }),
    RoleArn: placeholder('ARN of the role of the VPC connection', memberOf(content, 'RoleArn')),
  };
}

/** The start of a schedule must be in the future. A file name is `{data set}--refresh-schedule--{schedule}`. */
function scheduleOverride(file: string, content: JsonObject): JsonObject {
  const schedule = memberOf(content, 'Schedule');
  const [dataSetInName = file, scheduleInName = file] = file.split('--refresh-schedule--');
  const text = (value: JsonValue | undefined, otherwise: string) => (typeof value === 'string' ? value : otherwise);
  return {
    DataSetId: text(memberOf(content, 'DataSetId'), dataSetInName),
    ScheduleId: text(memberOf(schedule, 'ScheduleId'), scheduleInName),
    StartAfterDateTime: placeholder('time in the future', memberOf(schedule, 'StartAfterDateTime')),
  };
}

function permissionsOf(list: string, ids: string, noun: string): JsonObject[] | undefined {
  const actions = PERMISSION_ACTIONS[list];
  return (
    actions &&
    Object.entries(actions).map(([role, names]: [string, readonly string[]]) => ({
      [ids]: ['*'],
      Permissions: { Principals: [placeholder(`ARN of the ${role} of the ${noun}`)], Actions: [...names] },
    }))
  );
}

/** The placeholders below a value, in the order of the text. */
function toFillIn(value: JsonValue, path = ''): ValueToFillIn[] {
  if (isPlaceholder(value)) return [{ path, placeholder: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    toFillIn(member, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
