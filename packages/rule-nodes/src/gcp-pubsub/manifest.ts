import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { secret, table, text } from '../outbound/settings.ts'

export const gcpPubsub = defineNode({
  type: 'gcp-pubsub',
  className: 'org.thingsboard.rule.engine.gcp.pubsub.TbPubSubNode',
  name: 'gcp pubsub',
  description: 'Publishes the data of messages to a topic of Google Cloud Pub/Sub.',
  category: 'external',
  icon: 'cloud',
  configVersion: 0,
  config: z.object({
    projectId: text('Project', 'Id of the Google Cloud project.'),
    topicName: text('Topic', 'Topic to publish to.'),
    messageAttributes: table('Attributes', 'Names and values are patterns.').meta({ isPattern: true }),
    serviceAccountKey: secret('Key of the service account', 'The JSON file of the key.').meta({
      editor: 'file',
      covers: ['serviceAccountKeyFileName'],
    }),
    serviceAccountKeyFileName: z
      .string()
      .nullish()
      .meta({ title: 'File of the key', description: 'Where the text came from.' }),
  }),
  defaults: {
    projectId: 'my-google-cloud-project-id',
    topicName: 'my-pubsub-topic-name',
    messageAttributes: {},
    serviceAccountKey: null,
    serviceAccountKeyFileName: null,
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {},
})
