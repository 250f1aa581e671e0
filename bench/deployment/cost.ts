import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { IS_COMPLETE_MEMORY_MEGABYTES } from '../../lib/export/export-provider';
import { LocalCloud } from '../../local/cloud';
import { AssetCatalog } from '../../local/quicksight';
import { cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { FaultyProxy } from '../../testing/fault-proxy';
import { HandlerHarness } from '../../testing/handler-harness';
import type { Measurement } from '../measurement';
import { sum } from '../statistics';
import { DeploymentSetup } from './deployment-setup';
import { invocations } from './invocations';
import { dollars, PRICES, type Usage } from './prices';

const LENGTHS = [30, 60, 300];
const GOAL_LENGTHS = [30, 300];
const USUAL_SECONDS = 2;

/** Memory sizes of isComplete for which the price is computed from the counted durations, in MB. */
const MEMORY_MEGABYTES = [192, 256, 320, 512, 768, 1024];

/** Six significant digits, without the rounding errors of floating point. */
const price = (dollars: number): string => String(Number(dollars.toPrecision(6)));

interface Counts extends Usage {
  readonly provider: string;
  readonly seconds: number;
  /** Duration of isComplete. Undefined for the usual handler. */
  readonly isCompleteSeconds?: number;
}

export const cost: Measurement = {
  id: 'P8',
  title: 'AWS cost of one export',
  method: `
The deployed provider on the local cloud runs exports of ${LENGTHS.join(', ')} s, ours and the usual handler with a waiter of ${USUAL_SECONDS} s (see P1). The logs of the functions report the invocations and their durations, those of the framework included. The histories of the waiters contain the transitions: each state and each retry is one. A proxy in front of S3 counts our requests. The usual handler sends one PutObject.

Prices are those of us-east-1: $${price(PRICES.lambdaRequest * 1e6)} per million requests, $${price(PRICES.lambdaGigabyteSecond.arm64)} (arm64) and $${price(PRICES.lambdaGigabyteSecond.x86)} (x86) per GB-second, $${price(PRICES.transition * 1e6)} per million transitions, $${price(PRICES.s3Write * 1000)} and $${price(PRICES.s3Read * 1000)} per thousand writes and reads. Storage, logs and QuickSight are not included. The usual handler writes more logs. A call over a real network takes longer than on the local cloud. This makes only the usual handler more expensive, because each of its calls is billed time, and ours is billed while it waits anyway.

The function isComplete has ${IS_COMPLETE_MEMORY_MEGABYTES} MB. The last rows are computed: the same export, with the counted duration of isComplete at another memory size.`,
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
  // Only isComplete has this memory size.
  const ofIsComplete = ran.filter(({ memoryMegabytes }) => memoryMegabytes === IS_COMPLETE_MEMORY_MEGABYTES);
  return {
    provider,
    seconds,
    ...(isOurs && { isCompleteSeconds: sum(ofIsComplete.map((each) => (each.end - each.begin) / 1000)) }),
    invocations: ran.length,
    // Ours and the framework's functions of our provider run on arm64. Those of the usual handler run on x86, the default.
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

/** The same export with another memory size of isComplete. */
const withMemory = (counts: Counts, memoryMegabytes: number): Counts => ({
  ...counts,
  gigabyteSeconds:
    counts.gigabyteSeconds +
    (counts.isCompleteSeconds ?? 0) * ((memoryMegabytes - IS_COMPLETE_MEMORY_MEGABYTES) / 1024),
});

function measured(counts: readonly Counts[]) {
  const of = (seconds: number) => {
    const [ours, usual] = counts.filter((each) => each.seconds === seconds) as [Counts, Counts];
    return { ours, usual, ratio: dollars(ours) / dollars(usual) };
  };
  const row = (name: string, each: Counts) => [
    `${name}, ${each.seconds} s`,
    each.invocations,
    each.gigabyteSeconds.toFixed(2),
    each.transitions,
    `${each.s3Writes} / ${each.s3Reads}`,
    (dollars(each) * 1000).toFixed(3),
    (dollars(each) / dollars(of(each.seconds).usual)).toFixed(2),
  ];
  return {
    table: {
      columns: [
        'export',
        'invocations',
        'GB-seconds',
        'transitions',
        'S3 writes / reads',
        'dollars per 1,000',
        'to the usual handler',
      ],
      rows: [
        ...counts.map((each) => row(each.provider === 'Ours' ? 'ours' : `usual ${USUAL_SECONDS} s`, each)),
        ...LENGTHS.flatMap((seconds) =>
          MEMORY_MEGABYTES.map((megabytes) => row(`with ${megabytes} MB`, withMemory(of(seconds).ours, megabytes))),
        ),
      ],
    },
    goals: GOAL_LENGTHS.map((seconds) => ({
      goal: `a job of ${seconds} s costs at most half of the usual handler with a waiter of ${USUAL_SECONDS} s`,
      reached: `$${dollars(of(seconds).ours).toFixed(6)}, ${of(seconds).ratio.toFixed(2)} ×`,
      met: of(seconds).ratio <= 0.5,
    })),
    raw: counts,
  };
}
