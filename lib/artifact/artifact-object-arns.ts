import { Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ARTIFACT_NAME_PREFIX } from '../contract/custom-resource';

/** The length of an ARN without the prefix: the bucket and the name of the artifact. */
const ARN_CHARACTERS = 100;

/**
 * The ARNs of the objects that the exports write into a bucket. If the policy has no room for all prefixes, they are reduced to
 * their common beginning.
 */
export class ArtifactObjectArns {
  private readonly prefixes = new Set<string>();

  public constructor(
    private readonly bucket: s3.IBucket,
    private readonly maxCharacters: number,
  ) {}

  public add(prefix: string): void {
    this.prefixes.add(prefix);
  }

  public get hasToken(): boolean {
    return [...this.prefixes].some((prefix) => Token.isUnresolved(prefix));
  }

  /** The list depends on the exports that are created later. */
  public list(): string[] {
    const prefixes = [...this.prefixes];
    const keys = this.fit(prefixes) ? prefixes.map(literal) : [`${literal(commonStart(prefixes))}*`];
    return keys.map((key) => this.bucket.arnForObjects(`${key}${ARTIFACT_NAME_PREFIX}*`));
  }

  private fit(prefixes: readonly string[]): boolean {
    const characters = prefixes.reduce((sum, prefix) => sum + prefix.length + ARN_CHARACTERS, 0);
    return prefixes.length === 1 || characters <= this.maxCharacters;
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
