import { HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { report } from './report';

/** The shortest program that copies: without a hash, verification or resumption. */
const [link = '', Bucket = '', Key = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const s3 = new S3Client({});
  await s3.send(new HeadBucketCommand({ Bucket }));
  await report(async () => {
    const response = await fetch(link);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(await response.arrayBuffer()) }));
  });
}

void main();
