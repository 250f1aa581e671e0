import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HandlerName } from './built-handler';
import { builtHandler } from './built-handler';
import { createProviderFramework } from './provider-framework';

/** onEvent only chooses the id of the job. */
const ON_EVENT_TIMEOUT = Duration.minutes(1);

/** The properties of a function that differ between the kinds of jobs. */
export interface JobHandlerProps
  extends Pick<
    lambda.FunctionProps,
    'description' | 'environment' | 'memorySize' | 'ephemeralStorageSize' | 'timeout'
  > {
  readonly handler: HandlerName;
}

export interface JobProviderProps {
  /** The field `service` of each log line. */
  readonly serviceName: string;
  readonly onEvent: JobHandlerProps;
  readonly isComplete: JobHandlerProps;
}

/**
 * The Lambda functions, their roles and the waiter that run all QuickSight jobs of one kind in a stack.
 *
 * The ids in this construct are fixed: CloudFormation rejects a changed service token (aws-cdk#7128).
 */
export class JobProvider extends Construct {
  public readonly serviceToken: string;

  /** The role of isComplete, the function that calls QuickSight and S3. */
  public readonly isCompleteRole: iam.Role;

  public constructor(scope: Construct, id: string, props: JobProviderProps) {
    super(scope, id);
    const onEvent = this.handler('OnEvent', props.serviceName, { timeout: ON_EVENT_TIMEOUT, ...props.onEvent });
    const isComplete = this.handler('IsComplete', props.serviceName, props.isComplete);
    this.isCompleteRole = isComplete.role;

    const logGroup = this.logGroup('FrameworkLogs');
    this.serviceToken = createProviderFramework(this, 'Framework', {
      onEvent: onEvent.function,
      isComplete: isComplete.function,
      logGroup,
      onEventRole: this.role('FrameworkOnEventRole', logGroup),
      completeAndTimeoutRole: this.role('FrameworkCompleteAndTimeoutRole', logGroup),
    }).serviceToken;
  }

  private handler(id: string, serviceName: string, { handler, environment, ...options }: JobHandlerProps): Handler {
    const logGroup = this.logGroup(`${id}Logs`);
    const role = this.role(`${id}Role`, logGroup);
    return {
      role,
      function: new lambda.Function(this, id, {
        runtime: lambda.Runtime.NODEJS_24_X,
        architecture: lambda.Architecture.ARM_64,
        code: builtHandler(handler),
        handler: 'index.handler',
        // The logger of the handlers reads its service name here.
        environment: { POWERTOOLS_SERVICE_NAME: serviceName, ...environment },
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

  /** A role that may only write to one log group. The managed policy of Lambda allows all log groups. */
  private role(id: string, logGroup: logs.LogGroup): iam.Role {
    const role = new iam.Role(this, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    return role;
  }
}

interface Handler {
  readonly role: iam.Role;
  readonly function: lambda.Function;
}
