import type { Asset, AssetCondition, Definition } from './asset';
import { entryOfResource, parseAssetArn } from './asset-arn';

/** The assets that an account has in a region, by the end of their ARNs (`dashboard/{id}`), in the order in which they came. */
export class AssetCatalog {
  private readonly assets = new Map<string, Asset>();

  public constructor(assets: Iterable<Asset> = []) {
    for (const asset of assets) this.assets.set(asset.resource, asset);
  }

  /** Adds or replaces an asset. `resource` is the end of its ARN, `dashboard/{id}`; `definition` is its entry in a bundle. */
  public add(resource: string, definition: Definition, condition: AssetCondition = {}): this {
    const arn = parseAssetArn(`arn:aws:quicksight:us-east-1:000000000000:${resource}`);
    if (!arn)
      throw new Error(
        `'${resource}' is not how the ARN of an asset ends: write for example 'dashboard/sales-overview'.`,
      );
    const content = Buffer.from(JSON.stringify(definition));
    this.assets.set(resource, {
      ...condition,
      type: arn.type,
      resource,
      entryName: entryOfResource(resource),
      definition,
      content,
    });
    return this;
  }

  /** Says more about an asset that is there: the errors in its definition, its warnings. */
  public set(resource: string, condition: AssetCondition): this {
    const asset = this.assets.get(resource);
    if (!asset) throw new Error(`there is no asset ${resource}`);
    this.assets.set(resource, { ...asset, ...condition });
    return this;
  }

  public remove(resource: string): boolean {
    return this.assets.delete(resource);
  }

  public get(resource: string): Asset | undefined {
    return this.assets.get(resource);
  }

  public all(): Asset[] {
    return [...this.assets.values()];
  }

  /** The ARNs that the assets have in an account and a region: what StartAssetBundleExportJob takes. */
  public arns(account: string, region: string, partition = 'aws'): string[] {
    return this.all().map(({ resource }) => `arn:${partition}:quicksight:${region}:${account}:${resource}`);
  }
}
