import { randomUUID } from 'node:crypto'
import { AppError, type AttributeScope, defaultQueueName, entityId } from '@thingwire/contracts'
import type { Database, DeviceSessionInfo } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { plainValues } from '../attributes/attributes-writer.ts'
import { deviceDownlinkSchema } from '../attributes/device-downlink.ts'
import { claimOfferOf } from '../claims/claim-offer.ts'
import { createClaims } from '../claims/claims.ts'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { LedgerRecorder } from '../ledger/ledger-recorder.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { Replies } from '../rpc/replies.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'
import type { AcceptResult, DeviceGateway, DeviceSession, OpenResult, Peer } from '../transports/transport.ts'
import { createCredentialCache } from './credential-cache.ts'
import { createClientRequests } from './client-requests.ts'
import { authenticate } from './credentials.ts'
import { createDeviceCommands } from './device-commands.ts'
import type { DeviceActivity } from './device-activity.ts'
import { createSessionRegistry, type OpenSession } from './session-registry.ts'
import { messagesOf } from './uplink-messages.ts'

/** At most one write of a device's activity in this time. */
const activityThrottleMs = 60_000

export type GatewayPart = Part & {
  gateway: DeviceGateway
  /** Answers requests that only wait for news, which would hold up the stop of their server. */
  endPolls(): void
}

