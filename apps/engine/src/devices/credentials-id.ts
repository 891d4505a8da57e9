import { createHash } from 'node:crypto'
import { AppError, type DeviceCredentials } from '@thingwire/contracts'
import type { NewCredentials } from '@thingwire/db'
import { z } from 'zod'
import { certificateId, readCertificate } from './certificates.ts'

/** Credentials as an administrator types them. */
export type CredentialsOffer = {
  credentialsType: DeviceCredentials['credentialsType']
  credentialsId?: string | null | undefined
  credentialsValue?: string | null | undefined
}

const mqttBasicSchema = z.object({
  clientId: z.string().max(255).nullish(),
  userName: z.string().max(255).nullish(),
  password: z.string().max(1024).nullish(),
})

const sha3 = (text: string): string => createHash('sha3-256').update(text).digest('hex')

const invalid = (text: string, cause?: unknown) => new AppError('ARGUMENT_INVALID', text, { cause })

/** The id under which the gateway looks credentials up, from what the administrator typed (as ThingsBoard). */
export const withCredentialsId = (offered: CredentialsOffer): NewCredentials => {
  const { credentialsType } = offered
  return { credentialsType, ...identified(offered) }
}

const identified = (offered: CredentialsOffer): Omit<NewCredentials, 'credentialsType'> => {
  const value = offered.credentialsValue ?? null
  switch (offered.credentialsType) {
    case 'ACCESS_TOKEN': {
      const token = offered.credentialsId?.trim()
      if (!token) throw invalid('Device credentials id should be specified!')
      // The token stands in the path of the HTTP device API and in shell commands.
      if (token.length > 255 || /[\s/]/.test(token))
        throw invalid('An access token has no spaces or slashes and at most 255 characters!')
      return { credentialsId: token, credentialsValue: null }
    }
    case 'MQTT_BASIC':
      return mqttBasic(value)
    case 'X509_CERTIFICATE':
      return { credentialsId: certificateId(readCertificate(value)), credentialsValue: value }
    case 'LWM2M_CREDENTIALS':
      return { credentialsId: lwm2mId(value), credentialsValue: value }
  }
}

const mqttBasic = (value: string | null) => {
  const { clientId, userName, password } = parseMqttBasic(value)
  if (password && !userName) throw invalid('User name should be specified with the password!')
  if (!clientId && !userName) throw invalid('Both mqtt client id and user name are empty!')
  const credentialsId = clientId ? sha3(userName ? `${clientId}|${userName}` : clientId) : (userName ?? '')
  return { credentialsId, credentialsValue: value }
}

/** Throws ARGUMENT_INVALID for a value that is not MQTT_BASIC's JSON. */
export const parseMqttBasic = (value: string | null): z.infer<typeof mqttBasicSchema> => {
  try {
    return mqttBasicSchema.parse(JSON.parse(value ?? ''))
  } catch (cause) {
    throw invalid('Invalid credentials body for simple mqtt credentials!', cause)
  }
}

const pemLines = /-----[A-Z0-9 ]+-----|\s/g

const lwm2mSchema = z.object({
  client: z.looseObject({
    securityConfigClientMode: z.enum(['NO_SEC', 'PSK', 'RPK', 'X509']),
    endpoint: z.string().min(1).max(255),
    identity: z.string().max(255).nullish(),
    cert: z.string().nullish(),
  }),
})

/** What a client names itself by when it registers. */
const lwm2mId = (value: string | null): string => {
  const { client } = parseLwm2m(value)
  switch (client.securityConfigClientMode) {
    case 'PSK':
      if (!client.identity) throw invalid('The PSK identity of the LwM2M client should be specified!')
      return client.identity
    case 'X509':
      return client.cert ? sha3(client.cert.replace(pemLines, '')) : client.endpoint
    case 'NO_SEC':
    case 'RPK':
      return client.endpoint
  }
}

const parseLwm2m = (value: string | null): z.infer<typeof lwm2mSchema> => {
  try {
    return lwm2mSchema.parse(JSON.parse(value ?? ''))
  } catch (cause) {
    throw invalid('Invalid credentials body for LwM2M credentials!', cause)
  }
}
