/** TEMPORARY: replaced by the local cloud. */
export async function startS3(): Promise<{ endpoint: string; stop(): Promise<void> }> {
  return { endpoint: process.env.TRY_S3 ?? 'http://127.0.0.1:4599', stop: async () => undefined };
}
