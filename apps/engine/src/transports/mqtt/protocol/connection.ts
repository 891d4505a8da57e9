import type { Duplex } from 'node:stream'
import type { ClientHandler, ConnectAnswer, ConnectionOptions, ConnectionOrigin } from './client-handler.ts'
import { ConnectFault, decodeConnect, decodePacket, VersionFault, wantsProblemInformation } from './decode.ts'
import { Downlinks } from './downlinks.ts'
import { acknowledgement, connack3, connackRefusal5, packetOf, pingresp, refusal, suback, unsuback } from './encode.ts'
import { Frames, maxPacketBytes } from './frames.ts'
import { Outbox } from './outbox.ts'
import type { ClientPacket, ConnectPacket, ProtocolVersion, PublishPacket } from './packets.ts'
import { noProperties, numberOf, property, type Properties } from './properties.ts'
import { ProtocolFault, protocolError, PublishRefusal, reason } from './reasons.ts'
import { type PendingPublish, unanswered, Uplinks } from './uplinks.ts'

const connectTimeoutMs = 10_000
/** How long the peer may take to close its side after ours is closed. */
const lingerMs = 1_000
/** Packets that may arrive before authentication is through (as ThingsBoard). */
const maxUnauthenticatedPackets = 100
/** Unanswered publishes of one connection beyond which its socket is not read. */
const maxUnanswered = 256
const maxUnansweredBytes = 65_536
/** Answers of one turn beyond which a socket is not read: a client that asks and never reads asks no further. */
const maxUnsentBytes = 65_536
const topicAliasMaximum = 16
/** A version 5 client that would be silent for longer is told to ping this often. */
const maxKeepAliveSeconds = 3_600

/** Where a connection stands. `closing`: nothing is said any more, what arrives is not read. */
type State = 'new' | 'authenticating' | 'open' | 'closing'

/** The protocol of one socket: MQTT 3.1, 3.1.1 or 5, as its CONNECT says. */
export class MqttConnection {
  readonly origin: ConnectionOrigin
  readonly #socket: Duplex
  readonly #options: ConnectionOptions
  readonly #outbox: Outbox
  readonly #uplinks: Uplinks
  readonly #frames = new Frames()
  #downlinks: Downlinks | null = null
  #state: State = 'new'
  #version: ProtocolVersion = 4
  #properties: Properties = noProperties
  #handler: ClientHandler | null = null
  #aliases: Map<number, string> | null = null
  #keepAliveMs = 0
  /** When the sweep ends it, by the monotonic clock; 0: never. */
  #deadline = performance.now() + connectTimeoutMs
  #isHeld = false
  #isPaused = false
  #isDraining = false

  constructor(socket: Duplex, options: ConnectionOptions, origin: ConnectionOrigin) {
    this.origin = origin
    this.#socket = socket
    this.#options = options
    this.#outbox = new Outbox(socket, this)
    this.#uplinks = new Uplinks(this.#outbox)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('drain', () => this.#read())
  }

  get version(): ProtocolVersion {
    return this.#version
  }

  get address(): string {
    return this.origin.address
  }

  get unsentBytes(): number {
    return this.#outbox.unsentBytes + (this.#downlinks?.waitingBytes ?? 0)
  }

  get unansweredPublishes(): number {
    return this.#state === 'open' ? this.#uplinks.count : 0
  }

