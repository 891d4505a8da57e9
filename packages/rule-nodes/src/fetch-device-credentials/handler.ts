import type { DeviceCredentials, KvValue } from '@thingwire/contracts'
import { defineHandler, parseExactJson } from '@thingwire/rules'
import { objectOf, withFound } from '../enriching/fetch-to.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { fetchDeviceCredentials } from './manifest.ts'

export const fetchDeviceCredentialsHandler = defineHandler(fetchDeviceCredentials, ({ fetchTo }, { ports }) =>
  inBatches({
    plan: (message) => {
      const { entityType, id } = message.originator
      if (entityType !== 'DEVICE') throw new Error(`Unsupported originator type: ${entityType}!`)
      if (fetchTo === 'DATA') objectOf(message)
      return id
    },
    read: (deviceIds) => ports.entities.credentials(deviceIds),
    finish: (message, credentials) => {
      if (!credentials) throw new Error(`Device ${message.originator.id} has no credentials`)
      const found = [
        { key: 'credentialsType', value: { type: 'STRING' as const, value: credentials.credentialsType } },
        { key: 'credentials', value: secretOf(credentials) },
      ]
      return [{ message: withFound(message, fetchTo, found), connection: 'Success' }]
    },
  }),
)

/** The token or certificate as text; what has several parts as JSON. */
const secretOf = ({ credentialsType, credentialsId, credentialsValue }: DeviceCredentials): KvValue => {
  switch (credentialsType) {
    case 'ACCESS_TOKEN':
      return { type: 'STRING', value: credentialsId }
    case 'X509_CERTIFICATE':
      return { type: 'STRING', value: credentialsValue ?? '' }
    default: {
      const value = credentialsValue ?? ''
      return parseExactJson(value) === undefined ? { type: 'STRING', value } : { type: 'JSON', value }
    }
  }
}
