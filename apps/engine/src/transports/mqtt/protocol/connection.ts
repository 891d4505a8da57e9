import type { Duplex } from 'node:stream'
import type {
  ClientHandler,
  ConnectAnswer,
  ConnectionOptions,
  ConnectionOrigin,
  Goodbye,
  SpaceTerms,
} from './client-handler.ts'
import { assignedClientId, connackSuccess5, maxKeepAliveSeconds } from './connack.ts'
import { ConnectFault, decodeConnect, decodePacket, VersionFault } from './decode.ts'
import type { Publication } from './downlinks.ts'
import { connack3, connackRefusal5, pingresp, suback, unsuback } from './encode.ts'
import { Exchanges } from './exchanges.ts'
import { Frames } from './frames.ts'
import { Outbox } from './outbox.ts'
import type { ClientPacket, ConnectPacket, ProtocolVersion } from './packets.ts'
import { noProperties, numberOf, property, type Properties } from './properties.ts'
import { ProtocolFault, protocolError, reason } from './reasons.ts'

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

/** Where a connection stands. `closing`: nothing is said any more, what arrives is not read. */
type State = 'new' | 'authenticating' | 'open' | 'closing'

/** The protocol of one socket: MQTT 3.1, 3.1.1 or 5, as its CONNECT says. */
export class MqttConnection {
  readonly origin: ConnectionOrigin
  readonly #socket: Duplex
  readonly #options: ConnectionOptions
  readonly #outbox: Outbox
  readonly #frames = new Frames()
  /** Null before CONNACK. */
  #exchanges: Exchanges | null = null
  #state: State = 'new'
  #version: ProtocolVersion = 4
  #properties: Properties = noProperties
  #handler: ClientHandler | null = null
  #space: SpaceTerms | null = null
  #assignedClientId: string | null = null
  /** SUBSCRIBE and UNSUBSCRIBE without an answer. */
  #unanswered = 0
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
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('drain', () => this.#read())
  }

  get version(): ProtocolVersion {
    return this.#version
  }

  get address(): string {
    return this.origin.address
  }

  /** What a client without a name is called from now on ([MQTT-3.2.2-16]). */
  get assignedClientId(): string | null {
    return this.#assignedClientId
  }

  get unsentBytes(): number {
    return this.#outbox.unsentBytes + (this.#exchanges?.waitingBytes ?? 0)
  }

