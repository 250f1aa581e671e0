import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../../build/generate-overrides';
import { generatedSources } from '../../build/generate-overrides';
import exportModel from '../../local/quicksight/model/export-model.json';

/** The service model with other values for the enum of the theme properties. */
const withThemeProperties = (values: string[]): Model => ({
  ...exportModel,
  shapes: { ...exportModel.shapes, AssetBundleExportJobThemePropertyToOverride: { type: 'string', enum: values } },
});

test('the generated sources are those of the repository', () => {
  const sources = generatedSources();
  const inRepository = Object.keys(sources).map((path) => [
    path,
    readFileSync(join(__dirname, '..', '..', path), 'utf8'),
  ]);
  // When this fails: npm run generate
  expect(sources).toEqual(Object.fromEntries(inRepository));
  expect(Object.keys(sources)).toHaveLength(2);
});

test('a new property of the service becomes a member of the enum and of the contract', () => {
  const sources = generatedSources(withThemeProperties(['Name', 'RoleArn']));
  expect(sources['lib/contract/export-overrides.generated.ts']).toContain("  Themes: ['Name', 'RoleArn'],\n");
  expect(sources['lib/export/overrides.generated.ts']).toContain(
    [
      'export enum ThemePropertyToOverride {',
      '  /** Name of the theme. */',
      "  NAME = 'Name',",
      '',
      '  /** ARN of the IAM role that QuickSight uses for the theme. */',
      "  ROLE_ARN = 'RoleArn',",
      '}',
    ].join('\n'),
  );
});

test('a property without a description is an error', () => {
  expect(() => generatedSources(withThemeProperties(['Colour']))).toThrow(
    'The property Colour has no description. Add it to DESCRIPTIONS.',
  );
});

test('a list without a noun is an error', () => {
  const name = 'AssetBundleCloudFormationOverridePropertyConfiguration';
  const { members } = exportModel.shapes[name];
  const shapes = { ...exportModel.shapes, [name]: { type: 'structure', members: { Spaces: members.Themes } } };
  expect(() => generatedSources({ ...exportModel, shapes })).toThrow('The list Spaces has no noun. Add it to NOUNS.');
});

test('lists with different limits are an error', () => {
  const name = 'AssetBundleExportJobThemeOverridePropertiesList';
  const shapes = { ...exportModel.shapes, [name]: { ...exportModel.shapes[name], max: 20 } };
  expect(() => generatedSources({ ...exportModel, shapes })).toThrow(/The limits differ: .*20/);
});
