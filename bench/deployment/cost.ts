import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { LocalCloud } from '../../local/cloud';
import { AssetCatalog } from '../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { FaultyProxy } from '../../testing/fault-proxy';
import { HandlerHarness } from '../../testing/handler-harness';
import type { Measurement } from '../measurement';
import { sum } from '../statistics';
import { invocations } from './invocations';
import { Scene } from './scene';

const LENGTHS = [30, 300];
const USUAL_SECONDS = 2;

/** US dollars, us-east-1, as AWS lists them in November 2026: Lambda, Step Functions Standard, S3 Standard. */
const PRICES = {
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: { arm64: 0.0000133334, x86: 0.0000166667 },
  transition: 0.000025,
  s3Write: 0.005e-3,
  s3Read: 0.0004e-3,
};

interface Counts {
  readonly provider: string;
  readonly seconds: number;
  readonly invocations: number;
  readonly architecture: keyof typeof PRICES.lambdaGigabyteSecond;
  readonly gigabyteSeconds: number;
  readonly transitions: number;
  readonly s3Writes: number;
  readonly s3Reads: number;
}

export const cost: Measurement = {
  id: 'P8',
  title: 'AWS cost of one export',
  method: `
One export of ${LENGTHS.join(' s and one of ')} s through the deployed provider on the local cloud, ours and the usual handler at ${USUAL_SECONDS} s ticks (see P1). Invocations and their durations are those that the functions' logs report, the framework's included, transitions those of the waiters' histories (each state and each retry counts); S3 requests of ours are counted by a proxy before S3, those of the usual handler are its one PutObject. Prices are those of us-east-1: $${PRICES.lambdaRequest * 1e6} per million requests, $${PRICES.lambdaGigabyteSecond.arm64} (arm64) and $${PRICES.lambdaGigabyteSecond.x86} (x86) per GB-second, $${PRICES.transition * 1e6} per million transitions, $${PRICES.s3Write * 1000} and $${PRICES.s3Read * 1000} per thousand writes and reads. Not counted: storage, logs (the usual handler's are more), and what QuickSight costs. A call over a real network takes longer than here, which weighs on the usual handler alone: it is billed for each of its calls, and ours waits in any case.`,
  async measure(progress) {
    const scene = await Scene.start({ usualIntervals: [USUAL_SECONDS] });
    try {
      const counts: Counts[] = [];
      for (const seconds of LENGTHS) {
        for (const provider of ['Ours', `Usual${USUAL_SECONDS}`]) {
          counts.push(await counted(scene, provider, seconds));
          progress(`${provider} ${seconds} s: ${dollars(counts.at(-1) as Counts).toFixed(6)} dollars`);
        }
      }
      return measured(counts);
    } finally {
      await scene.stop();
    }
  },
};

async function counted(scene: Scene, provider: string, seconds: number): Promise<Counts> {
  const begin = Date.now();
  await scene.export(provider, seconds * 1000);
  const { cloud } = scene.deployed;
  const ran = invocations(await cloud.lambdaLogs()).filter(({ end }) => end >= begin);
  const histories = (await cloud.stateMachineHistories()).filter(
    ({ events }) => (events[0]?.timestamp?.getTime() ?? 0) >= begin,
  );
  const isOurs = provider === 'Ours';
  const methods = isOurs ? await s3Methods(seconds) : ['PUT'];
  return {
    provider,
    seconds,
    invocations: ran.length,
    // All of ours run on arm64; the provider framework's functions run on x86 unless they are told otherwise.
    architecture: isOurs ? 'arm64' : 'x86',
    gigabyteSeconds: sum(
      ran.map(({ begin: from, end, memoryMegabytes }) => ((end - from) / 1000) * (memoryMegabytes / 1024)),
    ),
    transitions: sum(
      histories.map(
        ({ events }) =>
          events.filter(({ type = '' }) => /^(TaskScheduled|LambdaFunctionScheduled|ExecutionStarted)$/.test(type))
            .length,
      ),
    ),
    s3Writes: methods.filter((method) => method === 'PUT' || method === 'POST').length,
    s3Reads: methods.filter((method) => method === 'GET' || method === 'HEAD').length,
  };
}

/** The requests of ours to S3, in a time of its own. */
async function s3Methods(seconds: number): Promise<string[]> {
  const cloud = await LocalCloud.start();
  const proxy = await FaultyProxy.before(cloud.endpoint);
  const bucket = `cost-${randomUUID()}`;
  const s3 = new S3Client({ ...cloud.clientConfig(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const assets = new AssetCatalog().add('dashboard/sales-overview', {
    resourceType: 'dashboard',
    dashboardId: 'sales-overview',
    name: 'Sales overview',
  });
  const harness = await HandlerHarness.start(
    cloud.endpoint,
    bucket,
    { assets, durations: { queuedMs: 0, runningMs: seconds * 1000 } },
    proxy.endpoint,
  );
  try {
    await harness.deliver(
      cloudFormationEvent('Create', { ResourceProperties: { ...PROPERTIES, ArtifactBucket: bucket } }),
    );
    return proxy.methods;
  } finally {
    await harness.stop();
    await proxy.stop();
    await cloud.stop();
  }
}

function dollars({
  invocations: requests,
  architecture,
  gigabyteSeconds,
  transitions,
  s3Writes,
  s3Reads,
}: Counts): number {
  return (
    requests * PRICES.lambdaRequest +
    gigabyteSeconds * PRICES.lambdaGigabyteSecond[architecture] +
    transitions * PRICES.transition +
    s3Writes * PRICES.s3Write +
    s3Reads * PRICES.s3Read
  );
}

function measured(counts: readonly Counts[]) {
  const of = (seconds: number) => {
    const [ours, usual] = counts.filter((each) => each.seconds === seconds).map(dollars) as [number, number];
    return { ours, ratio: ours / usual };
  };
  return {
    table: {
      columns: ['export', 'invocations', 'GB-seconds', 'transitions', 'S3 writes / reads', 'dollars per 1,000'],
      rows: counts.map((each) => [
        `${each.provider === 'Ours' ? 'ours' : `usual ${USUAL_SECONDS} s`}, ${each.seconds} s`,
        each.invocations,
        each.gigabyteSeconds.toFixed(2),
        each.transitions,
        `${each.s3Writes} / ${each.s3Reads}`,
        (dollars(each) * 1000).toFixed(3),
      ]),
    },
    goals: LENGTHS.map((seconds) => ({
      goal: `a job of ${seconds} s costs at most half of the usual handler's at ${USUAL_SECONDS} s ticks`,
      reached: `$${of(seconds).ours.toFixed(6)}, ${of(seconds).ratio.toFixed(2)} ×`,
      met: of(seconds).ratio <= 0.5,
    })),
    raw: counts,
  };
}
