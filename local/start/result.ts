import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import Table from 'cli-table3';
import type { LocalCloud } from '../cloud';
import { PROJECT } from '../cloud';

const BORDER_CHARACTERS = 3;

export type Outputs = Readonly<Record<string, string>>;

/** A table of the outputs that fits the width of the terminal. */
export function table(outputs: Outputs, width: number | undefined = process.stdout.columns): string {
  const noLinesBetween = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
  const names = 2 + Math.max(...['Output', ...Object.keys(outputs)].map((name) => name.length));
  const longest = 2 + Math.max(...['Value', ...Object.values(outputs)].map((value) => value.length));
  const values = Math.min(longest, Math.max(20, (width ?? Infinity) - names - BORDER_CHARACTERS));
  const rows = new Table({
    head: ['Output', 'Value'],
    colWidths: [names, values],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
    chars: noLinesBetween,
  });
  rows.push(...Object.entries(outputs));
  return rows.toString();
}

export interface SavedFile {
  /** Path relative to the working directory. */
  readonly path: string;
  readonly content: Buffer;
}

/** Copies the bundle and its manifest from the local cloud, which stops with this process. */
export async function save(cloud: LocalCloud, outputs: Outputs): Promise<{ bundle: SavedFile; manifest: SavedFile }> {
  const Bucket = output(outputs, 'ArtifactBucket');
  const bundle = await copy(cloud, {
    Bucket,
    Key: output(outputs, 'ArtifactKey'),
    VersionId: output(outputs, 'ArtifactVersionId'),
  });
  const digest = output(outputs, 'ArtifactSha256');
  if (createHash('sha256').update(bundle.content).digest('hex') !== digest) {
    throw new Error(
      `The SHA-256 of the bundle in S3 is not ${digest}, the output ArtifactSha256. The local cloud may be defective.`,
    );
  }
  return { bundle, manifest: await copy(cloud, { Bucket, Key: output(outputs, 'ManifestKey') }) };
}

/** Copies the manifests that a failure names. Ignores errors, so that they do not hide the failure. */
export async function saveManifests(cloud: Pick<LocalCloud, 'clientConfig'>, failure: string): Promise<SavedFile[]> {
  const uris = [...failure.matchAll(/s3:\/\/([^/\s]+)\/(\S+\.manifest\.json)/g)];
  const copies = await Promise.allSettled(uris.map(([, Bucket, Key = '']) => copy(cloud, { Bucket, Key })));
  return copies.flatMap((copied) => (copied.status === 'fulfilled' ? [copied.value] : []));
}

async function copy(
  cloud: Pick<LocalCloud, 'clientConfig'>,
  object: { Bucket: string | undefined; Key: string; VersionId?: string },
): Promise<SavedFile> {
  const client = new S3Client({ ...cloud.clientConfig() });
  const folder = join(PROJECT, '.local', 'bundles');
  try {
    const { Body } = await client.send(new GetObjectCommand(object));
    const content = Buffer.from((await Body?.transformToByteArray()) ?? []);
    const path = join(folder, basename(object.Key));
    await mkdir(folder, { recursive: true });
    await writeFile(path, content);
    return { path: relative(process.cwd(), path), content };
  } finally {
    client.destroy();
  }
}

function output(outputs: Outputs, name: string): string {
  const value = outputs[name];
  if (value === undefined)
    throw new Error(
      `The stack has no output ${name}. Its outputs are ${Object.keys(outputs).join(', ') || 'missing'}.`,
    );
  return value;
}
