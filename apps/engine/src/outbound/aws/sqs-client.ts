import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { SystemFactory } from '../system-client.ts'
import { awsOptions } from './aws-options.ts'

/** An attribute of a message; those of nodes are texts. */
const attribute = (text: string) => ({ DataType: 'String', StringValue: text })

export const sqsClient: SystemFactory<'aws-sqs'> = (settings, deps) => {
  const client = new SQSClient(awsOptions(settings, deps))
  return {
    where: () => `aws sqs ${settings.region}`,
    send: async ({ key, request: { queueUrl, body, delaySeconds, attributes, fifo } }, abortSignal) => {
      // The client sends it to the host of the queue.
      deps.guard.check(new URL(queueUrl).hostname)
      const all = Object.entries({ 'Idempotency-Key': key, ...attributes })
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: Object.fromEntries(all.map(([name, text]) => [name, attribute(text)])),
        ...(fifo
          ? { MessageDeduplicationId: fifo.deduplicationId, MessageGroupId: fifo.groupId }
          : { DelaySeconds: delaySeconds }),
      })
      const answer = await client.send(command, { abortSignal })
      const notes = {
        messageId: answer.MessageId,
        requestId: answer.$metadata.requestId,
        messageBodyMd5: answer.MD5OfMessageBody,
        messageAttributesMd5: answer.MD5OfMessageAttributes,
        sequenceNumber: answer.SequenceNumber,
      }
      return Object.fromEntries(Object.entries(notes).flatMap(([name, text]) => (text ? [[name, text]] : [])))
    },
    close: async () => client.destroy(),
  }
}
