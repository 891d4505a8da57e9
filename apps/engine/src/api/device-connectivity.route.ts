import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { AppError, deviceConnectivitySchema, entityId } from '@thingwire/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import { connectivityCommands, parseConnectivity, type Reached } from '../devices/connectivity.ts'
import { gatewayCompose } from '../devices/gateway-compose.ts'
import type { ApiDeps } from './api-deps.ts'
import { attachment } from '../http/attachment.ts'
import { pathId } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, tenantOrCustomer } from './route.ts'

const deviceParams = z.object({ deviceId: pathId })

/** How devices are connected: ready commands and files (as ThingsBoard). */
export const deviceConnectivityRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Devices'
  return { tag, register: (api) => register(api, tag, deps) }
}

const register = (api: FastifyInstance, tag: string, { access, database, config }: ApiDeps): void => {
  const reachedBy = (request: FastifyRequest, mqttTls: Reached['mqttTls']): Reached => ({
    host: request.headers.host ?? '',
    isTls: request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https',
    mqttPort: config.MQTT_PORT,
    httpPort: config.HTTP_PORT,
    coapPort: config.COAP_PORT,
    mqttTls,
  })
  /** Read each time: the files may be replaced while we run. */
  const certificate = async (): Promise<string | null> =>
    config.MQTT_TLS_CERT ? readFile(config.MQTT_TLS_CERT, 'utf8').catch(() => null) : null
  const openTls = async (): Promise<Reached['mqttTls']> => {
    const pem = await certificate()
    return pem === null ? null : { port: config.MQTT_TLS_PORT ?? 8883, isSelfSigned: isSelfSigned(pem) }
  }
  const settings = async () => parseConnectivity(await database.settings.get('connectivity'))
  const credentialsOf = async (caller: Caller, deviceId: string) => {
    const id = entityId('DEVICE', deviceId)
    const { scope } = await access.require(caller, id, 'READ_CREDENTIALS', { missingText: 'byId' })
    const credentials = await database.credentials.findByDevice(scope, deviceId)
    if (!credentials) throw new AppError('ENTITY_NOT_FOUND')
    return { credentials, scope }
  }

  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device-connectivity/:deviceId',
    access: tenantOrCustomer,
    summary: 'Shell commands that send telemetry as this device, by protocol',
    params: deviceParams,
    response: deviceConnectivitySchema,
    handle: async ({ caller, params, request }) => {
      const { credentials } = await credentialsOf(caller, params.deviceId)
      const profile = await database.credentials.resolve(credentials.credentialsId)
      const device = { ...credentials, ...(profile && { profile }) }
      return connectivityCommands(device, reachedBy(request, await openTls()), await settings())
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device-connectivity/gateway-launch/:deviceId/docker-compose/download',
    access: anyone,
    summary: 'A docker compose file that starts an IoT gateway as this device',
    params: deviceParams,
    response: 'raw',
    handle: async ({ caller, params, request, reply }) => {
      const { credentials, scope } = await credentialsOf(caller, params.deviceId)
      const device = await database.devices.find(scope, params.deviceId)
      if (device?.additionalInfo?.gateway !== true)
        throw new AppError('ARGUMENT_INVALID', 'The device must be a gateway!')
      const file = gatewayCompose(credentials, reachedBy(request, null), await settings())
      attachment(reply, 'docker-compose.yml', 'application/octet-stream').send(file)
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device-connectivity/:protocol/certificate/download',
    access: 'public',
    summary: 'The certificate that a protocol answers with (mqtts); none where TLS ends in front of the platform',
    params: z.object({ protocol: z.string().regex(/^\w{1,16}$/) }),
    response: 'raw',
    handle: async ({ params, reply }) => {
      const pem = params.protocol === 'mqtts' ? await certificate() : null
      if (pem === null) throw new AppError('ENTITY_NOT_FOUND', `${params.protocol} pem cert file is not found!`)
      attachment(reply, 'server-chain.pem', 'application/x-pem-file').send(certificatesIn(pem))
    },
  })
}

/** The file may hold more, such as a key: that is nobody's business. */
const certificatesIn = (pem: string): string =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []).map((one) => `${one}\n`).join('')

const isSelfSigned = (pem: string): boolean => {
  try {
    const certificate = new X509Certificate(pem)
    return certificate.checkIssued(certificate)
  } catch {
    return false
  }
}
