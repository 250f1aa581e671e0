import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { LocalCloud } from '../../local/cloud';
import { AssetCatalog } from '../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { FaultyProxy } from '../../testing/fault-proxy';
import { HandlerHarness } from '../../testing/handler-harness';
import type { Measurement } from '../measurement';
import { sum } from '../statistics';
import { DeploymentSetup } from './deployment-setup';
import { invocations } from './invocations';

const LENGTHS = [30, 300];
const USUAL_SECONDS = 2;

/** Prices of AWS in us-east-1 in November 2026, in US dollars: Lambda, Step Functions Standard, S3 Standard. */
const PRICES = {
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: { arm64: 0.0000133334, x86: 0.0000166667 },
  transition: 0.000025,
  s3Write: 0.005e-3,
  s3Read: 0.0004e-3,
};

/** Six significant digits, without the rounding errors of floating point. */
const price = (dollars: number): string => String(Number(dollars.toPrecision(6)));

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
The deployed provider on the local cloud runs one export of ${LENGTHS.join(' s and one of ')} s, ours and the usual handler with a waiter of ${USUAL_SECONDS} s (see P1). The logs of the functions report the invocations and their durations, those of the framework included. The histories of the waiters contain the transitions: each state and each retry is one. A proxy in front of S3 counts our requests. The usual handler sends one PutObject.

Prices are those of us-east-1: $${price(PRICES.lambdaRequest * 1e6)} per million requests, $${price(PRICES.lambdaGigabyteSecond.arm64)} (arm64) and $${price(PRICES.lambdaGigabyteSecond.x86)} (x86) per GB-second, $${price(PRICES.transition * 1e6)} per million transitions, $${price(PRICES.s3Write * 1000)} and $${price(PRICES.s3Read * 1000)} per thousand writes and reads. Storage, logs and QuickSight are not included. The usual handler writes more logs. A call over a real network takes longer than on the local cloud. This makes only the usual handler more expensive, because each of its calls is billed time, and ours is billed while it waits anyway.`,
  async measure(progress) {
    const setup = await DeploymentSetup.start({ usualIntervals: [USUAL_SECONDS] });
    try {
      const counts: Counts[] = [];
      for (const seconds of LENGTHS) {
        for (const provider of ['Ours', `Usual${USUAL_SECONDS}`]) {
          counts.push(await counted(setup, provider, seconds));
          progress(`${provider} ${seconds} s: $${dollars(counts.at(-1) as Counts).toFixed(6)}`);
        }
      }
      return measured(counts);
    } finally {
      await setup.stop();
    }
  },
};

async function counted(setup: DeploymentSetup, provider: string, seconds: number): Promise<Counts> {
  const begin = Date.now();
  await setup.export(provider, seconds * 1000);
  const { cloud } = setup.deployed;
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
    // Our functions run on arm64. The functions of the provider framework run on x86 by default.
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

/** Methods of our requests to S3, counted in a separate export. */
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
      goal: `a job of ${seconds} s costs at most half of the usual handler with a waiter of ${USUAL_SECONDS} s`,
      reached: `$${of(seconds).ours.toFixed(6)}, ${of(seconds).ratio.toFixed(2)} ×`,
      met: of(seconds).ratio <= 0.5,
    })),
    raw: counts,
  };
}
