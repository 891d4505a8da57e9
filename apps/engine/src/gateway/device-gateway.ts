import { randomUUID } from 'node:crypto'
import { AppError, type AttributeScope, defaultQueueName, entityId } from '@thingwire/contracts'
import type { Database, DeviceSessionInfo } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { createEntityActions } from '../actions/entity-actions.ts'
import { createInvalidate, type Invalidate } from '../actions/invalidation.ts'
import { type AttributesWriter, plainValues } from '../attributes/attributes-writer.ts'
import { type DeviceDownlink, deviceDownlinkSchema } from '../attributes/device-downlink.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { claimOfferOf } from '../claims/claim-offer.ts'
import { createClaims } from '../claims/claims.ts'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import { createDeviceHolders } from '../downlinks/device-holders.ts'
import type { LedgerRecorder } from '../ledger/ledger-recorder.ts'
import type { Part } from '../lifecycle.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { Replies } from '../rpc/replies.ts'
import { createPackageParts } from '../ota-delivery/package-parts.ts'
import { createPackageRollout } from '../ota-delivery/package-rollout.ts'
import { createProvisionByChain } from '../provisioning/chain-provision.ts'
import { createProvision } from '../provisioning/provision-service.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { redisChannels } from '../redis-keys.ts'
import type { AcceptResult, DeviceGateway, DeviceSession, OpenResult, Peer } from '../transports/transport.ts'
import type { AddressGuard } from './address-guard.ts'
import { createCertificateAccess } from './certificate-access.ts'
import { createCredentialCache } from './credential-cache.ts'
import { createClientRequests } from './client-requests.ts'
import { authenticate } from './credentials.ts'
import { createDeviceCommands } from './device-commands.ts'
import type { DeviceActivity } from './device-activity.ts'
import { createFindChild } from './gateway-children.ts'
import { createSessionRegistry, type OpenSession } from './session-registry.ts'
import { settingsOf } from './session-settings.ts'
import { createTransportLimits } from './transport-limits.ts'
import { messagesOf } from './uplink-messages.ts'

const tooMany = 'More messages than the tenant profile allows'

export type GatewayPart = Part & {
  gateway: DeviceGateway
  /** Answers requests that only wait for news, which would hold up the stop of their server. */
  endPolls(): void
}

