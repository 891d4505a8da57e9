import type { Config } from '../config.ts'

type UnsetSettings = Readonly<Record<string, () => Promise<Record<string, unknown>>>>

/**
 * What consoles and scripts read before anybody has saved these settings: they expect the documents of an installation
 * to be there, change a member and send the whole back. Mail has no server until it is given one.
 */
export const createUnsetSettings = (deps: {
  baseUrl(): Promise<string>
  config: Pick<Config, 'HTTP_PORT' | 'MQTT_PORT' | 'COAP_PORT'> &
    Partial<Pick<Config, 'MQTT_TLS_PORT' | 'MQTT_TLS_CERT'>>
}): UnsetSettings => {
  const endpoint = (enabled: boolean, port: number) => ({ enabled, host: '', port: String(port) })
  return {
    general: async () => ({ baseUrl: await deps.baseUrl(), prohibitDifferentUrl: false }),
    mail: async () => ({
      mailFrom: '',
      smtpProtocol: 'smtp',
      smtpHost: '',
      smtpPort: '25',
      timeout: '10000',
      enableTls: false,
      tlsVersion: 'TLSv1.2',
      username: '',
      enableProxy: false,
      showChangePassword: false,
    }),
    connectivity: async () => ({
      http: endpoint(true, deps.config.HTTP_PORT),
      https: endpoint(false, 443),
      mqtt: endpoint(true, deps.config.MQTT_PORT),
      mqtts: endpoint(deps.config.MQTT_TLS_CERT !== undefined, deps.config.MQTT_TLS_PORT ?? 8883),
      coap: endpoint(true, deps.config.COAP_PORT),
      coaps: endpoint(false, 5684),
    }),
  }
}
