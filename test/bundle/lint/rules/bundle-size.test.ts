import { findingsOf, type LintInput, qsFile, template } from '../../../support/lint-input';

const sized = (sizeBytes: number): LintInput => qsFile([], { sizeBytes });

// Body: 20971520 bytes in the service model. S3Uri: 1 GB on the page AssetBundleImportSource.
test.each([
  ['bundle-size-body', 'warning', 20_971_520],
  ['bundle-size', 'error', 1_000_000_000],
])('%s reports a bundle over its limit', async (ruleId, severity, limit) => {
  const findings = await findingsOf(ruleId, sized(limit + 1));
  expect(findings).toMatchObject([{ severity, message: expect.stringContaining(`${limit + 1} bytes`) }]);
  expect(findings[0]).not.toHaveProperty('asset');
  expect(await findingsOf(ruleId, sized(limit))).toEqual([]);
});

/** A folder has no hash. */
function withoutHash(inventory: LintInput['inventory']): LintInput['inventory'] {
  const { format, contentDigest, sizeBytes, assets, unknown } = inventory;
  return { format, contentDigest, sizeBytes, assets, unknown };
}

test('a folder and a template have no limit of an import', async () => {
  const { inventory, parts } = sized(2_000_000_000);
  expect(await findingsOf('bundle-size', { inventory: withoutHash(inventory), parts })).toEqual([]);
  expect(await findingsOf('bundle-size', template([], {}, { sizeBytes: 2_000_000_000 }))).toEqual([]);
});
