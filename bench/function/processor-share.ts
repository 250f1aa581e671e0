/** "At 1,769 MB, a function has the equivalent of one vCPU." https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MEGABYTES_PER_PROCESSOR = 1769;

/** The processors of a function, in proportion to its memory size in MB. */
export const processorShare = (memoryMegabytes: number): number => memoryMegabytes / MEGABYTES_PER_PROCESSOR;
