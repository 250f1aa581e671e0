import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SAMPLE_STACK_NAME } from '../bin/sample/stack';
import type { LocalCloudOptions } from '../local/cloud';
import { LocalCloud } from '../local/cloud';
import type { StandInOptions } from '../local/quicksight';
import { QuickSightStandIn } from '../local/quicksight';

export const STACK = SAMPLE_STACK_NAME;

/** A bootstrapped local cloud with the stand-in, and every DownloadUrl that the stand-in returned. */
export class Deployed {
  private constructor(
    public readonly cloud: LocalCloud,
    public readonly standIn: QuickSightStandIn,
    public readonly links: string[],
  ) {}

  public static async start(options: StandInOptions, cloudOptions: LocalCloudOptions = {}): Promise<Deployed> {
    const links: string[] = [];
    const standIn = new QuickSightStandIn(options);
    standIn.describeOverride = (answer) => {
      if (typeof answer.DownloadUrl === 'string') links.push(answer.DownloadUrl);
      return answer;
    };
    const { url } = await standIn.start();
    const cloud = await LocalCloud.start({ quickSightUrl: url, ...cloudOptions });
    await cloud.bootstrap();
    return new Deployed(cloud, standIn, links);
  }

  public async stop(): Promise<void> {
    await this.cloud.stop();
    await this.standIn.stop();
  }

  /** ARN of the function that CloudFormation invokes for the exports of a stack. */
  public async serviceToken(stack = STACK): Promise<string> {
    const { StackResources = [] } = await new CloudFormationClient(this.cloud.clientConfig()).send(
      new DescribeStackResourcesCommand({ StackName: stack }),
    );
    const found = StackResources.find(({ LogicalResourceId = '' }) =>
      /^AssetBundleExportProvider.*frameworkonEvent[0-9A-F]{8}$/.test(LogicalResourceId),
    );
    if (!found?.PhysicalResourceId) throw new Error(`The stack ${stack} has no export provider.`);
    return found.PhysicalResourceId;
  }

  public get s3(): S3Client {
    return new S3Client({ ...this.cloud.clientConfig(), forcePathStyle: true });
  }

  public async object(Bucket: string, Key: string, VersionId?: string): Promise<Buffer> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** Downloads the bundle of a job from the stand-in. */
  public async download(jobId: string): Promise<Buffer> {
    const link = this.links.filter((url) => url.includes(`/${jobId}/`)).at(-1) ?? '';
    return Buffer.from(await (await fetch(link)).arrayBuffer());
  }

  /** The logs, state machine histories and stack events of a deployment. */
  public async traces(): Promise<string> {
    const [logs, histories, events] = await Promise.all([
      this.cloud.lambdaLogs(),
      this.cloud.stateMachineHistories(),
      this.cloud.stackEvents(STACK),
    ]);
    if (logs.length === 0 || histories.length === 0 || events.length === 0)
      throw new Error('The deployment has no logs, histories or events.');
    return JSON.stringify([logs, histories, events]);
  }

  /** Expects that a text contains neither a link nor the signature of one. */
  public expectNoLinkIn(text: string): void {
    expect(this.links.length).toBeGreaterThan(0);
    for (const link of this.links) {
      const { searchParams, pathname } = new URL(link);
      expect(text).not.toContain(pathname);
      expect(text).not.toContain(searchParams.get('X-Amz-Signature'));
    }
    expect(text).not.toMatch(/X-Amz-Signature=(?!\*)/);
  }
}
