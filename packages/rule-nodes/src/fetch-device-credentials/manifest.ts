import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { fetchToOf, fetchToSchema } from '../enriching/fetch-to.ts'
import { oldFlag } from '../old-flag.ts'

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
    0: (old) => {
      const { fetchToMetadata: _, ...config } = old
      return 'fetchTo' in config ? config : { ...config, fetchTo: fetchToOf(!oldFlag(old, 'fetchToMetadata')) }
    },
  },
})
