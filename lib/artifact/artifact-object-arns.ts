import { Lazy, Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ARTIFACT_NAME_PREFIX } from '../contract/custom-resource';

/** The share of all prefixes in the 10,240 characters to which the inline policies of a role are limited. */
const MAX_CHARACTERS = 3000;

/** The length of an ARN without the prefix: the bucket and the name of the artifact. */
const ARN_CHARACTERS = 100;

/**
 * The ARNs of the objects that the exports of a stack write. If a policy has no room for all prefixes, each bucket is reduced to
 * the common beginning of its prefixes.
 */
export class ArtifactObjectArns {
  private readonly prefixesOfBucket = new Map<string, Set<string>>();

  /** @returns whether no earlier export uses this bucket. */
  public add(bucket: s3.IBucket, prefix: string): boolean {
    const prefixes = this.prefixesOfBucket.get(bucket.bucketArn);
    if (prefixes) prefixes.add(prefix);
    else this.prefixesOfBucket.set(bucket.bucketArn, new Set([prefix]));
    return !prefixes;
  }

  /** A token, because the list depends on the exports that are created later. */
  public in(bucket: s3.IBucket): string[] {
    return Lazy.list({
      produce: () => {
        const prefixes = [...(this.prefixesOfBucket.get(bucket.bucketArn) ?? [])];
        return (this.fit() ? prefixes.map(literal) : [`${literal(commonStart(prefixes))}*`]).map((prefix) =>
          bucket.arnForObjects(`${prefix}${ARTIFACT_NAME_PREFIX}*`),
        );
      },
    });
  }

  private fit(): boolean {
    const all = [...this.prefixesOfBucket.values()].flatMap((prefixes) => [...prefixes]);
    return all.reduce((sum, prefix) => sum + prefix.length + ARN_CHARACTERS, 0) <= MAX_CHARACTERS;
  }
}

/**
 * Wildcards and `$` are written as policy variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function literal(prefix: string): string {
  return Token.isUnresolved(prefix) ? prefix : prefix.replace(/[*?$]/g, (character) => `\${${character}}`);
}

function commonStart(prefixes: string[]): string {
  if (prefixes.length > 1 && prefixes.some((prefix) => Token.isUnresolved(prefix))) return '';
  const [first = '', ...others] = prefixes;
  let length = 0;
  while (length < first.length && others.every((other) => other[length] === first[length])) length += 1;
  return first.slice(0, length);
}
