import { Duration, Size, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ArtifactPermissions } from '../artifact/artifact-permissions';
import { JobProvider } from '../provider/job-provider';
import { KeyPermissions } from '../provider/key-permissions';
import { ExportPermissions } from './export-permissions';
import { warnOfRetainedExports } from './retain-warning';

const ID = 'AssetBundleExportProvider';

/**
 * Memory size of isComplete, in MB. It also sets the processor share, 0.145 vCPU. A copy needs less memory: the size is the
 * smallest that answers soon enough, and a larger one costs too much. docs/decisions/0013-memory-size.md.
 */
export const IS_COMPLETE_MEMORY_MEGABYTES = 256;

/**
 * Half of the memory is for the heap. The rest is for Node.js, code and the buffers of a copy. A small semi-space makes Node.js
 * free these buffers early. With the flags that Lambda sets by default, a copy of 1 GiB needs far more memory:
 * docs/reference/performance.md, P4.
 */
export const IS_COMPLETE_HEAP_FLAGS = [
  `--max-old-space-size=${IS_COMPLETE_MEMORY_MEGABYTES / 2}`,
  '--max-semi-space-size=1',
];

/** The provider that all exports of a stack share. */
export class ExportProvider extends JobProvider {
  public static getOrCreate(scope: IConstruct): ExportProvider {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as ExportProvider | undefined) ?? new ExportProvider(stack);
  }

  public readonly permissions: ExportPermissions;
  public readonly artifacts: ArtifactPermissions;
  public readonly keys: KeyPermissions;

  private constructor(stack: Stack) {
    super(stack, ID, {
      serviceName: 'quicksight-asset-bundle-export',
      onEvent: { handler: 'on-event', description: 'QuickSight asset bundle export: chooses the id of the export job' },
      isComplete: {
        handler: 'is-complete',
        description: 'QuickSight asset bundle export: runs the export job and copies the bundle to S3',
        memorySize: IS_COMPLETE_MEMORY_MEGABYTES,
        environment: { NODE_OPTIONS: IS_COMPLETE_HEAP_FLAGS.join(' ') },
        // The bundle is downloaded to /tmp before it is stored. It has at most 1 GiB.
        ephemeralStorageSize: Size.mebibytes(1536),
        // Polls for up to 90 s, then copies and reads the bundle: 1 GiB at 4 MiB/s, and a minute of margin.
        timeout: Duration.minutes(7),
      },
    });
    this.permissions = new ExportPermissions(this.isCompleteRole);
    this.artifacts = new ArtifactPermissions(this.isCompleteRole);
    this.keys = new KeyPermissions(this.isCompleteRole);
    warnOfRetainedExports(stack);
  }
}
