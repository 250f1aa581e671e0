/** Name and description of the argument that every reading command has. */
export const BUNDLE_ARGUMENT = [
  '<bundle>',
  'a .qs file, an unpacked folder, a template, or s3://bucket/key[?versionId=...]',
] as const;

export const JSON_OPTION = ['--json', 'print JSON for programs (docs/reference/cli-output.schema.json)'] as const;
