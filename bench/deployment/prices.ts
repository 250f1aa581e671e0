/** Prices of AWS in us-east-1 in November 2026, in US dollars: Lambda, Step Functions Standard, S3 Standard. */
export const PRICES = {
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: { arm64: 0.0000133334, x86: 0.0000166667 },
  transition: 0.000025,
  s3Write: 0.005e-3,
  s3Read: 0.0004e-3,
};

export interface Usage {
  readonly invocations: number;
  readonly architecture: keyof typeof PRICES.lambdaGigabyteSecond;
  readonly gigabyteSeconds: number;
  readonly transitions: number;
  readonly s3Writes: number;
  readonly s3Reads: number;
}

export function dollars(usage: Usage): number {
  return (
    usage.invocations * PRICES.lambdaRequest +
    usage.gigabyteSeconds * PRICES.lambdaGigabyteSecond[usage.architecture] +
    usage.transitions * PRICES.transition +
    usage.s3Writes * PRICES.s3Write +
    usage.s3Reads * PRICES.s3Read
  );
}
