import * as v from 'valibot';

/*
 * The form of a manifest. Everybody who may write to the bucket may write a manifest, so nothing of it is used before it has
 * this form. Other members are not used.
 */

export const MANIFEST_VERSION = 1;

const text = v.string();
const time = v.pipe(text, v.isoTimestamp());
const hex = v.pipe(text, v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The members that every object under the key of a manifest has. */
const OWNER = {
  ManifestVersion: v.literal(MANIFEST_VERSION),
  PhysicalResourceId: text,
  StackId: text,
  LogicalResourceId: text,
};

const released = v.object({ Time: time, RequestId: text });

export const manifestSchema = v.object({
  ...OWNER,
  PreviousPhysicalResourceId: v.optional(text),
  RequestId: text,
  PropertiesDigest: hex,
  Job: v.object({ Warnings: v.optional(v.nullable(v.array(v.unknown()))) }),
  Timings: v.object({ RequestedTime: time, CreatedTime: v.optional(time), FinishedTime: time, AnsweredTime: time }),
  Artifact: v.optional(
    v.object({
      Bucket: text,
      Key: text,
      VersionId: v.pipe(text, v.nonEmpty()),
      Size: count,
      Sha256: hex,
      ContentDigest: v.pipe(text, v.regex(/^(v\d+:)?[0-9a-f]{64}$/)),
    }),
  ),
  Assets: v.optional(v.array(v.object({ Type: text, Id: text }))),
  Failure: v.optional(text),
  Released: v.optional(released),
});

/** The mark that a Delete leaves for a Create that still runs. */
export const deletionMarkSchema = v.object({ ...OWNER, Deleted: released });
