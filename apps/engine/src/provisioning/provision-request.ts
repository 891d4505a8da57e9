import { type DeviceCredentials, deviceJson } from '@thingwire/contracts'
import { z } from 'zod'
import type { CredentialsOffer } from '../devices/credentials-id.ts'

const text = z.string().max(1_024).nullish()

const requestSchema = z.object({
  deviceName: text,
  provisionDeviceKey: z.string().min(1).max(255),
  provisionDeviceSecret: z.string().min(1).max(255),
  credentialsType: z.enum(['ACCESS_TOKEN', 'MQTT_BASIC', 'X509_CERTIFICATE']).nullish(),
  token: text,
  clientId: text,
  username: text,
  password: text,
  /** Text of a certificate (PEM). */
  hash: z.string().max(100_000).nullish(),
  gateway: z.boolean().nullish(),
})
/** What a device without credentials sends (as ThingsBoard). */
export type ProvisionRequest = z.output<typeof requestSchema>

/** Null: the payload is not such a request. */
export const provisionRequestOf = (payload: Uint8Array): ProvisionRequest | null => {
  const read = deviceJson(Buffer.from(payload).toString('utf8'))
  const parsed = read && requestSchema.safeParse(read.value)
  return parsed?.success ? parsed.data : null
}

/** The credentials that the device wishes for; null: any token. */
export const wishedCredentials = (request: ProvisionRequest): CredentialsOffer | null => {
  switch (request.credentialsType ?? 'ACCESS_TOKEN') {
    case 'ACCESS_TOKEN':
      return request.token ? { credentialsType: 'ACCESS_TOKEN', credentialsId: request.token } : null
    case 'MQTT_BASIC': {
      const { clientId = null, username: userName = null, password = null } = request
      return { credentialsType: 'MQTT_BASIC', credentialsValue: JSON.stringify({ clientId, userName, password }) }
    }
    case 'X509_CERTIFICATE':
      return { credentialsType: 'X509_CERTIFICATE', credentialsValue: request.hash }
  }
}

/** The answer to a device that has its credentials now. */
export const provisionSuccess = (
  credentials: Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>,
): string => {
  const { credentialsType, credentialsId, credentialsValue } = credentials
  return JSON.stringify({
    status: 'SUCCESS',
    credentialsType,
    credentialsValue:
      credentialsType === 'ACCESS_TOKEN'
        ? credentialsId
        : credentialsType === 'MQTT_BASIC'
          ? JSON.parse(credentialsValue ?? '{}')
          : credentialsValue,
  })
}

/** Key or secret are wrong, or the profile wants no devices to come by themselves. */
export const provisionNotFound = JSON.stringify({ status: 'NOT_FOUND', errorMsg: 'Provision data was not found!' })
export const provisionFailure = JSON.stringify({ status: 'FAILURE', errorMsg: 'Failed to provision device!' })