export const createDeviceGateway = (options: {
  guard: AddressGuard
  skipsValidityOfCertificates: boolean
  database: Database
  queue: UplinkQueue
  attributes: AttributesWriter
  audit: AuditTrail
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
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
  const { database, queue, activity, ledger, desk, guard, limits, logger, metrics } = options
  const requests = createClientRequests(options)
  let redis: Redis | null = null
  const fail = (): never => {
    throw new Error('the device gateway is not started')
  }
  const claims = () => createClaims(redis ?? fail())
  const invalidate: Invalidate = async (change) => {
    if (redis) await createInvalidate(redis, logger)(change)
  }
  const actions = createEntityActions({ audit: options.audit, database, queue, logger, now: Date.now })
  const rollout = createPackageRollout({
    database,
    liveBus: options.liveBus,
    redis: () => redis ?? fail(),
    logger,
    now: Date.now,
  })
  const arrivals = { database, attributes: options.attributes, actions, limits, invalidate, packages: rollout }
  const provision = createProvision({ ...arrivals, guard })
  const findChild = createFindChild(arrivals)
  const packages = createPackageParts(database)
  const rates = createTransportLimits({ limits })
  const cache = createCredentialCache((credentialsId) => database.credentials.resolve(credentialsId))
  const byCertificate = createCertificateAccess({
    resolve: cache.resolve,
    provision: createProvisionByChain(arrivals),
    forget: cache.forgetDevice,
    skipsValidity: options.skipsValidityOfCertificates,
    now: Date.now,
  })
  const sessions = createSessionRegistry((deviceId) => holders.changed(deviceId))
  const wake = (deviceId: string) => commands.wake(deviceId, sessions.ofDevice(deviceId))
  const tellAttributes = ({ deviceId, scope, values, deleted }: DeviceDownlink) => {
    for (const session of sessions.ofDevice(deviceId)) {
      if (values) session.onAttributes?.({ scope, values })
      if (deleted) session.onAttributes?.({ scope, deleted })
    }
  }
  const holders = createDeviceHolders({
    nodeId: options.replies.serviceId,
    openRedis: options.openRedis,
    channels: options.channels,
    here: { of: sessions.held, devices: sessions.devices },
    onWake: wake,
    onAttributes: tellAttributes,
    onTakenOver: sessions.takenOver,
    logger,
  })
  const commands = createDeviceCommands({ desk, settled: holders.settled, logger })
  /**
   * A transport hands back the session it was given, which is marked as ours. A mark and no map: with a session for each
   * request a weak map would keep them all until the old part of the heap is collected.
   */
  const mark = Symbol('session of this gateway')
  const isOurs = (session: DeviceSession): session is OpenSession => mark in session
  const stateOf = (session: DeviceSession): OpenSession => {
    if (!isOurs(session)) throw new AppError('INTERNAL', 'A session of another gateway')
    return session
  }

  const touch = (state: OpenSession, nowMs: number) => {
    if (nowMs < state.nextTouchMs) return
    state.nextTouchMs = nowMs + activity.active(state.tenantId, state.deviceId, nowMs)
  }

  const begin = (
    info: DeviceSessionInfo,
    peer: Peer,
    origin: { find: OpenSession['find']; parent: OpenSession | null },
  ): OpenSession => {
    const session: OpenSession & { [mark]: true } = {
      [mark]: true,
      id: randomUUID(),
      deviceId: info.deviceId,
      tenantId: info.tenantId,
      deviceName: info.name,
      deviceType: info.type,
      isGateway: info.isGateway && !origin.parent,
      settings: settingsOf(info),
      onClose: null,
      onAttributes: null,
      onCommand: null,
      ...origin,
      children: new Set(),
      peer,
      info,
      sender: {
        tenantId: info.tenantId,
        deviceId: info.deviceId,
        isGateway: info.isGateway,
        gatewayId: origin.parent?.deviceId ?? null,
      },
      nextTouchMs: nextTouches.get(info.deviceId) ?? 0,
      heldSince: null,
      isClosed: false,
    }
    if (peer.lifetime !== 'request') sessions.add(session)
    if (peer.lifetime === 'connection') activity.connected(info.tenantId, info.deviceId, Date.now())
    return session
  }

  const open = async (offer: Parameters<DeviceGateway['open']>[0], peer: Peer): Promise<OpenResult> => {
    if (guard.isBanned(peer)) return { ok: false, refusal: 'too-many' }
    const found = await (offer.kind === 'x509' ? byCertificate(offer.certificates) : authenticate(offer, cache.resolve))
    if (!found) {
      guard.failed(peer)
      return { ok: false, refusal: 'bad-credentials' }
    }
    if (!servesTransport(found.info, peer)) return { ok: false, refusal: 'wrong-transport' }
    const { info, credentialsId } = found
    if (peer.lifetime === 'connection') metrics.connections.inc({ transport: peer.transport })
    const session = begin(info, peer, { find: () => cache.resolve(credentialsId), parent: null })
    if (peer.lifetime === 'poll') touchRequest(session, Date.now())
    return { ok: true, session }
  }

  const openChild: DeviceGateway['child'] = async (gateway, wanted) => {
    const parent = stateOf(gateway)
    if (!parent.isGateway) return { ok: false, code: 'PERMISSION_DENIED', message: 'The device is not a gateway' }
    try {
      const info = await findChild(parent.info, wanted)
      if (parent.isClosed) return { ok: false, code: 'CONFLICT', message: 'The gateway has gone' }
      const { tenantId, name } = info
      const find = () => database.credentials.resolveNamed(tenantId, name)
      const session = begin(info, parent.peer, { find, parent })
      parent.children.add(session)
      return { ok: true, session }
    } catch (error) {
      if (!(error instanceof AppError) || error.act !== 'caller') throw error
      return { ok: false, code: error.code, message: error.message }
    }
  }

  /** Sessions of one request are short: the throttle of their device must outlive them. */
  const nextTouches = new Map<string, number>()

  const touchRequest = (state: OpenSession, nowMs: number) => {
    if (nowMs < state.nextTouchMs) return
    touch(state, nowMs)
    if (nextTouches.size > 100_000) nextTouches.clear()
    nextTouches.set(state.deviceId, state.nextTouchMs)
  }

  const refuse = (state: OpenSession, code: 'PAYLOAD_MALFORMED' | 'RATE_LIMITED', message: string): AcceptResult => {
    ledger.rejected(state.tenantId, 1)
    metrics.rejected.inc({ transport: state.peer.transport, code })
    return { ok: false, code, message }
  }

  const admit: DeviceGateway['admit'] = (session) => {
    const state = stateOf(session)
    const now = Date.now()
    touchRequest(state, now)
    const take = (gate: { takeMessage(sender: OpenSession['sender']): boolean }) => {
      if (gate.takeMessage(state.sender)) return true
      metrics.rejected.inc({ transport: state.peer.transport, code: 'RATE_LIMITED' })
      return false
    }
    const gate = rates.known(state.tenantId, now)
    return gate ? take(gate) : rates.load(state.tenantId, now).then(take)
  }

  /** Everything that a device asks for counts as a message and a sign of life; throws when it sent too many. */
  const countMessage = async (state: OpenSession) => {
    const now = Date.now()
    const gate = rates.known(state.tenantId, now) ?? (await rates.load(state.tenantId, now))
    if (gate.takeMessage(state.sender)) return touchRequest(state, now)
    metrics.rejected.inc({ transport: state.peer.transport, code: 'RATE_LIMITED' })
    throw new AppError('RATE_LIMITED', tooMany)
  }

  const accept = async (
    session: DeviceSession,
    uplink: Parameters<DeviceGateway['accept']>[1],
  ): Promise<AcceptResult> => {
    const state = stateOf(session)
    const now = Date.now()
    const { info, peer } = state
    // Awaited only when it is not at hand: this is the hot path.
    const gate = rates.known(info.tenantId, now) ?? (await rates.load(info.tenantId, now))
    if (!gate.takeMessage(state.sender)) return refuse(state, 'RATE_LIMITED', tooMany)
    const built = messagesOf(state, uplink, now)
    if (!built.ok) return refuse(state, 'PAYLOAD_MALFORMED', built.message)
    if (!gate.takeData(state.sender, built.points)) return refuse(state, 'RATE_LIMITED', tooMany)
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
    await countMessage(stateOf(session))
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
    if (state.isClosed) return
    state.isClosed = true
    for (const child of state.children) close(child, reason)
    state.parent?.children.delete(state)
    sessions.remove(state)
    requests.forget(state)
    if (state.peer.lifetime !== 'connection') return
    if (!state.parent) metrics.connections.dec({ transport: state.peer.transport })
    activity.disconnected(state.tenantId, state.deviceId, Date.now())
    logger.debug({ deviceId: state.deviceId, transport: state.peer.transport, reason }, 'session closed')
  }

  /** A session goes on when its credentials still lead to its device; its name, profile and queue may have changed. */
  const recheck = async (state: OpenSession) => {
    const info = await state.find()
    if (!info) return state.onClose?.('device-deleted')
    if (info.deviceId !== state.deviceId) return state.onClose?.('credentials-changed')
    if (!state.parent && !isSameAccess(info, state)) return state.onClose?.('credentials-changed')
    state.info = info
    state.settings = settingsOf(info)
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

  const forgetLimits = () => {
    limits.forget()
    rates.forget()
  }

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
      packages.forget()
      recheckAll(sessions.ofDevice(event.id))
    }
    if (event?.kind === 'device-profile') {
      packages.forget()
      cache.forgetProfile(event.id)
      inBackground(recheckSlowly(sessionsWhere((info) => info.deviceProfileId === event.id)))
    }
    if (event?.kind === 'tenant-profile' || event?.kind === 'tenant') forgetLimits()
    if (event?.kind === 'tenant') inBackground(tenantChanged(event.id))
  })
  options.channels.subscribe(redisChannels.downlink, (text) => {
    const downlink = parseChannelMessage(text, deviceDownlinkSchema, logger, redisChannels.downlink)
    if (downlink) tellAttributes(downlink)
  })
  options.channels.subscribe(redisChannels.rpcWake, wake)
  options.channels.subscribe(redisChannels.inactivityTimeout, (member) => {
    const deviceId = member.slice(member.indexOf('/') + 1)
    nextTouches.delete(deviceId)
    for (const session of sessions.ofDevice(deviceId)) session.nextTouchMs = 0
  })
  options.channels.onGap(() => {
    cache.forgetAll()
    packages.forget()
    forgetLimits()
    recheckAll(sessions.all())
    for (const deviceId of sessions.devices()) wake(deviceId)
  })

  return {
    name: 'device gateway',
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      await holders.start()
    },
    stop: async (deadlineMs) => {
      sessions.endAll('stopping')
      await holders.stop(deadlineMs)
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
      wantsCommands: (session) => commands.wake(session.deviceId, [stateOf(session)]),
      answerCommand: async (session, id, body) => {
        await countMessage(stateOf(session))
        await desk.answer(session.deviceId, id, body)
      },
      offerClaim: async (session, payload) => {
        const state = stateOf(session)
        await countMessage(state)
        const offer = claimOfferOf(payload)
        if (offer && !state.info.customerId) await claims().offer(state.deviceId, offer)
      },
      askServer: async (session, requestId, payload) => {
        const state = stateOf(session)
        await countMessage(state)
        return requests.ask(state, requestId, payload)
      },
      provision,
      package: (session, kind) => packages.find(session.tenantId, session.deviceId, kind),
      child: openChild,
      admit,
      touch: (session) => touch(stateOf(session), Date.now()),
    },
  }
}

/** The session may go on as it was opened: same credentials, and a profile that its transport serves. */
const isSameAccess = (info: DeviceSessionInfo, state: OpenSession): boolean =>
  info.credentialsType === state.info.credentialsType &&
  info.credentialsValue === state.info.credentialsValue &&
  info.isGateway === state.isGateway &&
  servesTransport(info, state.peer)

/** A profile of another transport type still serves the plain device HTTP API. */
const servesTransport = (info: DeviceSessionInfo, peer: Peer): boolean =>
  peer.transport === 'http' || info.transportType === 'DEFAULT' || info.transportType.toLowerCase() === peer.transport
