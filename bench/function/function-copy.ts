import { MIB } from '../copy/copy-setup';
import type { Measured, Measurement } from '../measurement';
import { median } from '../statistics';
import { processorShare } from './processor-share';
import { grouped, nameOf, type Sample, samples } from './samples';
import { Sandbox } from './sandbox';

export const functionCopy: Measurement = {
  id: 'P3b',
  title: 'Throughput of the copy, with the processor share of Lambda',
  method: `
The work of the exports of P1b, from the Describe that reports SUCCESSFUL to the answer of isComplete: download, verification, upload, manifest and answer, all over TLS. Medians. The throughput is the size of the bundle divided by that time. *CPU* is the processor time of a whole warm invocation, the polls included.`,
  unavailable: () => Sandbox.unavailable(),
  async measure(progress) {
    return summary(await samples(progress));
  },
};

const seconds = (group: readonly Sample[]): number => median(group.map(({ workedMs }) => workedMs)) / 1000;

function summary(all: readonly Sample[]): Measured {
  return {
    table: {
      columns: ['memory', 'vCPU', 'bundle', 'content', 'copy, cold', 'warm', 'MiB/s, cold', 'warm', 'CPU, warm'],
      rows: grouped(all).map((group) => {
        const [{ memoryMegabytes, bundle }] = group as [Sample];
        const [cold, warm] = [true, false].map((isCold) => group.filter((sample) => sample.isCold === isCold)) as [
          Sample[],
          Sample[],
        ];
        const throughput = (of: readonly Sample[]) => (bundle.size / MIB / seconds(of)).toFixed(2);
        return [
          `${memoryMegabytes} MB`,
          processorShare(memoryMegabytes).toFixed(3),
          `${bundle.mebibytes} MiB, ${bundle.packing}`,
          nameOf(bundle),
          `${seconds(cold).toFixed(2)} s`,
          `${seconds(warm).toFixed(2)} s`,
          throughput(cold),
          throughput(warm),
          `${median(warm.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2)} s`,
        ];
      }),
    },
    goals: [],
    raw: all,
  };
}
