import { forTypes, type LintRule } from '../lint-rule';

export const VPC_CONNECTION_NETWORK: LintRule = {
  id: 'vpc-connection-network',
  severity: 'warning',
  // A template has a parameter for each subnet and group: template-parameter-without-default reports them.
  format: 'QUICKSIGHT_JSON',
  remedy:
    'Pass SubnetIds (2 to 15), SecurityGroupIds (1 to 16) and RoleArn for this connection in the override parameters.',
  checkAsset: forTypes(['vpcConnection'], function* ({ asset, properties }) {
    yield {
      path: properties.pointer,
      message: `An import of the VPC connection ${asset.id} into another account or region needs subnets and security groups.`,
    };
  }),
};
