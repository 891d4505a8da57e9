import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { action, processingWords, settingsSchema } from '../saving/settings.ts'

const everyMessage = { type: 'ON_EVERY_MESSAGE' }
const withoutLatest = {
  type: 'ADVANCED',
  timeseries: everyMessage,
  latest: { type: 'SKIP' },
  webSockets: everyMessage,
  calculatedFields: everyMessage,
}

export const saveTimeSeries = defineNode({
  type: 'save-time-series',
  className: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode',
  name: 'save time series',
  description: 'Stores telemetry of the originator: history, latest values, and what dashboards see live.',
  category: 'action',
  icon: 'database',
  configVersion: 1,
  config: z.object({
    processingSettings: settingsSchema({
      timeseries: action('Time series', 'When the history is written.'),
      latest: action('Latest values', 'When the latest value of each key is written.'),
      webSockets: action('Live updates', 'When dashboards are told.'),
      calculatedFields: action('Calculated fields', 'When calculated fields are told.'),
    })
      .default({ type: 'ON_EVERY_MESSAGE' })
      .meta({
        title: 'Processing',
        description: 'What happens with a message: store it, show it live, or only sometimes.',
        words: processingWords,
      }),
    defaultTTL: z.number().int().min(0).default(0).meta({
      title: 'Keep for, s',
      description: "How long values are kept when the message's metadata has no TTL; 0 takes the tenant's default.",
    }),
    useServerTs: z.boolean().default(false).meta({
      title: 'Use server time',
      description: 'Values without a time of their own get the present time instead of the time of the message.',
    }),
  }),
  defaults: { processingSettings: { type: 'ON_EVERY_MESSAGE' }, defaultTTL: 0, useServerTs: false },
  connections: ['Success'],
  upgrades: {
    0: ({ skipLatestPersistence, ...config }) => ({
      ...config,
      processingSettings:
        config.processingSettings ?? (String(skipLatestPersistence) === 'true' ? withoutLatest : everyMessage),
    }),
  },
})
