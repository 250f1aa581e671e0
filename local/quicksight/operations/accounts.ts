import { AssetCatalog } from '../assets/asset-catalog';
import type { Place } from '../bundle/collect';
import { partitionOf } from '../http/authorization';
import { JobStore } from '../jobs/job-store';

/** What an account has in a region. */
export interface Scope {
  readonly place: Place;
  readonly jobs: JobStore;
  catalog: AssetCatalog;
}

/** Accounts and regions are apart: each pair of them has its own assets and jobs. */
export class Scopes {
  private readonly scopes = new Map<string, Scope>();

  public constructor(
    private readonly now: () => number,
    private readonly assets: (place: Place) => AssetCatalog | undefined,
  ) {}

  public of(account: string, region: string): Scope {
    const key = `${account}/${region}`;
    let scope = this.scopes.get(key);
    if (!scope) {
      const place = { partition: partitionOf(region), account, region };
      scope = { place, jobs: new JobStore(this.now), catalog: this.assets(place) ?? new AssetCatalog() };
      this.scopes.set(key, scope);
    }
    return scope;
  }
}
