import fc from 'fast-check';
import { classifyError } from '../../lambda/aws/classify-error';
import { assetArn, cloudFormationEvent, PROPERTIES } from '../../testing/cloudformation-events';
import { zip } from '../../testing/zip';
import { character } from '../support/character';
import { InMemoryDependencies } from '../support/in-memory-dependencies';
import { propertyOptions } from '../support/property-options';
import { responseTo } from '../support/provider-framework';

const SECRET = 'ZxSecretxZ';
const LINK = `https://quicksight-asset-bundle-export-job-us-east-1.s3.amazonaws.com/123456789012/${SECRET}/assetbundle.qs?X-Amz-Algorithm=AWS4&X-Amz-Security-Token=${SECRET}&X-Amz-Signature=${SECRET}`;
/** No invocation ends before this time. */
const FAR_FUTURE = 10 ** 15;

const ONE_MINUTE_CREATE = cloudFormationEvent('Create', {
  ResourceProperties: { ...PROPERTIES, TimeoutSeconds: '60' },
});

let bundle: Buffer;
beforeAll(async () => {
  bundle = await zip([{ path: 'dashboard/sales-overview.json', content: '{"name":"Sales"}' }]);
});

/** Text of any characters, up to many times the size of a response, with links in it. */
const piece = fc.oneof(
  fc.tuple(fc.string({ unit: character, maxLength: 10 }), fc.nat(150)).map(([text, times]) => text.repeat(times)),
  fc
    .constantFrom('\u0000', '"', '\\', '\n', '\u2028', '€', '𝄞', '👩‍👩‍👧‍👧')
    .chain((one) => fc.nat(1500).map((times) => one.repeat(times))),
  fc.constantFrom(` ${LINK} `, `(${LINK})`, `"${LINK}"`, `<${LINK}>`, `\n${LINK}\n`, `url=${LINK}`, `€${LINK}€`),
);
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

/** The response that CloudFormation receives. */
async function responseOf(
  dependencies: InMemoryDependencies,
  event = ONE_MINUTE_CREATE,
): Promise<Record<string, string>> {
  const body = await responseTo(event, {
    onEvent: (received) => dependencies.accept(received),
    isComplete: (received) => dependencies.isComplete(received, FAR_FUTURE),
  });
  expect(Buffer.byteLength(body, 'utf8')).toBeLessThanOrEqual(4096);
  // A lone surrogate does not survive the conversion to bytes.
  expect(Buffer.from(body, 'utf8').toString('utf8')).toBe(body);
  expect(body).not.toMatch(/\\ud[89a-f]/i);
  expect(body.includes(SECRET) || JSON.stringify(dependencies.logged).includes(SECRET)).toBe(false);
  const response = JSON.parse(body);
  // DescribeStackEvents responds in XML: https://www.w3.org/TR/xml/#charsets
  expect(response.Reason).toMatch(/^[\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
  return response;
}

test('the response to a failed job has at most 4,096 bytes and no link, whatever its errors contain', async () => {
  const errors = fc.array(
    fc.record({
      Arn: fc.constantFrom(assetArn('dashboard/one'), assetArn('dataset/two'), undefined),
      Type: text,
      Message: text,
    }),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(errors, text, async (Errors, reason) => {
      const dependencies = new InMemoryDependencies(bundle);
      dependencies.quickSight.change = (job) => job && { ...job, JobStatus: 'FAILED', Errors };
      dependencies.quickSight.definitionErrorsOf = () => [reason];
      const { Status, Reason } = await responseOf(dependencies);
      expect(Status).toBe('FAILED');
      expect(Reason).toMatch(
        /^The export job \S+ FAILED with \d errors? \(all in s3:\/\/artifacts\/assetbundle-\S+\.manifest\.json\):/,
      );
    }),
    propertyOptions(60),
  );
});

test('the response to a failed call has at most 4,096 bytes and no link, whatever the error contains', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom('AccessDeniedException', 'InvalidParameterValueException', 'ThrottlingException', 'TypeError'),
      async (message, name) => {
        const dependencies = new InMemoryDependencies(bundle);
        dependencies.quickSight.before = () => {
          throw classifyError(Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } }), {
            action: 'quicksight:StartAssetBundleExportJob',
            resource: 'job',
          });
        };
        const { Status, Reason } = await responseOf(dependencies);
        expect(Status).toBe('FAILED');
        expect(Reason).toContain(name);
      },
    ),
    propertyOptions(40),
  );
});

test('the response to an unexpected error has at most 4,096 bytes and no link', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (message) => {
      const dependencies = new InMemoryDependencies(bundle);
      dependencies.quickSight.before = () => {
        throw new RangeError(message);
      };
      expect((await responseOf(dependencies)).Reason).toContain('RangeError');
    }),
    propertyOptions(30),
  );
});

test('the response to a success has at most 4,096 bytes, or the request fails with the property to shorten', async () => {
  const prefix = fc
    .tuple(fc.string({ unit: character, minLength: 1, maxLength: 8 }), fc.nat(400))
    .map(([unit, times]) => unit.repeat(times))
    .filter((text) => Buffer.byteLength(text) <= 400 && !text.startsWith('/'));
  const event = fc.record({
    LogicalResourceId: fc.stringMatching(/^[A-Za-z0-9]{1,255}$/),
    ArtifactPrefix: prefix,
    versionId: fc.stringMatching(/^[\w.-]{1,1024}$/),
  });
  await fc.assert(
    fc.asyncProperty(event, async ({ LogicalResourceId, ArtifactPrefix, versionId }) => {
      const dependencies = new InMemoryDependencies(bundle);
      dependencies.bucket().nameOfVersion = () => versionId;
      const properties = { ...PROPERTIES, ArtifactPrefix };
      const { Status, Reason, Data } = await responseOf(dependencies, {
        ...cloudFormationEvent('Create', { ResourceProperties: properties }),
        LogicalResourceId,
      });
      if (Status === 'FAILED') expect(Reason).toMatch(/has \d+ bytes \(at most 4096\)\. Shorten the prefix/);
      else
        expect(Data).toMatchObject({
          ArtifactVersionId: versionId,
          ArtifactKey: expect.stringContaining(ArtifactPrefix),
        });
    }),
    propertyOptions(40),
  );
});

test('the response to a request that times out has the last observation and no link', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (message) => {
      const dependencies = new InMemoryDependencies(bundle);
      dependencies.quickSight.before = () => {
        throw classifyError(Object.assign(new Error(message), { name: 'SlowDown' }), { action: 'a', resource: 'r' });
      };
      expect((await responseOf(dependencies)).Reason).toMatch(
        /^The export job \S+ did not finish within 1 minutes?\. Last observation: a returned SlowDown(: |\.)/,
      );
    }),
    propertyOptions(10),
  );
});
