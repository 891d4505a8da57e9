/** The queues every installation starts with (as ThingsBoard). Times in ms, pauses in seconds. */
const queue = (
  name: string,
  topic: string,
  submit: { type: string; batchSize: number },
  processing: { type: string; retries: number; pause: number },
) => ({
  name,
  topic: `tb_rule_engine.${topic}`,
  pollInterval: 25,
  partitions: 10,
  consumerPerPartition: true,
  packProcessingTimeout: 2_000,
  submitStrategy: submit,
  processingStrategy: {
    type: processing.type,
    retries: processing.retries,
    failurePercentage: 0,
    pauseBetweenRetries: processing.pause,
    maxPauseBetweenRetries: processing.pause,
  },
  additionalInfo: { description: '', customProperties: '', duplicateMsgToAllPartitions: false },
})

export const systemQueues = [
  queue(
    'Main',
    'main',
    { type: 'BURST', batchSize: 1_000 },
    {
      type: 'SKIP_ALL_FAILURES',
      retries: 3,
      pause: 3,
    },
  ),
  queue(
    'HighPriority',
    'hp',
    { type: 'BURST', batchSize: 100 },
    // 0 retries = for ever.
    { type: 'RETRY_FAILED_AND_TIMED_OUT', retries: 0, pause: 5 },
  ),
  queue(
    'SequentialByOriginator',
    'sq',
    { type: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 100 },
    { type: 'RETRY_FAILED_AND_TIMED_OUT', retries: 3, pause: 5 },
  ),
]
