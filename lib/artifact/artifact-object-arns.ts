import { Lazy, Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ARTIFACT_NAME_PREFIX } from '../contract/custom-resource';

/** What all prefixes together may take of the 10,240 characters that the inline policies of a role may have. */
const MAX_CHARACTERS = 3000;

/** What an ARN has besides the prefix: the bucket and the artifact's name. */
const ARN_CHARACTERS = 100;

/**
 * The objects that the exports of a stack write. Where their prefixes are too many for a policy, what those of a bucket have
 * in common stands for all of them.
 */
export class ArtifactObjectArns {
  private readonly prefixesOfBucket = new Map<string, Set<string>>();

  /** Whether this bucket is new. */
  public add(bucket: s3.IBucket, prefix: string): boolean {
    const known = this.prefixesOfBucket.get(bucket.bucketArn);
    if (known) known.add(prefix);
    else this.prefixesOfBucket.set(bucket.bucketArn, new Set([prefix]));
    return !known;
  }

  /** Decided at the end of synthesis, when all prefixes are known. */
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

/** In a policy, the characters that are wildcards or begin a variable are written as variables. */
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
