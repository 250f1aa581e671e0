import type { AssetCatalog } from '../assets/asset-catalog';
import type { Place } from '../bundle/collect';
import type { StoredObject } from '../download/links';
import { Links } from '../download/links';
import type { Job } from '../jobs/job';
import { requireConstraints } from '../model/constraints';
import type { RawInput } from '../model/decode';
import { decodeInput } from '../model/decode';
import type { Operation } from '../model/service-model';
import { Scopes } from './accounts';
import type { Call } from './context';
import { describe } from './describe';
import { describeDefinition } from './describe-definition';
import { list } from './list';
import type { DescribeOverride, StandInOptions } from './options';
import { start } from './start';

/** A job as it was started, with where that was. */
export interface StartedJob extends Place {
  readonly job: Job;
}

/** The operations and all that they work on. */
export class Service {
  public readonly now: () => number;
  public readonly scopes: Scopes;
  public readonly links: Links;
  public readonly objects = new WeakMap<Job, StoredObject>();
  public readonly putObjects = new WeakMap<Job, Promise<void>>();
  /** Every job that was ever started, in that order. */
  public readonly started: StartedJob[] = [];
  public describeOverride: DescribeOverride | undefined;

  public constructor(public readonly options: StandInOptions) {
    const { assets } = options;
    this.now = options.now ?? Date.now;
    this.links = new Links(this.now);
    this.describeOverride = options.describeOverride;
    this.scopes = new Scopes(this.now, (place) =>
      this.withErrors(typeof assets === 'function' ? assets(place) : assets),
    );
  }

  public async call(
    operation: Operation,
    raw: RawInput,
    where: Omit<Call, 'input' | 'scope'> & { region: string },
  ): Promise<Record<string, unknown>> {
    const input = decodeInput(operation, raw);
    requireConstraints(operation, input);
    const call = { ...where, input, scope: this.scopes.of(input['AwsAccountId'] as string, where.region) };
    switch (operation.name) {
      case 'StartAssetBundleExportJob':
        return start(this, call);
      case 'DescribeAssetBundleExportJob':
        return describe(this, call);
      case 'ListAssetBundleExportJobs':
        return list(this, call);
      case 'DescribeDashboardDefinition':
        return describeDefinition('dashboard', call);
      case 'DescribeAnalysisDefinition':
        return describeDefinition('analysis', call);
      default:
        throw new Error(`no operation ${operation.name}`);
    }
  }

  public setAssets(account: string, region: string, catalog: AssetCatalog): void {
    this.scopes.of(account, region).catalog = this.withErrors(catalog) ?? catalog;
  }

  private withErrors(catalog: AssetCatalog | undefined): AssetCatalog | undefined {
    for (const [resource, definitionErrors] of Object.entries(this.options.definitionErrors ?? {})) {
      if (catalog?.get(resource)) catalog.set(resource, { definitionErrors });
    }
    return catalog;
  }
}
