import { arnOf } from '../core/environment';
import type { Asset, AssetCondition, Definition } from './asset';
import { entryOfResource, parseAssetArn } from './asset-arn';

/** The assets of an account in one Region, by resource (`dashboard/{id}`), in the order in which they were added. */
export class AssetCatalog {
  private readonly assets = new Map<string, Asset>();

  public constructor(assets: Iterable<Asset> = []) {
    for (const asset of assets) this.assets.set(asset.resource, asset);
  }

  /** Adds or replaces an asset. `resource` is the end of its ARN, `dashboard/{id}`. `definition` is its entry in a bundle. */
  public add(resource: string, definition: Definition, condition: AssetCondition = {}): this {
    const arn = parseAssetArn(`arn:aws:quicksight:us-east-1:000000000000:${resource}`);
    if (!arn)
      throw new Error(
        `'${resource}' is not the resource part of an asset's ARN. Use a value such as 'dashboard/sales-overview'.`,
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

  /** Sets the definition errors or warnings of an existing asset. */
  public set(resource: string, condition: AssetCondition): this {
    const asset = this.assets.get(resource);
    if (!asset) throw new Error(`The asset ${resource} does not exist.`);
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

  /** The ARNs of the assets in an account and Region, for ResourceArns of StartAssetBundleExportJob. */
  public arns(account: string, region: string, partition = 'aws'): string[] {
    return this.all().map(({ resource }) => arnOf({ partition, account, region }, resource));
  }
}
