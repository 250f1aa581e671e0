export { ArtifactGrants } from './artifact/artifact-grants';
export { Artifact } from './artifact/bundle-artifact';
export * from './assets/quicksight-asset';
export * from './export/asset-bundle-export';
export * from './export/asset-bundle-export-props';
export * from './export/export-options';
export * from './export/export-trigger';
export * from './export/override-configuration';
export * from './export/override-properties';
