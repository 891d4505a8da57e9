import { createHash } from 'node:crypto'
import { AppError, type DeviceCredentials } from '@thingwire/contracts'
import { z } from 'zod'

type Offered = Pick<DeviceCredentials, 'credentialsType' | 'credentialsValue'> & { credentialsId?: string | null }

const mqttBasicSchema = z.object({
  clientId: z.string().max(255).nullish(),
  userName: z.string().max(255).nullish(),
  password: z.string().max(1024).nullish(),
})

const sha3 = (text: string): string => createHash('sha3-256').update(text).digest('hex')

/** The id under which the gateway looks credentials up, from what the administrator typed (as ThingsBoard). */
export const withCredentialsId = (offered: Offered): { credentialsId: string; credentialsValue: string | null } => {
  switch (offered.credentialsType) {
    case 'ACCESS_TOKEN': {
      const token = offered.credentialsId?.trim()
      if (!token) throw new AppError('ARGUMENT_INVALID', 'Device credentials id should be specified!')
      // The token stands in the path of the HTTP device API and in shell commands.
      if (token.length > 255 || /[\s/]/.test(token))
        throw new AppError('ARGUMENT_INVALID', 'An access token has no spaces or slashes and at most 255 characters!')
      return { credentialsId: token, credentialsValue: null }
    }
    case 'MQTT_BASIC':
      return mqttBasic(offered.credentialsValue)
    case 'X509_CERTIFICATE': {
      const certificate = offered.credentialsValue?.replace(/-----[A-Z ]+-----|\s/g, '')
      if (!certificate) throw new AppError('ARGUMENT_INVALID', 'Certificate should be specified!')
      return { credentialsId: sha3(certificate), credentialsValue: offered.credentialsValue }
    }
    case 'LWM2M_CREDENTIALS':
      throw new AppError('ARGUMENT_INVALID', 'LwM2M credentials are not supported')
  }
}

const mqttBasic = (value: string | null) => {
  const { clientId, userName, password } = parseMqttBasic(value)
  if (password && !userName) throw new AppError('ARGUMENT_INVALID', 'User name should be specified with the password!')
  if (!clientId && !userName) throw new AppError('ARGUMENT_INVALID', 'Both mqtt client id and user name are empty!')
  const credentialsId = clientId ? sha3(userName ? `${clientId}|${userName}` : clientId) : (userName ?? '')
  return { credentialsId, credentialsValue: value }
}

/** Throws ARGUMENT_INVALID for a value that is not MQTT_BASIC's JSON. */
export const parseMqttBasic = (value: string | null): z.infer<typeof mqttBasicSchema> => {
  try {
    return mqttBasicSchema.parse(JSON.parse(value ?? ''))
  } catch (cause) {
    throw new AppError('ARGUMENT_INVALID', 'Invalid credentials body for simple mqtt credentials!', { cause })
  }
}
