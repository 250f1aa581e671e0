import type { Destination } from '../../lib/contract/export-resource';
import type { ArtifactStore } from '../aws/artifact-store';
import type { ExportJob } from '../aws/quicksight-client';
import type { Clock } from '../core/clock';
import { TerminalError } from '../core/errors';
import type { Answer, Observation } from '../lifecycle/job-kind';
import { manifestKey } from './artifact-keys';
import type { ExportResourceRequest } from './export-request';
import { type Attributes, attributesOf, type DeletionMark, type Manifest, manifestOfFailure } from './manifest';
import { isDeletionMark, type ManifestStore, manifestStore } from './manifest-store';

export type ExportAnswer = Answer<Attributes>;

/** The outcome of a request in its manifest. The first outcome that is written counts for every delivery of the request. */
export interface RecordedAnswers {
  /**
   * The answer of an earlier delivery. Undefined when there is none, or when its artifact is not in the bucket.
   *
   * @throws TerminalError when the earlier delivery failed, or when CloudFormation has deleted the resource.
   */
  find(request: ExportResourceRequest): Promise<ExportAnswer | undefined>;
  /** Writes the manifest of a success. @throws TerminalError as `find`. */
  record(request: ExportResourceRequest, manifest: Manifest): Promise<ExportAnswer>;
  /** Writes the manifest of a failure, and returns its error, or the answer of another delivery that succeeded. */
  recordFailure(
    request: ExportResourceRequest,
    observation: Observation<ExportJob>,
    failure: string,
  ): Promise<TerminalError | ExportAnswer>;
}

export const answerOf = (request: ExportResourceRequest, manifest: Manifest): ExportAnswer => ({
  physicalResourceId: manifest.PhysicalResourceId,
  attributes: attributesOf(request, manifest),
});

export function recordedAnswers(storeOf: (destination: Destination) => ArtifactStore, clock: Clock): RecordedAnswers {
  const manifestsOf = ({ properties }: ExportResourceRequest): ManifestStore =>
    manifestStore(storeOf(properties), properties.ArtifactPrefix);

  async function read(
    request: ExportResourceRequest,
    stored: Manifest | DeletionMark,
  ): Promise<ExportAnswer | undefined> {
    if (isDeletionMark(stored)) {
      throw new TerminalError(
        `CloudFormation deleted the resource ${request.jobId} at ${stored.Deleted.Time}, before its export had ended. Deploy again to run a new export.`,
      );
    }
    if (stored.Failure !== undefined) throw new TerminalError(stored.Failure);
    return (await manifestsOf(request).hasArtifact(stored)) ? answerOf(request, stored) : undefined;
  }

  return {
    async find(request) {
      const stored = await manifestsOf(request).find(request.jobId, request);
      return stored && read(request, stored);
    },

    async record(request, manifest) {
      const stored = await manifestsOf(request).writeOnce(manifest);
      const answer = stored === manifest ? answerOf(request, manifest) : await read(request, stored);
      if (answer) return answer;
      const { ArtifactBucket, ArtifactPrefix } = request.properties;
      throw new TerminalError(
        `The manifest s3://${ArtifactBucket}/${manifestKey(ArtifactPrefix, request.jobId)} does not describe the artifact beside it. Deploy again to run a new export.`,
      );
    },

    async recordFailure(request, { job, time }, failure) {
      const manifest = manifestOfFailure(request, job, failure, { finished: time, answered: clock.now() });
      const stored = await manifestsOf(request).writeOnce(manifest);
      if (isDeletionMark(stored) || stored.Failure !== undefined) {
        return new TerminalError(isDeletionMark(stored) ? failure : (stored.Failure ?? failure));
      }
      return (await read(request, stored)) ?? new TerminalError(failure);
    },
  };
}
