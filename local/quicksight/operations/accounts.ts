import { AssetCatalog } from '../assets/asset-catalog';
import type { Environment } from '../core/environment';
import { partitionOf } from '../core/environment';
import { JobStore } from '../jobs/job-store';
import type { RegionalAccount } from './context';

/** The accounts of the stand-in. Each pair of account and Region has its own assets and jobs. */
export class Accounts {
  private readonly accounts = new Map<string, RegionalAccount>();

  public constructor(
    private readonly now: () => number,
    private readonly assets: (environment: Environment) => AssetCatalog | undefined,
  ) {}

  public in(account: string, region: string): RegionalAccount {
    const key = `${account}/${region}`;
    let found = this.accounts.get(key);
    if (!found) {
      const environment = { partition: partitionOf(region), account, region };
      found = { environment, jobs: new JobStore(this.now), catalog: this.assets(environment) ?? new AssetCatalog() };
      this.accounts.set(key, found);
    }
    return found;
  }
}
