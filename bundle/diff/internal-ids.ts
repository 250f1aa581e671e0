/** Members that contain ids of parts of the same asset. */
const ID_MEMBER = /(?:^id|^Id|Ids?|^[tT]argetVisuals|^(?:[lL]eft|[rR]ight)Operand)$/;

/**
 * The internal ids of one version of an asset. A dashboard has the ids `{dashboardId}_{id in the analysis}`, and a part that
 * is created again has another id. Neither is a difference.
 */
export class InternalIds {
  private readonly earlier = new Map<string, string>();
  private readonly prefix: string;

  public constructor(assetId: string) {
    this.prefix = `${assetId}_`;
  }

  /** True for a member that contains an id of a part of the asset, or a list of them. */
  public static isMember(name: string): boolean {
    return ID_MEMBER.test(name);
  }

  /** The id that is compared. */
  public canonical(id: string): string {
    const short = id.startsWith(this.prefix) ? id.slice(this.prefix.length) : id;
    return this.earlier.get(short) ?? short;
  }

  /** Compares each `later` id as the `earlier` one of the same part. An id with two meanings is left alone. */
  public replace(pairs: ReadonlyMap<string, string>): void {
    const targets = new Set<string>();
    for (const [later, earlier] of pairs) {
      if (targets.has(earlier)) continue;
      targets.add(earlier);
      this.earlier.set(later, earlier);
    }
  }
}
