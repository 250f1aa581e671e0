import { hash } from 'node:crypto';
import { JSONParser } from '@streamparser/json';
import type { BundleEntry } from './bundle-entry';
import { EntryList } from './entry-list';
import { InvalidBundleError } from './invalid-bundle-error';
import { type DigestedValue, JsonDigest, type JsonPath, type Scalar } from './json-digest';

/** Keys of a member of a section: `Resources`, `SalesDashboard`. */
const MEMBER_KEYS = 2;

/**
 * The entries of a CLOUDFORMATION_JSON bundle: each member of each section of the template. They are digested while they are
 * read, so memory does not grow with their number and size.
 *
 * @throws BundleLimitError when the template exceeds a limit.
 * @throws Error when the JSON is not a whole template.
 */
export async function templateEntries(content: AsyncIterable<Buffer>): Promise<BundleEntry[]> {
  const reader = new TemplateReader();
  for await (const chunk of content) reader.write(chunk);
  return reader.end();
}

class TemplateReader {
  private readonly list = new EntryList();
  private readonly digest = new JsonDigest(MEMBER_KEYS, (path, value) => this.onValue(path, value));
  /** Verifies the grammar. It keeps no value, because it is asked for none. */
  private readonly parser = new JSONParser({ paths: [], keepStack: false });
  private failure: Error | undefined;
  private hasResources = false;
  private type: Scalar | undefined;
  private name: Scalar | undefined;
  /** Bytes of whole chunks since the last token. */
  private textBytes = 0;

  public constructor() {
    this.parser.onToken = (token) => this.digest.write(token);
    this.parser.onError = (error) => {
      this.failure ??= error;
    };
  }

  public write(chunk: Buffer): void {
    const before = this.digest.tokenCount;
    this.parser.write(chunk);
    if (this.failure) throw this.failure;
    this.textBytes = this.digest.tokenCount === before ? this.textBytes + chunk.length : 0;
    this.digest.assertRoomFor(this.textBytes);
  }

  public end(): BundleEntry[] {
    if (!this.parser.isEnded) throw new InvalidBundleError('unexpected end of the JSON');
    if (!this.hasResources) {
      throw new InvalidBundleError('the file is JSON without Resources: neither a zip nor a CloudFormation template');
    }
    return this.list.entries;
  }

  private onValue(path: JsonPath, { text, scalar }: DigestedValue): void {
    const [section, , property, inner] = path;
    const isScalar = scalar !== undefined;
    if (path.length === MEMBER_KEYS || (path.length === 1 && isScalar)) {
      this.list.add({ path: path.join('/'), sha256: isScalar ? hash('sha256', text) : text, ...this.asset(path) });
      [this.type, this.name] = [undefined, undefined];
    }
    if (path.length === MEMBER_KEYS && section === 'Resources') this.hasResources = true;
    if (path.length === 3 && property === 'Type') this.type = scalar;
    if (path.length === 4 && property === 'Properties' && inner === 'Name') this.name = scalar;
  }

  private asset([section, id]: JsonPath): Pick<BundleEntry, 'asset'> {
    const { type, name } = this;
    if (section !== 'Resources' || id === undefined) return {};
    if (typeof type !== 'string' || !type.startsWith('AWS::QuickSight::')) return {};
    return { asset: { type, id: String(id), ...(typeof name === 'string' && { name }) } };
  }
}