  /** Publishes to the client. Its message id with QoS 1, 0 with QoS 0; null when it cannot be sent. */
  send(topic: string, body: string | Buffer, qos: 0 | 1): number | null {
    if (this.#state !== 'open') return null
    this.#downlinks ??= new Downlinks(this.#outbox, this.#version, {
      receiveMaximum: numberOf(this.#properties, property.receiveMaximum) ?? 65_535,
      maxPacketBytes: numberOf(this.#properties, property.maximumPacketSize) ?? Number.MAX_SAFE_INTEGER,
      topicAliasMaximum: numberOf(this.#properties, property.topicAliasMaximum) ?? 0,
    })
    return this.#downlinks.send(topic, body, qos)
  }

  /** Takes nothing more from the socket until `release`; what was read still gets its answers. */
  hold(): void {
    this.#isHeld = true
    this.#read()
  }

  release(): void {
    this.#isHeld = false
    this.#read()
  }

  /** As `hold`, for good: the server stops. */
  drain(): void {
    this.#isDraining = true
    this.#read()
  }

  /** Ends the connection; a version 5 client is told why ([MQTT-4.13.1-1]: what was begun is still sent). */
  end(reasonCode: number, why: string): void {
    if (this.#state === 'closing') return
    const isTold = this.#version === 5 && this.#state === 'open'
    // [MQTT-3.2.2-6]: before CONNACK nothing else may be sent.
    this.#finish(isTold ? Buffer.from([0xe0, 2, reasonCode, 0]) : null, why)
  }

  /** What was gathered is with the socket. */
  flushed(): void {
    if (this.#isPaused) this.#read()
  }

  /** The socket is gone. */
  gone(): void {
    this.#close('connection closed')
  }

  /** Called now and then: ends what has been silent for too long. */
  sweep(now: number): void {
    if (this.#deadline === 0 || now < this.#deadline) return
    if (this.#state === 'new' || this.#state === 'closing') this.#socket.destroy()
    // Silence of a client that is not read means nothing.
    else if (this.#isPaused) this.#live()
    // [MQTT-3.1.2-24] (5: [MQTT-3.1.2-22])
    else this.end(reason.keepAliveTimeout, 'keep alive timeout')
  }

  #receive(chunk: Buffer): void {
    if (this.#state === 'closing') return
    try {
      // What arrives in spite of a pause was with the stream already.
      if (this.#state === 'authenticating') this.#frames.keep(chunk)
      else this.#frames.push(chunk, this.#onFrame)
      if (this.#isAuthenticating) this.#requirePatience()
    } catch (error) {
      this.#fail(error)
    }
    this.#read()
  }

  /** A field, so that no function is made for each chunk. */
  readonly #onFrame = (header: number, bytes: Buffer, start: number, end: number): boolean => {
    if (this.#state === 'new') this.#connect(decodeConnect(header, bytes, start, end))
    else this.#take(decodePacket(this.#version, header, bytes, start, end))
    return this.#state === 'open'
  }

  /** Asked again after a packet changed it. */
  get #isAuthenticating(): boolean {
    return this.#state === 'authenticating'
  }

  #requirePatience(): void {
    if (this.#frames.waitingPackets(maxUnauthenticatedPackets + 1) <= maxUnauthenticatedPackets) return
    throw new ProtocolFault(reason.quotaExceeded, 'Too many packets before authentication')
  }

  #fail(error: unknown): void {
    if (this.#state === 'closing') return
    const fault = error instanceof Error ? error : new Error(String(error))
    this.#options.onFault(this, fault)
    const code = fault instanceof ProtocolFault ? fault.code : reason.implementationSpecific
    const isRefusedConnect = fault instanceof ConnectFault || (this.#state === 'authenticating' && this.#version === 5)
    if (fault instanceof VersionFault) this.#finish(fault.answer, fault.message)
    else if (isRefusedConnect) this.#finish(connackRefusal5(code), fault.message)
    else this.end(code, fault.message)
  }

  #connect(packet: ConnectPacket): void {
    this.#version = packet.version
    this.#properties = packet.properties
    // [MQTT-4.12.0-1]: no method is supported.
    if (packet.properties.has(property.authenticationMethod))
      throw new ConnectFault(reason.badAuthenticationMethod, 'Enhanced authentication is not available')
    this.#state = 'authenticating'
    this.#deadline = 0
    void this.#options.connect(this, packet).then(
      (answer) => this.#answerConnect(packet, answer),
      (error: unknown) => this.#fail(error),
    )
  }

  #answerConnect(packet: ConnectPacket, answer: ConnectAnswer): void {
    if (this.#state !== 'authenticating') {
      if (answer.isAccepted) answer.handler.closed('closed during authentication')
      return
    }
    if (!answer.isAccepted) {
      // [MQTT-3.2.2-5] (5: [MQTT-3.2.2-7]): refused, then closed.
      const connack = this.#version === 5 ? connackRefusal5(answer.reasonCode) : connack3(answer.returnCode)
      this.#finish(connack, 'refused')
      return
    }
    this.#handler = answer.handler
    this.#state = 'open'
    const isTooSilent = this.#version === 5 && packet.keepAliveSeconds > maxKeepAliveSeconds
    this.#keepAliveMs = (isTooSilent ? maxKeepAliveSeconds : packet.keepAliveSeconds) * 1_500
    this.#live()
    this.#outbox.write(this.#version === 5 ? this.#connack5(packet, isTooSilent) : connack3(0))
    try {
      this.#frames.resume(this.#onFrame)
    } catch (error) {
      this.#fail(error)
    }
    this.#read()
  }

  #connack5(packet: ConnectPacket, isTooSilent: boolean): Buffer {
    const asked = numberOf(packet.properties, property.sessionExpiryInterval) ?? 0
    const properties = {
      receiveMaximum: this.#options.receiveMaximum,
      maximumPacketSize: maxPacketBytes,
      topicAliasMaximum,
      retainAvailable: false,
      subscriptionIdentifiersAvailable: false,
      sharedSubscriptionAvailable: false,
      // [MQTT-3.2.2-16]
      ...(packet.clientId === '' && { assignedClientIdentifier: assignedClientId() }),
      ...(asked > 0 && { sessionExpiryInterval: 0 }),
      ...(isTooSilent && { serverKeepAlive: maxKeepAliveSeconds }),
    }
    return packetOf({ cmd: 'connack', sessionPresent: false, reasonCode: 0, properties }, 5)
  }

  #take(packet: ClientPacket): void {
    const handler = this.#handler
    if (!handler) throw protocolError('Not connected')
    this.#live()
    switch (packet.cmd) {
      case 'publish':
        handler.touch()
        this.#publish(packet, handler)
        return
      case 'puback':
        if (this.#downlinks?.acknowledged(packet.messageId))
          handler.acknowledged(packet.messageId, packet.reasonCode < 0x80)
        return
      case 'pubrec':
        // No QoS 2 is sent; §4.3.3 asks that the exchange be ended all the same.
        if (packet.reasonCode < 0x80) this.#answerUnknown('pubrel', packet.messageId)
        return
      case 'pubrel':
        if (this.#uplinks.release(packet.messageId)) this.#outbox.write(acknowledgement('pubcomp', packet.messageId))
        else this.#answerUnknown('pubcomp', packet.messageId)
        return
      case 'pubcomp':
        return
      case 'subscribe':
        this.#subscribe(packet, handler)
        return
      case 'unsubscribe':
        // [MQTT-3.10.4-4], [MQTT-3.10.4-5]
        this.#outbox.write(unsuback(this.#version, packet.messageId, handler.unsubscribe(packet.filters)))
        return
      case 'pingreq':
        handler.touch()
        // [MQTT-3.12.4-1]
        this.#outbox.write(pingresp)
        return
      case 'disconnect':
        this.#disconnect(packet.properties)
        return
      case 'auth':
        throw protocolError('AUTH without an authentication method')
      case 'connect':
        throw protocolError('A second CONNECT')
    }
  }

  #answerUnknown(cmd: 'pubrel' | 'pubcomp', messageId: number): void {
    this.#outbox.write(
      this.#version === 5 ? refusal(cmd, messageId, reason.packetIdNotFound, null) : acknowledgement(cmd, messageId),
    )
  }

  #publish(packet: PublishPacket, handler: ClientHandler): void {
    if (packet.properties !== noProperties) packet.topic = this.#topicOf(packet)
    const pending = this.#uplinks.begin(packet)
    if (!pending) return
    // [MQTT-3.3.4-7]: the client's fault; §3.3.4 names the reason.
    if (this.#version === 5 && this.#uplinks.unfinished > this.#options.receiveMaximum)
      throw new ProtocolFault(reason.receiveMaximumExceeded, 'More publishes than the receive maximum')
    handler.publish(packet, (error) => this.#settle(pending, error))
  }

  #topicOf({ topic, properties }: PublishPacket): string {
    const alias = numberOf(properties, property.topicAlias)
    if (alias === undefined) return topic
    // [MQTT-3.3.2-9]
    if (alias > topicAliasMaximum) throw new ProtocolFault(reason.topicAliasInvalid, 'A topic alias beyond the maximum')
    this.#aliases ??= new Map()
    if (topic !== '') {
      this.#aliases.set(alias, topic)
      return topic
    }
    const known = this.#aliases.get(alias)
    if (known === undefined) throw protocolError('A topic alias that stands for nothing')
    return known
  }

  #settle(pending: PendingPublish, error: Error | null | undefined): void {
    if (this.#state !== 'open') return
    if (!error) this.#uplinks.settle(pending, reason.success, null)
    else if (error instanceof PublishRefusal) this.#refuse(pending, error)
    else this.#fail(error)
    if (this.#isPaused) this.#read()
  }

  #refuse(pending: PendingPublish, error: PublishRefusal): void {
    const isTold = this.#version === 5
    // [MQTT-3.1.2-29]: no reason strings for who does not want them.
    const why = isTold && wantsProblemInformation(this.#properties) ? error.message : null
    switch (error.kind) {
      case 'topic':
        this.#uplinks.settle(pending, isTold ? reason.topicNameInvalid : reason.success, why)
        return
      case 'payload':
        if (isTold) this.#uplinks.settle(pending, reason.payloadFormatInvalid, why)
        else this.#fail(error)
        return
      case 'payload-passed-over':
        this.#uplinks.settle(pending, isTold ? reason.payloadFormatInvalid : reason.success, why)
        return
      case 'unanswered':
        this.#uplinks.settle(pending, unanswered, null)
    }
  }

  #subscribe(packet: Extract<ClientPacket, { cmd: 'subscribe' }>, handler: ClientHandler): void {
    const codes = packet.subscriptions.map(({ filter, qos }) => {
      if (filter.startsWith('$share/')) return reason.sharedSubscriptionsUnsupported
      return handler.subscribe(filter, qos) ?? reason.topicFilterInvalid
    })
    // [MQTT-3.8.4-1], [MQTT-3.8.4-5]: one code for each filter.
    this.#outbox.write(suback(this.#version, packet.messageId, codes))
    handler.subscribed(packet.subscriptions.map(({ filter }) => filter))
  }

  #disconnect(properties: Properties): void {
    const expiry = numberOf(properties, property.sessionExpiryInterval) ?? 0
    // §3.14.2.2.2: a session that was not to outlive its connection cannot be made to.
    if (expiry > 0 && !numberOf(this.#properties, property.sessionExpiryInterval))
      throw protocolError('A session expiry that CONNECT did not ask for')
    this.#finish(null, 'disconnected')
  }

  #live(): void {
    this.#deadline = this.#keepAliveMs > 0 ? performance.now() + this.#keepAliveMs : 0
  }

  /** Reads the socket or lets it wait, as things stand. */
  #read(): void {
    const isWanted =
      this.#state === 'closing' ||
      this.#state === 'new' ||
      (this.#state === 'open' &&
        !this.#isHeld &&
        !this.#isDraining &&
        this.#uplinks.count < maxUnanswered &&
        this.#uplinks.bytes < maxUnansweredBytes &&
        // Ends with `drain`, and nothing else does.
        !this.#socket.writableNeedDrain &&
        this.#outbox.gatheredBytes < maxUnsentBytes)
    if (isWanted === !this.#isPaused) return
    this.#isPaused = !isWanted
    if (isWanted) this.#socket.resume()
    else this.#socket.pause()
    if (isWanted && this.#state === 'open') this.#live()
  }

  /**
   * Says the last word and closes our side. The peer's is read, to nowhere, until it closes too: a socket that is
   * destroyed with unread bytes resets the connection, and the last word would be lost.
   */
  #finish(lastWord: Buffer | null, why: string): void {
    if (this.#state === 'closing') return
    if (lastWord) this.#outbox.write(lastWord)
    this.#outbox.flush()
    this.#close(why)
    this.#deadline = performance.now() + lingerMs
    this.#socket.end()
    this.#read()
  }

  #close(why: string): void {
    if (this.#state === 'closing') return
    this.#state = 'closing'
    this.#frames.drop()
    this.#handler?.closed(why)
  }
}

let assigned = 0
/** Told apart by start of the engine, node and number. */
const assignedPrefix = `tw-${Math.random().toString(36).slice(2, 10)}`
const assignedClientId = (): string => `${assignedPrefix}-${(++assigned).toString(36)}`
