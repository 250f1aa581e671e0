import { forTypes, type LintRule } from '../lint-rule';
import { isPrincipal, principals } from '../permissions';

/** Members of DataSourceParameters that name a server. */
const SERVER_MEMBERS = ['host', 'domain', 'instanceId', 'clusterId', 'siteBaseUrl', 'sqlEndpointPath'];

export const TEMPLATE_HARD_CODED_HOST: LintRule = {
  id: 'template-hard-coded-host',
  severity: 'warning',
  remedy: 'Export with an override of this property for the data source, so that it becomes a parameter.',
  format: 'CLOUDFORMATION_JSON',
  checkAsset: forTypes(['datasource'], function* ({ properties }) {
    const parameters = properties.get('dataSourceParameters').children();
    const members = parameters.flatMap((engine) => SERVER_MEMBERS.map((name) => ({ name, member: engine.get(name) })));
    for (const { name, member } of members) {
      if (member.text === undefined) continue;
      yield {
        path: member.pointer,
        message: `The template has the ${name} ${withoutUser(member.text)} of the source.`,
      };
    }
  }),
};

/** An address can contain a user and a password. */
const withoutUser = (address: string): string => address.replace(/\/\/[^/]*@/, '//…@');

export const TEMPLATE_HARD_CODED_ACCOUNT: LintRule = {
  id: 'template-hard-coded-account',
  severity: 'warning',
  remedy: 'Replace the account id with ${AWS::AccountId} in Fn::Sub, or refer to the resource of the template.',
  format: 'CLOUDFORMATION_JSON',
  *checkAsset({ properties, texts }) {
    for (const cursor of texts()) {
      const account = /(?:^|:)(\d{12})(?:$|:)/.exec(cursor.text)?.[1];
      if (account === undefined || isPrincipal(properties, cursor)) continue;
      yield { path: cursor.pointer, message: `The template has the account id ${account}.` };
    }
  },
};

export const TEMPLATE_HARD_CODED_PRINCIPAL: LintRule = {
  id: 'template-hard-coded-principal',
  severity: 'warning',
  remedy: 'Export without permissions, or replace the principal with a parameter.',
  format: 'CLOUDFORMATION_JSON',
  *checkAsset({ properties }) {
    for (const { text, pointer } of principals(properties)) {
      if (!/:(?:user|group|namespace)\//.test(text)) continue;
      yield { path: pointer, message: `The template has the principal ${text} of the source.` };
    }
  },
};
