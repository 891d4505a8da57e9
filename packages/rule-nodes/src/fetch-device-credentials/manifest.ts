import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { fetchToOf, fetchToSchema } from '../enriching/fetch-to.ts'

export const fetchDeviceCredentials = defineNode({
  type: 'fetch-device-credentials',
  className: 'org.thingsboard.rule.engine.metadata.TbFetchDeviceCredentialsNode',
  name: 'fetch device credentials',
  description: 'Adds the credentials of the device to the message.',
  category: 'enrichment',
  icon: 'key-round',
  configVersion: 1,
  config: z.object({ fetchTo: fetchToSchema }),
  defaults: { fetchTo: 'METADATA' },
  connections: ['Success'],
  upgrades: {
    0: ({ fetchToMetadata, ...config }) => {
      if ('fetchTo' in config) return config
      if (typeof fetchToMetadata !== 'boolean') throw new Error('fetchToMetadata is neither true nor false')
      return { ...config, fetchTo: fetchToOf(!fetchToMetadata) }
    },
  },
})
