import { randomInt, randomUUID } from 'node:crypto';
import { getPriority, setPriority } from 'node:os';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import type { Guarded } from '../../local/cloud/guarded';
import { AssetCatalog, QuickSightStandIn } from '../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { type Bundle, CopySetup, startServer } from '../copy/copy-setup';
import { BUCKET } from '../copy/gateway';
import { type Certificate, createCertificate } from './certificate';
import { FunctionProcess } from './function-process';

/** Higher than other processes of the machine: the processor share of the function limits it, and nothing else does. */
const PRIORITY = -15;

/** A job is longer by a random time up to this one, so that its end has no fixed phase relative to the polls. */
export const MIN_JOB_MS = 2_000;
export const MAX_JITTER_MS = 2_500;

/** One export. Times are in milliseconds. */
export interface Exported {
  /** From the end of the job to the Describe call that reports it. */
  readonly waitedMs: number;
  /** From that call to the answer of isComplete: copy, manifest and answer. */
  readonly workedMs: number;
  /** Processor time of the whole invocation. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** The services of AWS that isComplete calls, over TLS on the loopback interface, and the functions. */
export class FunctionSetup {
  private readonly links = new Map<string, string>();

  private constructor(
    private readonly copies: CopySetup,
    private readonly standIn: QuickSightStandIn,
    private readonly tls: Guarded,
    private readonly origins: { readonly s3: string; readonly quickSight: string },
    private readonly certificate: Certificate,
    private readonly priority: number,
  ) {
    standIn.describeOverride = (answer, { jobId }) =>
      answer.DownloadUrl === undefined ? answer : { ...answer, DownloadUrl: this.links.get(jobId) };
  }

  public static async start(): Promise<FunctionSetup> {
    const priority = getPriority();
    setPriority(PRIORITY);
    const copies = await CopySetup.prepare();
    const standIn = new QuickSightStandIn({
      assets: new AssetCatalog().add('dashboard/sales-overview', {
        resourceType: 'dashboard',
        dashboardId: 'sales-overview',
        name: 'Sales overview',
      }),
      durationsOf: () => ({ queuedMs: 0, runningMs: MIN_JOB_MS + randomInt(MAX_JITTER_MS) }),
    });
    try {
      const { port } = await standIn.start();
      const certificate = await createCertificate(copies.folder);
      const s3Port = new URL(copies.gateway.endpoint).port;
      const { server, origins } = await startServer(copies.program('tls').script, [
        certificate.certificate,
        certificate.key,
        s3Port,
        String(port),
        copies.folder,
      ]);
      const [s3 = '', quickSight = ''] = origins;
      return new FunctionSetup(copies, standIn, server, { s3, quickSight }, certificate, priority);
    } catch (error) {
      await standIn.stop();
      await copies.end();
      throw error;
    }
  }

  public async stop(): Promise<void> {
    await this.tls.stop();
    await this.standIn.stop();
    await this.copies.end();
    setPriority(this.priority);
  }

  public bundle(...args: Parameters<CopySetup['bundle']>): Promise<Bundle> {
    return this.copies.bundle(...args);
  }

  /** A new function with a memory size. Its next export is the first one after a cold start. */
  public function(
    memoryMegabytes: number,
    heapFlags: readonly string[] = this.copies.heapFlags,
  ): Promise<FunctionProcess> {
    const { node, script } = this.copies.program('function');
    return FunctionProcess.start(node, script, memoryMegabytes, {
      ...process.env,
      ...this.copies.gateway.environment,
      AWS_ENDPOINT_URL_S3: this.origins.s3,
      AWS_ENDPOINT_URL_QUICKSIGHT: this.origins.quickSight,
      NODE_EXTRA_CA_CERTS: this.certificate.certificate,
      NODE_OPTIONS: heapFlags.join(' '),
    });
  }

  /** Exports once. The job produces `bundle`. */
  public async export(fn: FunctionProcess, { link, facts }: Bundle): Promise<Exported> {
    const event = cloudFormationEvent('Create', {
      RequestId: randomUUID(),
      ResourceProperties: { ...PROPERTIES, ArtifactBucket: BUCKET },
    });
    const jobId = jobIdOf(event);
    this.links.set(jobId, new URL(new URL(link).pathname, this.origins.quickSight).href);
    const invoked = await fn.invoke({ ...event, PhysicalResourceId: jobId, RequestedTime: Date.now() });
    const { answered, cpuSeconds, peakBytes, result, error } = invoked;
    if (!result?.IsComplete) throw new Error(`isComplete did not export: ${error ?? 'it has not finished'}`);
    const data = result.Data as { readonly ArtifactKey: string; readonly ArtifactSha256: string };
    if (data.ArtifactSha256 !== facts.sha256)
      throw new Error(`The artifact has the SHA-256 ${data.ArtifactSha256}, expected ${facts.sha256}.`);
    await this.copies.gateway.remove(data.ArtifactKey);
    const successful = this.standIn.jobs.find(({ job }) => job.id === jobId)?.job.ends ?? NaN;
    const noticed =
      this.standIn.requests
        .filter(({ operation, jobId: id }) => operation === 'DescribeAssetBundleExportJob' && id === jobId)
        .at(-1)?.at ?? NaN;
    return { waitedMs: noticed - successful, workedMs: answered - noticed, cpuSeconds, peakBytes };
  }
}
