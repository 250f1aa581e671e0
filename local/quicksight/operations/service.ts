import type { AssetCatalog } from '../assets/asset-catalog';
import type { StoredObject } from '../download/links';
import { Links } from '../download/links';
import type { Job } from '../jobs/job';
import { requireConstraints } from '../model/constraints';
import type { RawInput } from '../model/decode';
import { decodeInput } from '../model/decode';
import type { Operation as OperationModel } from '../model/service-model';
import { Accounts } from './accounts';
import type { Call, Operation, OperationContext, StartedJob } from './context';
import { describe } from './describe';
import { describeDefinition } from './describe-definition';
import { list } from './list';
import type { DescribeOverride, OperationOptions } from './options';
import { start } from './start';

const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartAssetBundleExportJob: start,
  DescribeAssetBundleExportJob: describe,
  ListAssetBundleExportJobs: list,
  DescribeDashboardDefinition: (_, call) => describeDefinition('dashboard', call),
  DescribeAnalysisDefinition: (_, call) => describeDefinition('analysis', call),
};

/** The operations and their state. */
export class Service implements OperationContext {
  public readonly now: () => number;
  public readonly accounts: Accounts;
  public readonly links: Links;
  public readonly objects = new WeakMap<Job, StoredObject>();
  public readonly started: StartedJob[] = [];
  public describeOverride: DescribeOverride | undefined;

  public constructor(public readonly options: OperationOptions) {
    const { assets } = options;
    this.now = options.now ?? Date.now;
    this.links = new Links(this.now);
    this.describeOverride = options.describeOverride;
    this.accounts = new Accounts(this.now, (environment) =>
      this.withErrors(typeof assets === 'function' ? assets(environment) : assets),
    );
  }

  public async call(
    model: OperationModel,
    raw: RawInput,
    { region, ...caller }: Pick<Call, 'requestId' | 'origin'> & { readonly region: string },
  ): Promise<Record<string, unknown>> {
    const input = decodeInput(model, raw);
    requireConstraints(model, input);
    const operation = OPERATIONS[model.name];
    if (!operation) throw new Error(`The stand-in does not implement the operation ${model.name}.`);
    return operation(this, { ...caller, input, account: this.accounts.in(input['AwsAccountId'] as string, region) });
  }

  public setAssets(account: string, region: string, catalog: AssetCatalog): void {
    this.accounts.in(account, region).catalog = this.withErrors(catalog) ?? catalog;
  }

  private withErrors(catalog: AssetCatalog | undefined): AssetCatalog | undefined {
    for (const [resource, definitionErrors] of Object.entries(this.options.definitionErrors ?? {})) {
      if (catalog?.get(resource)) catalog.set(resource, { definitionErrors });
    }
    return catalog;
  }
}
