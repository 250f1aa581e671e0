import { createHash } from 'node:crypto';
import { JSONParser } from '@streamparser/json';
import canonicalize from 'canonicalize';
import type { BundleEntry } from './bundle-entry';

type TemplateResource = { readonly Type?: unknown; readonly Properties?: { readonly Name?: unknown } | null } | null;

/**
 * The members of a CLOUDFORMATION_JSON bundle, a template: each member of each section, parsed as they come, so that
 * a template of any size takes the memory of its largest member. @throws Error that says what is wrong with the JSON.
 */
export async function templateEntries(content: AsyncIterable<Buffer>): Promise<BundleEntry[]> {
  const entries: BundleEntry[] = [];
  let hasResources = false;
  // The members of sections, and the sections that are texts (AWSTemplateFormatVersion); a section itself is not kept.
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
  if (!parser.isEnded) throw new Error('the JSON ends too early');
  if (!hasResources) throw new Error('the JSON is no CloudFormation template: it has no Resources');
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
