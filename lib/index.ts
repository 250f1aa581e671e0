export { Artifact } from './artifact';
export { ArtifactGrants } from './artifact-grants';
export * from './asset-bundle-export';
export * from './asset-bundle-export-props';
export * from './export-options';
export * from './export-trigger';
export * from './override-configuration';
export * from './override-properties';
export * from './quicksight-asset';