  get unansweredPublishes(): number {
    return this.isOpen ? (this.#exchanges?.unanswered ?? 0) : 0
  }

  /** Publishes to the client. Its message id with QoS 1, 0 with QoS 0; null when it cannot be sent. */
  send(topic: string, body: string | Buffer, qos: 0 | 1): number | null {
    return this.deliver({ topic, payload: typeof body === 'string' ? Buffer.from(body) : body, qos })
  }

  /** The same for any message. */
  deliver(publication: Publication): number | null {
    return this.isOpen ? (this.#exchanges?.send(publication) ?? null) : null
  }

  /** Goes on with a QoS 2 exchange of an earlier connection: PUBREL. */
  resumeRelease(messageId: number): void {
    if (this.isOpen) this.#exchanges?.resumeRelease(messageId)
  }

  /** Publishes with QoS 1 and 2 that the client takes at a time; 0 before CONNACK. */
  get clientReceiveMaximum(): number {
    return this.#exchanges?.clientReceiveMaximum ?? 0
  }

  get #largestBytes(): number {
    return numberOf(this.#properties, property.maximumPacketSize) ?? Number.MAX_SAFE_INTEGER
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

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  /** A publish has its answer: there may be room for more. */
  settled(): void {
    if (this.#isPaused) this.#read()
  }

  /** An answer that the client does not take leaves the two with nothing to go on with. */
  unsendable(): void {
    this.fail(new ProtocolFault(reason.packetTooLarge, 'An answer is larger than the client takes'))
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
      this.fail(error)
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

  /** Ends the connection for a fault, in the way that is due to it. */
  fail(error: unknown): void {
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
    this.#outbox.largestBytes = this.#largestBytes
    // [MQTT-4.12.0-1]: no method is supported.
    if (packet.properties.has(property.authenticationMethod))
      throw new ConnectFault(reason.badAuthenticationMethod, 'Enhanced authentication is not available')
    this.#state = 'authenticating'
    this.#deadline = 0
    if (packet.version === 5 && packet.clientId === '') this.#assignedClientId = assignedClientId()
    void this.#options.connect(this, packet).then(
      (answer) => this.#answerConnect(packet, answer),
      (error: unknown) => this.fail(error),
    )
  }

  #answerConnect(packet: ConnectPacket, answer: ConnectAnswer): void {
    if (this.#state !== 'authenticating') {
      if (answer.isAccepted) answer.handler.closed('closed during authentication', null)
      return
    }
    if (!answer.isAccepted) {
      // [MQTT-3.2.2-5] (5: [MQTT-3.2.2-7]): refused, then closed.
      const connack = this.#version === 5 ? connackRefusal5(answer.reasonCode) : connack3(answer.returnCode)
      this.#finish(connack, 'refused')
      return
    }
    this.#handler = answer.handler
    this.#space = answer.space ?? null
    const session = answer.session ?? null
    const terms = { session, space: this.#space, assignedClientId: this.#assignedClientId }
    const connack =
      this.#version === 5
        ? connackSuccess5(packet, terms, this.#options)
        : connack3(0, this.#version === 4 && session?.isPresent)
    if (connack.length > this.#largestBytes) {
      this.#finish(connackRefusal5(reason.packetTooLarge), 'CONNACK is larger than the client takes')
      return
    }
    this.#state = 'open'
    this.#exchanges = new Exchanges(this.#outbox, this, answer.handler, {
      version: this.#version,
      properties: this.#properties,
      largestBytes: this.#largestBytes,
      receiveMaximum: this.#options.receiveMaximum,
      isKept: session !== null || this.#space !== null,
      received: session?.received ?? [],
    })
    const isTooSilent = this.#version === 5 && packet.keepAliveSeconds > maxKeepAliveSeconds
    this.#keepAliveMs = (isTooSilent ? maxKeepAliveSeconds : packet.keepAliveSeconds) * 1_500
    this.#live()
    this.#outbox.write(connack)
    answer.handler.opened?.()
    try {
      this.#frames.resume(this.#onFrame)
    } catch (error) {
      this.fail(error)
    }
    this.#read()
  }

  #take(packet: ClientPacket): void {
    const handler = this.#handler
    const exchanges = this.#exchanges
    if (!handler || !exchanges) throw protocolError('Not connected')
    this.#live()
    switch (packet.cmd) {
      case 'publish':
        handler.touch()
        exchanges.publish(packet)
        return
      case 'puback':
      case 'pubrec':
      case 'pubrel':
      case 'pubcomp':
        exchanges.take(packet)
        return
      case 'subscribe':
        this.#subscribe(packet, handler)
        return
      case 'unsubscribe': {
        const { messageId } = packet
        // [MQTT-3.10.4-4], [MQTT-3.10.4-5]
        this.#whenDecided(handler.unsubscribe(packet.filters), (codes) =>
          this.#outbox.write(unsuback(this.#version, messageId, codes)),
        )
        return
      }
      case 'pingreq':
        handler.touch()
        // [MQTT-3.12.4-1]
        this.#outbox.write(pingresp)
        return
      case 'disconnect':
        this.#disconnect(packet.reasonCode, packet.properties)
        return
      case 'auth':
        throw protocolError('AUTH without an authentication method')
      case 'connect':
        throw protocolError('A second CONNECT')
    }
  }

  #subscribe(packet: Extract<ClientPacket, { cmd: 'subscribe' }>, handler: ClientHandler): void {
    const { messageId, subscriptions, identifier } = packet
    if (identifier !== null && !this.#space)
      throw new ProtocolFault(reason.subscriptionIdsUnsupported, 'Subscription identifiers are not available')
    this.#whenDecided(handler.subscribe(subscriptions, identifier), (codes) => {
      // [MQTT-3.8.4-1], [MQTT-3.8.4-5]: one code for each filter.
      this.#outbox.write(suback(this.#version, messageId, codes))
      if (this.#state === 'open') handler.subscribed(subscriptions.map(({ filter }) => filter))
    })
  }

  #whenDecided(codes: number[] | Promise<number[]>, then: (codes: number[]) => void): void {
    if (Array.isArray(codes)) {
      then(codes)
      return
    }
    this.#unanswered++
    codes.then(
      (decided) => {
        this.#unanswered--
        if (this.#state === 'open') then(decided)
        this.#read()
      },
      (error: unknown) => this.fail(error),
    )
  }

  #disconnect(reasonCode: number, properties: Properties): void {
    const expiry = numberOf(properties, property.sessionExpiryInterval) ?? null
    // §3.14.2.2.2: a session that was not to outlive its connection cannot be made to.
    if (expiry !== null && expiry > 0 && !numberOf(this.#properties, property.sessionExpiryInterval))
      throw protocolError('A session expiry that CONNECT did not ask for')
    this.#finish(null, 'disconnected', { keepsWill: reasonCode !== 0, sessionExpirySeconds: expiry })
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
        this.#unanswered === 0 &&
        (this.#exchanges?.unanswered ?? 0) < maxUnanswered &&
        (this.#exchanges?.unansweredBytes ?? 0) < maxUnansweredBytes &&
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
  #finish(lastWord: Buffer | null, why: string, goodbye: Goodbye | null = null): void {
    if (this.#state === 'closing') return
    if (lastWord && lastWord.length <= this.#largestBytes) this.#outbox.write(lastWord)
    this.#outbox.flush()
    this.#close(why, goodbye)
    this.#deadline = performance.now() + lingerMs
    this.#socket.end()
    this.#read()
  }

  #close(why: string, goodbye: Goodbye | null = null): void {
    if (this.#state === 'closing') return
    this.#state = 'closing'
    this.#frames.drop()
    this.#handler?.closed(why, goodbye)
  }
}
