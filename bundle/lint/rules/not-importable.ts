import { forTypes, type LintRule } from '../lint-rule';
import { physicalTables } from '../physical-tables';

/** StartAssetBundleExportJob and the developer guide, "Asset bundle export operations": sources that cannot be exported. */
const UNSUPPORTED_KINDS = new Set(['ADOBE_ANALYTICS', 'FILE', 'GITHUB', 'JIRA', 'SALESFORCE', 'SERVICENOW', 'TWITTER']);

export const isUnsupportedKind = (kind: string): boolean => UNSUPPORTED_KINDS.has(kind);

export const UNSUPPORTED_DATA_SOURCE: LintRule = {
  id: 'unsupported-data-source',
  severity: 'error',
  remedy:
    'Load the data into a supported source, for example Amazon S3 or Athena, or create the data source in the target.',
  checkAsset: forTypes(['datasource'], function* ({ properties }) {
    const kind = properties.get('type');
    if (kind.text === undefined || !isUnsupportedKind(kind.text)) return;
    yield { path: kind.pointer, message: `Asset bundles do not support data sources of the type ${kind.text}.` };
  }),
};

export const UPLOADED_MANIFEST: LintRule = {
  id: 'uploaded-manifest',
  severity: 'error',
  remedy: 'Store the manifest file in a bucket, and configure the data source with its location.',
  checkAsset: forTypes(['datasource'], function* ({ properties }) {
    const parameters = properties.get('dataSourceParameters', 's3Parameters');
    if (properties.get('type').text !== 'S3' || parameters.get('manifestFileLocation').exists) return;
    yield {
      path: parameters.exists ? parameters.pointer : properties.pointer,
      message: 'The S3 data source has an uploaded manifest file, which is not part of a bundle.',
    };
  }),
};

export const UNSUPPORTED_DATA_SET: LintRule = {
  id: 'unsupported-data-set',
  severity: 'error',
  remedy: 'Build the data set on a supported source, for example Amazon S3 or Athena.',
  checkAsset: forTypes(['dataset'], function* ({ asset, properties }, { findAsset }) {
    const sources = asset.references.map(({ type, id }) => findAsset(type, id)).filter((found) => found !== undefined);
    for (const { id, facts } of sources) {
      const { dataSourceKind } = facts;
      if (dataSourceKind === undefined || !isUnsupportedKind(dataSourceKind)) continue;
      yield {
        message: `The data set reads the data source ${id} of the type ${dataSourceKind}, which bundles do not support.`,
      };
    }
    for (const table of physicalTables(properties)) {
      const file = table.get('fileSource');
      const isUpload = file.exists && sources.every(({ facts }) => facts.dataSourceKind !== 'FILE');
      if (isUpload)
        yield { path: file.pointer, message: 'The data set reads an uploaded file, which is not part of a bundle.' };
      const saas = table.get('saaSTable');
      if (!saas.exists || sources.length > 0) continue;
      yield {
        path: saas.pointer,
        message:
          'The data set reads a software-as-a-service source that is not in the bundle. Bundles do not support most of these.',
      };
    }
  }),
};

export const SAGEMAKER_COLUMN: LintRule = {
  id: 'sagemaker-column',
  severity: 'error',
  remedy: 'Remove the SageMaker augmentation from the data set, or write the predictions to the source.',
  checkAsset: forTypes(['dataset'], function* ({ properties }) {
    // The service model has no member for these columns: the first trace of SageMaker is reported.
    for (const value of properties.walk()) {
      const key = value.keys().find((name) => /^sagemaker\w+$/i.test(name));
      if (key === undefined && !/^arn:[^:]*:sagemaker:/.test(value.text ?? '')) continue;
      const path = key === undefined ? value.pointer : value.get(key).pointer;
      yield { path, message: 'The data set has columns of a SageMaker model. Bundles do not support them.' };
      return;
    }
  }),
};
