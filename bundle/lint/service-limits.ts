/** A published limit of a member of an asset. */
export interface ServiceLimit {
  /** Asset types. Default: all. */
  readonly types?: readonly string[];
  /** Names from the asset to the member. `*` stands for each item or member. */
  readonly path: readonly string[];
  readonly max: number;
  readonly unit: 'items' | 'characters';
}

const rows = (
  types: readonly string[] | undefined,
  unit: ServiceLimit['unit'],
  limits: Readonly<Record<string, number>>,
): ServiceLimit[] =>
  Object.entries(limits).map(([path, max]) => ({ ...(types && { types }), path: path.split('.'), max, unit }));

/**
 * Limits of the QuickSight API reference: the constraints of CreateDashboard, CreateAnalysis, CreateDataSet, CreateDataSource,
 * CreateFolder, CreateTheme, CreateTopic and CreateVPCConnection, in the service model 2018-04-01.
 */
export const SERVICE_LIMITS: readonly ServiceLimit[] = [
  ...rows(undefined, 'items', { permissions: 64, 'permissions.*.actions': 20, tags: 200 }),
  ...rows(['analysis', 'dashboard', 'theme'], 'characters', { name: 2048 }),
  ...rows(['dataset', 'datasource', 'topic', 'vpcConnection'], 'characters', { name: 128 }),
  ...rows(['folder'], 'characters', { name: 200 }),
  // AnalysisDefinition, DashboardVersionDefinition, SheetDefinition.
  ...rows(['analysis', 'dashboard'], 'items', {
    'definition.dataSetIdentifierDeclarations': 50,
    'definition.topicIdentifierDeclarations': 50,
    'definition.sheets': 20,
    'definition.tooltipSheets': 50,
    'definition.calculatedFields': 2000,
    'definition.parameterDeclarations': 400,
    'definition.filterGroups': 2000,
    'definition.columnConfigurations': 2000,
    'definition.staticFiles': 200,
    'definition.sheets.*.visuals': 75,
    'definition.sheets.*.parameterControls': 200,
    'definition.sheets.*.filterControls': 200,
    'definition.sheets.*.textBoxes': 100,
    'definition.sheets.*.images': 10,
  }),
  ...rows(['dataset'], 'items', {
    physicalTableMap: 32,
    logicalTableMap: 64,
    columnGroups: 8,
    datasetParameters: 32,
    'physicalTableMap.*.relationalTable.inputColumns': 2048,
    'physicalTableMap.*.customSql.columns': 2048,
    'physicalTableMap.*.s3Source.inputColumns': 2048,
    'logicalTableMap.*.dataTransforms': 2048,
    'rowLevelPermissionTagConfiguration.tagRules': 50,
    'dataPrepConfiguration.sourceTableMap': 32,
    'dataPrepConfiguration.transformStepMap': 256,
    'dataPrepConfiguration.destinationTableMap': 1,
  }),
  ...rows(['dataset'], 'characters', { 'physicalTableMap.*.customSql.sqlQuery': 168_000 }),
  ...rows(['vpcConnection'], 'items', { subnetIds: 15, securityGroupIds: 16, dnsResolvers: 15 }),
];
