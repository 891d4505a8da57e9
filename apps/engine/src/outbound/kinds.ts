import type { OutboundKind } from '@thingwire/rules'
import type { SystemFactory } from './system-client.ts'

export type KindLoaders = { readonly [K in OutboundKind]: () => Promise<SystemFactory<K>> }

/** Their libraries are heavy: they are loaded when a chain sends something to such a system for the first time. */
export const kindLoaders: KindLoaders = {
  http: async () => (await import('./http/http-client.ts')).httpClient,
  kafka: async () => (await import('./kafka/kafka-client.ts')).kafkaClient,
  mqtt: async () => (await import('./mqtt/mqtt-client.ts')).mqttClient,
  rabbitmq: async () => (await import('./rabbitmq/rabbitmq-client.ts')).rabbitmqClient,
  'aws-lambda': async () => (await import('./aws/lambda-client.ts')).lambdaClient,
  'aws-sns': async () => (await import('./aws/sns-client.ts')).snsClient,
  'aws-sqs': async () => (await import('./aws/sqs-client.ts')).sqsClient,
  'gcp-pubsub': async () => (await import('./pubsub/pubsub-client.ts')).pubsubClient,
  mail: async () => (await import('./mail/mail-client.ts')).mailClient,
  sms: async () => (await import('./sms/sms-client.ts')).smsClient,
  slack: async () => (await import('./slack/slack-client.ts')).slackClient,
}
