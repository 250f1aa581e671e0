import type { Asset } from '../assets/asset';
import { parseAssetArn } from '../assets/asset-arn';
import type { AssetCatalog } from '../assets/asset-catalog';
import { ASSET_TYPES } from '../assets/asset-types';
import type { Reference } from '../assets/dependencies';
import { dependenciesOf, membersOf } from '../assets/dependencies';
import type { Environment } from '../core/environment';
import { arnOf } from '../core/environment';
import type { ExportRequest, JobError, JobWarning } from './request';

export interface Collected {
  /** In the order of the catalog: the export of a whole bundle keeps the order of its entries. */
  readonly assets: readonly Asset[];
  readonly errors: readonly JobError[];
  readonly warnings: readonly JobWarning[];
}

/** An error of a job. Its type and message are those of an exception in the service's own Java client. */
export function jobError(arn: string, type: string, message: string): JobError {
  return {
    Arn: arn,
    Type: `com.amazonaws.services.quicksight.model.${type}`,
    Message: `${message} (Service: null; Status Code: 0; Error Code: null; Request ID: null; Proxy: null)`,
  };
}

/** Collects the assets that a job exports, and the errors and warnings of the job. */
export function collect(
  catalog: AssetCatalog,
  request: ExportRequest,
  environment: Environment,
  options: CollectOptions = {},
): Collected {
  return new Collector(catalog, request, environment, options).collect();
}

export interface CollectOptions {
  /** Default: 'fail'. */
  readonly missingDependencies?: 'fail' | 'skip';
}

class Collector {
  private readonly found = new Map<string, Asset>();
  private readonly errors = new Map<string, JobError>();
  private readonly warnings: JobWarning[] = [];

  public constructor(
    private readonly catalog: AssetCatalog,
    private readonly request: ExportRequest,
    private readonly environment: Environment,
    private readonly options: CollectOptions,
  ) {}

  public collect(): Collected {
    for (const arn of new Set(this.request.ResourceArns)) this.takeArn(arn);
    for (const asset of this.found.values()) this.check(asset);
    return {
      assets: this.catalog.all().filter(({ resource }) => this.found.has(resource)),
      errors: [...this.errors.values()],
      warnings: this.warnings,
    };
  }

  private takeArn(arn: string): void {
    const parts = parseAssetArn(arn);
    if (!parts) {
      this.fail(
        jobError(arn, 'InvalidParameterValueException', `'${arn}' is not the ARN of an asset that can be exported`),
      );
    } else if (parts.account !== this.environment.account) {
      this.fail(
        jobError(
          arn,
          'AccessDeniedException',
          `The asset belongs to account ${parts.account}, and the job to ${this.environment.account}`,
        ),
      );
    } else if (parts.region !== this.environment.region) {
      this.fail(
        jobError(
          arn,
          'InvalidParameterValueException',
          `The asset is in region ${parts.region}, and the job in ${this.environment.region}`,
        ),
      );
    } else {
      this.take({ arn, ...parts }, this.request.IncludeFolderMembers ?? 'NONE');
    }
  }

  private take({ type, resource }: Reference, folderMembers: 'RECURSE' | 'ONE_LEVEL' | 'NONE'): void {
    const asset = this.catalog.get(resource);
    if (!asset) {
      const id = resource.slice(resource.lastIndexOf('/') + 1);
      this.fail(
        jobError(
          arnOf(this.environment, resource),
          'ResourceNotFoundException',
          `${ASSET_TYPES[type].apiName} ${id} is not found`,
        ),
      );
      return;
    }
    if (this.found.has(resource)) return;
    this.found.set(resource, asset);
    if (type === 'folder' && folderMembers !== 'NONE') this.takeMembers(asset, folderMembers);
    if (this.request.IncludeAllDependencies) this.takeDependencies(asset);
  }

  private takeMembers(folder: Asset, depth: 'RECURSE' | 'ONE_LEVEL'): void {
    for (const member of membersOf(folder)) {
      if (member.type !== 'folder' || depth === 'RECURSE') this.take(member, depth);
    }
    if (depth === 'ONE_LEVEL') return;
    for (const subfolder of this.catalog.all()) {
      const parent = parseAssetArn(String(subfolder.definition['parentFolderArn']));
      if (subfolder.type === 'folder' && parent?.resource === folder.resource) {
        this.take({ ...parent, arn: subfolder.resource, resource: subfolder.resource }, depth);
      }
    }
  }

  private takeDependencies(asset: Asset): void {
    for (const dependency of dependenciesOf(asset)) {
      const skipped = this.options.missingDependencies === 'skip' && !this.catalog.get(dependency.resource);
      if (!skipped) this.take(dependency, 'NONE');
    }
    if (asset.type !== 'dataset') return;
    for (const schedule of this.catalog.all()) {
      if (schedule.resource.startsWith(`${asset.resource}/refresh-schedule/`))
        this.found.set(schedule.resource, schedule);
    }
  }

  private check({ type, resource, definitionErrors = [], warnings = [] }: Asset): void {
    const arn = arnOf(this.environment, resource);
    // A warning of lenient mode is an error in strict mode.
    const strict = this.request.ValidationStrategy?.StrictModeForAllResources === true;
    if (definitionErrors.length > 0 || (strict && warnings.length > 0)) {
      const operation = `Describe${ASSET_TYPES[type].apiName}Definition`;
      const message = `The ${type} has associated errors and cannot be exported. Call ${operation} to retrieve the errors.`;
      this.fail(jobError(arn, 'InvalidParameterValueException', message));
    } else {
      this.warnings.push(...warnings.map((Message) => ({ Arn: arn, Message })));
    }
  }

  private fail(error: JobError): void {
    this.errors.set(error.Arn, error);
  }
}
