import { AppError, type DeviceCredentials } from '@thingwire/contracts'
import { type ConnectivitySettings, type Reached, splitHost } from './connectivity.ts'
import { parseMqttBasic } from './credentials-id.ts'

/** A file for `docker compose` that starts the ThingsBoard IoT Gateway as this device; it speaks to us by MQTT. */
export const gatewayCompose = (
  credentials: Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>,
  reached: Reached,
  settings: ConnectivitySettings,
): string => {
  const { name } = splitHost(reached.host)
  const bare = name.startsWith('[') ? name.slice(1, -1) : name
  const host = settings?.mqtt?.host ?? bare
  const environment = {
    // Inside a container this machine has another name.
    host: ['localhost', '127.0.0.1', '::1'].includes(host) ? 'host.docker.internal' : host,
    port: settings?.mqtt?.port ?? String(reached.mqttPort),
    ...identityOf(credentials),
  }
  // A JSON text is a YAML text too, whatever is in it; compose replaces `$` unless it is doubled.
  const lines = Object.entries(environment).map(
    ([key, value]) => `      - ${JSON.stringify(`${key}=${value}`).replaceAll('$', '$$$$')}`,
  )
  return `services:
  tb-gateway:
    image: thingsboard/tb-gateway:3.7-stable
    container_name: tb-gateway
    restart: always
    ports:
      - "5000:5000" # REST connector, or Modbus slave
      - "1052:1052" # BACnet connector
      - "5026:5026" # Modbus TCP connector
      - "50000:50000/tcp" # Socket connector
      - "50000:50000/udp"
    extra_hosts:
      - "host.docker.internal:host-gateway"
    environment:
${lines.join('\n')}
    volumes:
      - tb-gw-config:/thingsboard_gateway/config
      - tb-gw-logs:/thingsboard_gateway/logs
      - tb-gw-extensions:/thingsboard_gateway/extensions

volumes:
  tb-gw-config:
  tb-gw-logs:
  tb-gw-extensions:
`
}

const identityOf = (
  credentials: Pick<DeviceCredentials, 'credentialsType' | 'credentialsId' | 'credentialsValue'>,
): Record<string, string> => {
  switch (credentials.credentialsType) {
    case 'ACCESS_TOKEN':
      return { accessToken: credentials.credentialsId }
    case 'MQTT_BASIC': {
      const { clientId, userName, password } = parseMqttBasic(credentials.credentialsValue)
      return {
        ...(clientId && { clientId }),
        ...(userName && { username: userName }),
        ...(password && { password }),
      }
    }
    default:
      throw new AppError('ARGUMENT_INVALID', 'The gateway signs in with an access token or MQTT credentials!')
  }
}
