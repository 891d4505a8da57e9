import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { SmsProvider } from '@thingwire/contracts'
import type { SmsSender } from '../sms/sms-client.ts'
import type { SystemDeps, SystemFactory } from '../system-client.ts'
import { awsOptions } from './aws-options.ts'

export const snsClient: SystemFactory<'aws-sns'> = (settings, deps) => {
  const client = new SNSClient(awsOptions(settings, deps))
  return {
    where: () => `aws sns ${settings.region}`,
    send: async ({ key, request: { topicArn, message, groupId } }, abortSignal) => {
      const isFifo = topicArn.endsWith('.fifo')
      const command = new PublishCommand({
        TopicArn: topicArn,
        Message: message,
        MessageAttributes: { 'Idempotency-Key': { DataType: 'String', StringValue: key } },
        ...(isFifo && { MessageDeduplicationId: key, MessageGroupId: groupId }),
      })
      const answer = await client.send(command, { abortSignal })
      return { messageId: answer.MessageId ?? '', requestId: answer.$metadata.requestId ?? '' }
    },
    close: async () => client.destroy(),
  }
}

/** Text messages by SNS. */
export const snsSmsSender = (provider: Extract<SmsProvider, { type: 'AWS_SNS' }>, deps: SystemDeps): SmsSender => {
  const client = new SNSClient(awsOptions(provider, deps))
  return {
    send: async ({ request: { number, text } }, abortSignal) => {
      await client.send(new PublishCommand({ PhoneNumber: number, Message: text }), { abortSignal })
    },
    close: async () => client.destroy(),
  }
}