export const createDeviceGateway = (options: {
  database: Database
  queue: UplinkQueue
  activity: DeviceActivity
  ledger: LedgerRecorder
  channels: Channels
  openRedis: OpenRedis
  desk: RpcDesk
  replies: Replies
  limits: TenantLimits
  logger: Logger
  metrics: Metrics
}): GatewayPart => {
  const { database, queue, activity, ledger, desk, logger, metrics } = options
  const commands = createDeviceCommands({ desk, logger })
  const requests = createClientRequests(options)
  let redis: Redis | null = null
  const claims = () => {
    if (!redis) throw new Error('the device gateway is not started')
    return createClaims(redis)
  }
  const cache = createCredentialCache((credentialsId) => database.credentials.resolve(credentialsId))
  const sessions = createSessionRegistry()
  /** A transport hands back the session it was given; what the gateway knows of it stands here. */
  const known = new WeakMap<DeviceSession, OpenSession>()

  const stateOf = (session: DeviceSession): OpenSession => {
    const state = known.get(session)
    if (!state) throw new AppError('INTERNAL', 'A session of another gateway')
    return state
  }

  const touch = (state: OpenSession, nowMs: number) => {
    if (nowMs - state.lastTouchMs < activityThrottleMs) return
    state.lastTouchMs = nowMs
    activity.active(state.tenantId, state.deviceId, nowMs)
  }

  const open = async (offer: Parameters<DeviceGateway['open']>[0], peer: Peer): Promise<OpenResult> => {
    const found = await authenticate(offer, cache.resolve)
    if (!found) return { ok: false, refusal: 'bad-credentials' }
    if (!servesTransport(found.info, peer)) return { ok: false, refusal: 'wrong-transport' }
    const { info, credentialsId } = found
    const session: OpenSession = {
      id: randomUUID(),
      deviceId: info.deviceId,
      tenantId: info.tenantId,
      deviceName: info.name,
      deviceType: info.type,
      acknowledgesInvalid: info.acknowledgesInvalid,
      onClose: null,
      onAttributes: null,
      onCommand: null,
      credentialsId,
      peer,
      info,
      lastTouchMs: lastTouches.get(info.deviceId) ?? 0,
    }
    known.set(session, session)
    if (peer.lifetime !== 'request') sessions.add(session)
    if (peer.lifetime === 'connection') {
      metrics.connections.inc({ transport: peer.transport })
      activity.connected(info.tenantId, info.deviceId, Date.now())
    }
    return { ok: true, session }
  }

  /** Sessions of one request are short: the throttle of their device must outlive them. */
  const lastTouches = new Map<string, number>()

  const touchRequest = (state: OpenSession, nowMs: number) => {
    if (nowMs - state.lastTouchMs < activityThrottleMs) return
    if (lastTouches.size > 100_000) lastTouches.clear()
    lastTouches.set(state.deviceId, nowMs)
    touch(state, nowMs)
  }

  const accept = async (
    session: DeviceSession,
    uplink: Parameters<DeviceGateway['accept']>[1],
  ): Promise<AcceptResult> => {
    const state = stateOf(session)
    const now = Date.now()
    const { info, peer } = state
    const built = messagesOf(info, uplink, now)
    if (!built.ok) {
      ledger.rejected(info.tenantId, 1)
      metrics.rejected.inc({ transport: peer.transport, code: 'PAYLOAD_MALFORMED' })
      return { ok: false, code: 'PAYLOAD_MALFORMED', message: built.message }
    }
    touchRequest(state, now)
    const { messages } = built
    if (messages.length > 0) {
      await queue.submit(info.defaultQueueName ?? defaultQueueName, info.deviceId, messages, built.bytes)
      metrics.accepted.inc({ transport: peer.transport }, messages.length)
      metrics.acceptSeconds.observe((Date.now() - now) / 1000)
    }
    return { ok: true, messages: messages.length }
  }

  const readAttributes: DeviceGateway['readAttributes'] = async (session, request) => {
    const { tenantId, deviceId } = session
    const read = async (scope: AttributeScope, keys: readonly string[] | undefined) => {
      const rows = await database.attributes.find(
        { kind: 'tenant', tenantId },
        entityId('DEVICE', deviceId),
        keys ? { scope, keys } : { scope },
      )
      return plainValues(rows)
    }
    const { clientKeys, sharedKeys } = request
    const wantsAll = !clientKeys && !sharedKeys
    const [client, shared] = await Promise.all([
      wantsAll || clientKeys ? read('CLIENT_SCOPE', clientKeys) : {},
      wantsAll || sharedKeys ? read('SHARED_SCOPE', sharedKeys) : {},
    ])
    return {
      ...(Object.keys(client).length > 0 && { client }),
      ...(Object.keys(shared).length > 0 && { shared }),
    }
  }

  const close = (session: DeviceSession, reason: string) => {
    const state = stateOf(session)
    sessions.remove(state)
    requests.forget(state)
    if (state.peer.lifetime !== 'connection') return
    metrics.connections.dec({ transport: state.peer.transport })
    activity.disconnected(state.tenantId, state.deviceId, Date.now())
    logger.debug({ deviceId: state.deviceId, transport: state.peer.transport, reason }, 'session closed')
  }

  /** A session goes on when its credentials still lead to its device; its name, profile and queue may have changed. */
  const recheck = async (state: OpenSession) => {
    const info = await cache.resolve(state.credentialsId)
    if (!info) return state.onClose?.('device-deleted')
    const isSame = info.deviceId === state.deviceId && info.credentialsType === state.info.credentialsType
    if (!isSame || info.credentialsValue !== state.info.credentialsValue || !servesTransport(info, state.peer))
      return state.onClose?.('credentials-changed')
    state.info = info
  }

  const recheckAll = (states: Iterable<OpenSession>) => {
    for (const state of states)
      recheck(state).catch((error: unknown) => logger.warn(errorFields(error), 'session not checked again'))
  }

  /** A profile may have more sessions than the database should be asked about at once. */
  const recheckSlowly = async (states: readonly OpenSession[]) => {
    const atOnce = 16
    for (let i = 0; i < states.length; i += atOnce) await Promise.all(states.slice(i, i + atOnce).map(recheck))
  }

  const inBackground = (work: Promise<void>) => {
    work.catch((error: unknown) => logger.warn(errorFields(error), 'sessions not checked again'))
  }
  const sessionsWhere = (isMeant: (info: OpenSession['info']) => boolean) =>
    [...sessions.all()].filter(({ info }) => isMeant(info))

  /** A change of a tenant concerns its devices only when it is gone. */
  const tenantChanged = async (tenantId: string) => {
    if (await database.tenants.find({ kind: 'system' }, tenantId)) return
    cache.forgetTenant(tenantId)
    await recheckSlowly(sessionsWhere((info) => info.tenantId === tenantId))
  }

  options.channels.subscribe(redisChannels.invalidation, (text) => {
    const event = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (event?.kind === 'device') {
      void database.devices.forget(event.id)
      cache.forgetDevice(event.id)
      recheckAll(sessions.ofDevice(event.id))
    }
    if (event?.kind === 'device-profile') {
      cache.forgetProfile(event.id)
      inBackground(recheckSlowly(sessionsWhere((info) => info.deviceProfileId === event.id)))
    }
    if (event?.kind === 'tenant') inBackground(tenantChanged(event.id))
  })
  options.channels.subscribe(redisChannels.downlink, (text) => {
    const downlink = parseChannelMessage(text, deviceDownlinkSchema, logger, redisChannels.downlink)
    if (!downlink) return
    const { scope, values, deleted } = downlink
    for (const session of sessions.ofDevice(downlink.deviceId)) {
      if (values) session.onAttributes?.({ scope, values })
      if (deleted) session.onAttributes?.({ scope, deleted })
    }
  })
  options.channels.subscribe(redisChannels.rpcWake, (deviceId) => commands.wake(sessions.ofDevice(deviceId)))
  options.channels.onGap(() => {
    cache.forgetAll()
    recheckAll(sessions.all())
    commands.wake([...sessions.all()])
  })

  return {
    name: 'device gateway',
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
    },
    stop: async () => {
      sessions.endAll('stopping')
      await redis?.quit().catch(() => redis?.disconnect())
    },
    endPolls: () => {
      for (const session of sessions.all()) if (session.peer.lifetime === 'poll') session.onClose?.('stopping')
    },
    gateway: {
      open,
      accept,
      readAttributes,
      close,
      wantsCommands: (session) => commands.wake([stateOf(session)]),
      answerCommand: async (session, id, body) => {
        touchRequest(stateOf(session), Date.now())
        await desk.answer(session.deviceId, id, body)
      },
      offerClaim: async (session, payload) => {
        const state = stateOf(session)
        touchRequest(state, Date.now())
        const offer = claimOfferOf(payload)
        if (offer && !state.info.customerId) await claims().offer(state.deviceId, offer)
      },
      askServer: (session, requestId, payload) => {
        const state = stateOf(session)
        touchRequest(state, Date.now())
        return requests.ask(state, requestId, payload)
      },
      touch: (session) => touch(stateOf(session), Date.now()),
    },
  }
}

/** A profile of another transport type still serves the plain device HTTP API. */
const servesTransport = (info: DeviceSessionInfo, peer: Peer): boolean =>
  peer.transport === 'http' || info.transportType === 'DEFAULT' || info.transportType.toLowerCase() === peer.transport
