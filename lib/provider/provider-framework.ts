import { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as cr from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { CLOUDFORMATION_TIMEOUT_SECONDS } from '../contract/custom-resource';
import type { NagAcknowledgement } from './nag-acknowledgements';
import { NagAcknowledgements } from './nag-acknowledgements';

// This file contains everything that the package assumes about the inside of a `cr.Provider`.

/** Pause between two calls of isComplete. The handler itself polls the job, so a longer pause only delays the answer. */
const QUERY_INTERVAL = Duration.seconds(1);

/**
 * The functions that invoke ours, with the time that they wait for an answer. Without spare concurrency in the account, waiting
 * framework functions can occupy all of it, and nothing progresses until one of them times out.
 *
 * After a timeout of framework-isComplete, the waiter invokes it again one second later (Retry on States.ALL, 3,600 times), even
 * if our function is still copying a large bundle: the second copy adopts the artifact of the first. Lambda invokes
 * framework-onEvent only twice more, because CloudFormation invokes it asynchronously, so it has the longer timeout.
 */
const INVOKING_FUNCTION_TIMEOUTS = {
  'framework-onEvent': Duration.minutes(8),
  'framework-isComplete': Duration.minutes(3),
};

/**
 * By default, the framework answers FAILED after a few throttled invocations, so a busy account would fail the deployment. With
 * these settings it retries until its own timeout.
 *
 * The effective limit is the retry quota of the SDK: 500 tokens at 5 per throttled call are 100 retries, 0 to 20 seconds apart
 * (16 minutes on average). That is longer than either timeout, after which the function starts with a full quota.
 */
const LAMBDA_RETRY_SETTINGS = { AWS_RETRY_MODE: 'standard', AWS_MAX_ATTEMPTS: '1000' };

export interface ProviderFrameworkProps {
  readonly onEvent: lambda.Function;
  readonly isComplete: lambda.Function;
  readonly logGroup: logs.ILogGroup;
  /** Separate roles, because a shared one creates a circular dependency with the waiter (aws-cdk#20360). */
  readonly onEventRole: iam.Role;
  readonly completeAndTimeoutRole: iam.Role;
}

/** Creates the functions and the waiter of the provider framework, which calls our functions for up to an hour. */
export function createProviderFramework(scope: Construct, id: string, props: ProviderFrameworkProps): cr.Provider {
  const provider = new cr.Provider(scope, id, {
    onEventHandler: props.onEvent,
    isCompleteHandler: props.isComplete,
    queryInterval: QUERY_INTERVAL,
    totalTimeout: Duration.seconds(CLOUDFORMATION_TIMEOUT_SECONDS),
    logGroup: props.logGroup,
    frameworkOnEventRole: props.onEventRole,
    frameworkCompleteAndTimeoutRole: props.completeAndTimeoutRole,
  });
  configureInvokingFunctions(provider);
  acknowledgeFindings(provider, props);
  return provider;
}

/** @throws Error if the framework of the installed aws-cdk-lib has other functions. */
export function configureInvokingFunctions(provider: Construct): void {
  for (const [id, timeout] of Object.entries(INVOKING_FUNCTION_TIMEOUTS)) {
    const invoking = provider.node.tryFindChild(id);
    const resource = invoking?.node.defaultChild;
    if (!(invoking instanceof lambda.Function) || !(resource instanceof lambda.CfnFunction)) {
      const children = provider.node.children.map(({ node }) => node.id).join(', ') || 'nothing';
      throw new Error(
        `[${provider.node.path}] The provider framework of the installed aws-cdk-lib has no Lambda function '${id}' (it has: ${children}), ` +
          'so its retries cannot be configured. Install the version of aws-cdk-lib that this package requires, or a newer version of this package.',
      );
    }
    for (const [name, value] of Object.entries(LAMBDA_RETRY_SETTINGS)) invoking.addEnvironment(name, value);
    resource.timeout = timeout.toSeconds();
    // arm64 like ours: they are billed for the same wait, 20 % cheaper.
    resource.architectures = [lambda.Architecture.ARM_64.name];
  }
}

/** `cr.Provider` has no properties that would resolve these findings of cdk-nag. */
function acknowledgeFindings(provider: cr.Provider, props: ProviderFrameworkProps): void {
  for (const role of [props.onEventRole, props.completeAndTimeoutRole])
    new NagAcknowledgements(role).add(invocationsOf([props.onEvent, props.isComplete]));

  const waiter = new NagAcknowledgements(provider);
  waiter.add(
    invocationsOf(
      provider.node.children
        .filter((child) => child instanceof lambda.Function)
        .filter(({ functionArn }) => functionArn !== provider.serviceToken),
    ),
  );
  waiter.add({
    rule: 'AwsSolutions-SF1',
    reason:
      'The waiter only calls the isComplete function, which logs each poll. The events of the waiter contain the ResponseURL of ' +
      'CloudFormation, which must not be logged, and logging without it requires permissions on all log deliveries of the account.',
  });
  waiter.add({
    rule: 'AwsSolutions-SF2',
    reason: 'The waiter runs only during deployments and calls one function. Its history has each call with its times.',
  });
}

function invocationsOf(functions: readonly lambda.Function[]): NagAcknowledgement {
  return {
    rule: 'AwsSolutions-IAM5',
    reason:
      'The provider framework allows invoking a function together with its versions and aliases. The functions of this provider have none.',
    resources: () => functions.map(({ functionArn }) => `${functionArn}:*`),
  };
}
