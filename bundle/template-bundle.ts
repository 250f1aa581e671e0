import { createHash } from 'node:crypto';
import { JSONParser } from '@streamparser/json';
import canonicalize from 'canonicalize';
import type { BundleEntry } from './bundle-entry';
import { InvalidBundleError } from './invalid-bundle-error';

type TemplateResource = { readonly Type?: unknown; readonly Properties?: { readonly Name?: unknown } | null } | null;

/**
 * The entries of a CLOUDFORMATION_JSON bundle: each member of each section of the template. They are parsed one by one, so
 * memory is that of the largest member.
 *
 * @throws Error when the JSON is not a whole template.
 */
export async function templateEntries(content: AsyncIterable<Buffer>): Promise<BundleEntry[]> {
  const entries: BundleEntry[] = [];
  let hasResources = false;
  // Members of sections, and sections that are texts (AWSTemplateFormatVersion).
  const parser = new JSONParser({ paths: ['$.*', '$.*.*'], keepStack: false });
  parser.onValue = ({ value, key, stack }) => {
    const section = stack[1]?.key;
    const isMember = stack.length === 2;
    if (isMember && section === 'Resources') hasResources = true;
    if (!isMember && typeof value === 'object') return;
    entries.push(memberEntry(isMember ? [String(section), String(key)] : [String(key)], value));
  };
  let failure: Error | undefined;
  parser.onError = (error) => {
    failure ??= error;
  };
  for await (const chunk of content) {
    parser.write(chunk);
    if (failure) throw failure;
  }
  if (!parser.isEnded) throw new InvalidBundleError('unexpected end of the JSON');
  if (!hasResources) {
    throw new InvalidBundleError('the file is JSON without Resources: neither a zip nor a CloudFormation template');
  }
  return entries;
}

function memberEntry(path: string[], value: unknown): BundleEntry {
  const sha256 = createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
  const [section, id] = path;
  const { Type, Properties } = (section === 'Resources' ? (value as TemplateResource) : undefined) ?? {};
  if (id === undefined || typeof Type !== 'string' || !Type.startsWith('AWS::QuickSight::'))
    return { path: path.join('/'), sha256 };
  const name = Properties?.Name;
  return { path: path.join('/'), sha256, asset: { type: Type, id, ...(typeof name === 'string' && { name }) } };
}
