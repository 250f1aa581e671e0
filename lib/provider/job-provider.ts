import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cr from 'aws-cdk-lib/custom-resources';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { CLOUDFORMATION_TIMEOUT_SECONDS } from '../contract/custom-resource';
import { ExportPermissions } from '../export/export-permissions';
import type { HandlerName } from './built-handler';
import { builtHandler } from './built-handler';
import { IS_COMPLETE_TIMEOUT, ON_EVENT_TIMEOUT } from './function-timeouts';
import { NagAcknowledgements } from './nag-acknowledgements';
import { setUpFrameworkFunctions } from './provider-framework';

const ID = 'AssetBundleExportProvider';

/** How long the waiter pauses between two looks at a job. */
const QUERY_INTERVAL = Duration.seconds(1);

/**
 * The functions and the waiter behind all exports of a stack.
 *
 * Its id never changes: CloudFormation refuses to change the service token of a resource (aws-cdk#7128).
 */
export class ExportProvider extends Construct {
  public static getOrCreate(scope: IConstruct): ExportProvider {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as ExportProvider | undefined) ?? new ExportProvider(stack);
  }

  public readonly serviceToken: string;
  public readonly permissions: ExportPermissions;

  private constructor(stack: Stack) {
    super(stack, ID);
    const onEvent = this.handler('OnEvent', 'on-event', {
      description: 'QuickSight asset bundle export: decides which export job a request means',
      timeout: ON_EVENT_TIMEOUT,
    });
    const isComplete = this.handler('IsComplete', 'is-complete', {
      description: 'QuickSight asset bundle export: runs the export job and copies the bundle into S3',
      // A copy of 1 GiB takes 115 MiB: docs/reference/performance.md, P4.
      memorySize: 192,
      timeout: IS_COMPLETE_TIMEOUT,
    });
    this.permissions = new ExportPermissions(isComplete.role);

    const frameworkLogs = this.logGroup('FrameworkLogs');
    // Two roles, for a shared one makes a cycle with the waiter (aws-cdk#20360).
    const frameworkOnEventRole = this.role('FrameworkOnEventRole', frameworkLogs);
    const frameworkCompleteAndTimeoutRole = this.role('FrameworkCompleteAndTimeoutRole', frameworkLogs);
    const framework = new cr.Provider(this, 'Framework', {
      onEventHandler: onEvent.function,
      isCompleteHandler: isComplete.function,
      queryInterval: QUERY_INTERVAL,
      totalTimeout: Duration.seconds(CLOUDFORMATION_TIMEOUT_SECONDS),
      logGroup: frameworkLogs,
      frameworkOnEventRole,
      frameworkCompleteAndTimeoutRole,
    });
    setUpFrameworkFunctions(framework);
    acknowledgeFramework(
      framework,
      [frameworkOnEventRole, frameworkCompleteAndTimeoutRole],
      [onEvent.function, isComplete.function],
    );
    this.serviceToken = framework.serviceToken;
  }

  private handler(id: string, name: HandlerName, options: HandlerOptions): Handler {
    const logGroup = this.logGroup(`${id}Logs`);
    const role = this.role(`${id}Role`, logGroup);
    return {
      role,
      function: new lambda.Function(this, id, {
        runtime: lambda.Runtime.NODEJS_24_X,
        architecture: lambda.Architecture.ARM_64,
        code: builtHandler(name),
        handler: 'index.handler',
        environment: { POWERTOOLS_SERVICE_NAME: 'asset-bundle-export' },
        role,
        logGroup,
        ...options,
      }),
    };
  }

  private logGroup(id: string): logs.LogGroup {
    return new logs.LogGroup(this, id, {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** A role that may write to its own log group and do nothing else; Lambda's managed policy would open all of them. */
  private role(id: string, logGroup: logs.LogGroup): iam.Role {
    const role = new iam.Role(this, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    return role;
  }
}

/** What cdk-nag finds in a `cr.Provider`, which has no properties to change it. */
function acknowledgeFramework(
  framework: cr.Provider,
  roles: readonly iam.Role[],
  handlers: readonly lambda.Function[],
): void {
  const invoke = (functions: readonly lambda.Function[]) => ({
    rule: 'AwsSolutions-IAM5' as const,
    reason:
      'The provider framework allows the versions and aliases of the functions that it calls together with the functions; they have none.',
    resources: () => functions.map(({ functionArn }) => `${functionArn}:*`),
  });
  for (const role of roles) new NagAcknowledgements(role).add(invoke(handlers));

  const waiter = new NagAcknowledgements(framework);
  waiter.add(
    invoke(
      framework.node.children
        .filter((child) => child instanceof lambda.Function)
        .filter(({ functionArn }) => functionArn !== framework.serviceToken),
    ),
  );
  waiter.add({
    rule: 'AwsSolutions-SF1',
    reason:
      'The waiter does nothing but call the isComplete function, which logs each look at a job. Its own events carry the ResponseURL of ' +
      'CloudFormation, which belongs in no log, and to log them without it takes permissions on every log delivery of the account.',
  });
  waiter.add({
    rule: 'AwsSolutions-SF2',
    reason:
      'The waiter runs during deployments alone and calls one function; its history has every call with its times.',
  });
}

type HandlerOptions = Pick<lambda.FunctionProps, 'description' | 'memorySize' | 'timeout'>;

interface Handler {
  readonly role: iam.Role;
  readonly function: lambda.Function;
}
