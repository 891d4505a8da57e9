import { type Connect, type Level, readConnect, readPacket, type Said } from './client-packets.ts'
import { type Fault, malformedCode } from './fields.ts'
import { numberIn, type PacketName } from './property-table.ts'
import type { ServerPacket } from './server-packets.ts'

/** What a server may answer to the application's side of a packet; the codes of version 5, or 0 to 128 before it. */
export type ServerRules = {
  /** Longest body of a packet, bytes. */
  maxRemainingLength: number
  topicAliasMaximum: number
  /** Whether the server knows subscription identifiers. */
  hasIdentifiers: boolean
  /** Codes of a CONNACK that may answer; 0: accepted. */
  connect(said: Connect): readonly number[]
  /** Codes of an acknowledgement, which none has before version 5; `closes`: or its end, with one of these reasons. */
  publish(said: { topic: string; payload: Uint8Array; qos: number; level: Level }): {
    codes: readonly number[]
    closes?: readonly number[]
  }
  subscribe(filter: string, qos: number, level: Level): readonly number[]
  unsubscribe(filter: string): readonly number[]
}

/** A packet that is due. `codes`: for each code of the packet those that it may be. */
export type Answer = {
  name: PacketName
  id?: number
  codes?: readonly (readonly number[])[]
  /** What is wrong with it beyond that, if anything. */
  objection?(packet: ServerPacket): string | null
}

/**
 * One of the ways in which a server may react: these packets and no others, and the end of the connection or not.
 * `mayEndLater`: nothing shows when the server has decided.
 */
export type Outcome = { answers: readonly Answer[]; isOver: boolean; mayEndLater?: boolean; happened?(): void }

export type Verdict =
  /** The server has to wait for as many bytes at least. */
  | { kind: 'incomplete'; missing: number }
  | { kind: 'packet'; isRefused: boolean; what: string; length: number; outcomes: readonly Outcome[] }

const alphabetical = (codes: Iterable<number>) => [...new Set(codes)].toSorted((a, b) => a - b)

/** Smallest form of an answer, bytes. */
const smallestSize = (answer: Answer, level: Level): number => {
  switch (answer.name) {
    case 'PINGRESP':
      return 2
    case 'SUBACK':
    case 'UNSUBACK':
      return 2 + (level === 5 ? 3 : 2) + (answer.codes?.length ?? 0)
    case 'CONNACK':
      return 5
    default:
      return answer.codes?.some((one) => !one.includes(0)) ? 5 : 4
  }
}

/** The server's duties towards one client, by the standard alone: what it may answer to each of the client's packets. */
export class MqttOracle {
  readonly #rules: ServerRules
  #level: Level | null = null
  #isOpen = false
  #sessionExpirySeconds = 0
  /** Longest packet that the client takes. */
  #largest = Number.POSITIVE_INFINITY
  readonly #aliases = new Map<number, string>()
  /** QoS 2 publishes without PUBREL. */
  readonly #unreleased = new Set<number>()

  constructor(rules: ServerRules) {
    this.#rules = rules
  }

  /** 4 until CONNECT says another. */
  get level(): Level {
    return this.#level ?? 4
  }

  get largest(): number {
    return this.#largest
  }

  /** On the first packet in the bytes. `isRefused`: the standard demands the end of the connection. */
  judge(bytes: Uint8Array): Verdict {
    let body = 0
    for (let index = 1, weight = 1; ; index++, weight *= 128) {
      const byte = bytes[index]
      if (byte === undefined) return { kind: 'incomplete', missing: 1 }
      body += (byte % 128) * weight
      if (body > this.#rules.maxRemainingLength)
        return this.#refused('a packet is too large', bytes.length, [0x95, ...(index === 4 ? [malformedCode] : [])])
      if (byte >= 128 && index === 4) return this.#refused('a length of five bytes', bytes.length, [malformedCode])
      if (byte >= 128) continue
      // 5 §1.5.5 says so; 3.1.1 does not, where the server is as strict.
      if (byte === 0 && index > 1) return this.#refused('a length is longer than needed', bytes.length, [malformedCode])
      const length = index + 1 + body
      if (bytes.length < length) return { kind: 'incomplete', missing: length - bytes.length }
      return this.#packet(bytes[0] ?? 0, bytes.subarray(index + 1, length), length)
    }
  }

  #packet(header: number, body: Uint8Array, length: number): Verdict {
    if (!this.#isOpen) return this.#first(header, body, length)
    const { faults, said } = readPacket(this.level, header, body)
    if (said?.name === 'PUBLISH') faults.push(...this.#aliasFaults(said))
    if (faults.length > 0 || said === null) return this.#faulty(faults, length)
    return this.#answered(said, length)
  }

  #faulty(faults: readonly Fault[], length: number): Verdict {
    return this.#refused(
      faults[0]?.what ?? '',
      length,
      faults.flatMap(({ codes }) => codes),
    )
  }

  /** [MQTT-4.13.1-1], [MQTT-4.13.2-1]; before version 5 there is nothing but the end ([MQTT-4.8.0-1]). */
  #refused(what: string, length: number, codes: readonly number[]): Verdict {
    return { kind: 'packet', isRefused: true, what, length, outcomes: this.#endings(codes) }
  }

  #endings(codes: readonly number[]): Outcome[] {
    if (!this.#isOpen || this.level < 5 || this.#largest < 4) return [{ answers: [], isOver: true }]
    return [{ answers: [{ name: 'DISCONNECT', codes: [alphabetical(codes)] }], isOver: true }]
  }

  #first(header: number, body: Uint8Array, length: number): Verdict {
    const refused = (what: string, outcomes: Outcome[]): Verdict => ({
      kind: 'packet',
      isRefused: true,
      what,
      length,
      outcomes,
    })
    const silent: Outcome = { answers: [], isOver: true }
    const refusal = (...codes: number[]): Outcome => ({ answers: [{ name: 'CONNACK', codes: [codes] }], isOver: true })
    if (header >> 4 !== 1) return refused('the first packet is no CONNECT', [silent])
    const read = readConnect(header, body)
    if (read.kind === 'unreadable') return refused('a CONNECT that cannot be read', [silent])
    if (read.kind === 'other')
      return refused(
        read.isMqtt ? 'another level' : 'another protocol',
        read.isMqtt ? [refusal(1, 0x84)] : [silent, refusal(0x84)],
      )
    this.#level = read.level
    // What a CONNECT says that is not in order binds nobody.
    if (read.said && read.faults.length === 0) this.#largest = numberIn(read.said.properties, 39) || this.#largest
    const codes = read.faults.flatMap((fault) => fault.codes)
    const hasMethod = read.said?.properties.has(21) ?? false
    if (codes.length === 0 && !hasMethod && read.said) return this.#connected(read.said, length)
    const what = read.faults[0]?.what ?? 'an authentication method'
    if (read.level < 5) return refused(what, [silent])
    return refused(what, [
      this.#largest < 5 ? silent : refusal(...codes, ...(hasMethod || !read.said ? [0x8c, 0x87] : [])),
    ])
  }

  #connected(said: Connect, length: number): Verdict {
    const permitted = this.#rules.connect(said)
    const refusals = permitted.filter((code) => code !== 0)
    const outcomes: Outcome[] = []
    if (permitted.includes(0))
      outcomes.push({
        answers: [{ name: 'CONNACK', codes: [[0]], objection: (packet) => connackObjection(said, packet) }],
        isOver: false,
        happened: () => {
          this.#isOpen = true
          this.#sessionExpirySeconds = numberIn(said.properties, 17) ?? 0
        },
      })
    if (refusals.length > 0) outcomes.push({ answers: [{ name: 'CONNACK', codes: [refusals] }], isOver: true })
    // A CONNACK with all that it has to say takes more than some clients want to receive.
    if (this.#largest < longestConnack) outcomes.push({ answers: [], isOver: true })
    if (this.#largest < longestConnack && this.#largest >= 5)
      outcomes.push({ answers: [{ name: 'CONNACK', codes: [[0x95, 0x83]] }], isOver: true })
    return { kind: 'packet', isRefused: !permitted.includes(0), what: 'CONNECT', length, outcomes }
  }

  #aliasFaults({ topic, properties }: Extract<Said, { name: 'PUBLISH' }>): Fault[] {
    const alias = numberIn(properties, 35)
    if (alias === null || alias === 0) return []
    if (alias > this.#rules.topicAliasMaximum)
      return [{ what: 'a topic alias beyond the maximum', codes: [0x82, 0x94] }]
    if (topic === '' && !this.#aliases.has(alias)) return [{ what: 'an unknown topic alias', codes: [0x82, 0x94] }]
    return []
  }

  #answered(said: Said, length: number): Verdict {
    const what = said.name
    const due = (answers: readonly Answer[], happened?: () => void): Outcome[] =>
      answers.some((answer) => smallestSize(answer, this.level) > this.#largest)
        ? [{ answers: [], isOver: true }, ...(this.#largest < 4 ? [] : this.#endings(anyReason))]
        : [{ answers, isOver: false, ...(happened && { happened }) }]
    const taken = (outcomes: Outcome[]): Verdict => ({ kind: 'packet', isRefused: false, what, length, outcomes })
    switch (said.name) {
      case 'PUBLISH':
        return taken(this.#published(said, due))
      case 'PUBACK':
      case 'PUBCOMP':
        return taken(due([]))
      case 'PUBREC':
        // Nothing was sent that this could answer.
        if (said.reason >= 0x80) return taken(due([]))
        return taken(due([{ name: 'PUBREL', id: said.id, codes: [this.level === 5 ? [0x92] : [0]] }]))
      case 'PUBREL': {
        const codes = [this.#unreleased.has(said.id) || this.level < 5 ? 0 : 0x92]
        return taken(due([{ name: 'PUBCOMP', id: said.id, codes: [codes] }], () => this.#unreleased.delete(said.id)))
      }
      case 'SUBSCRIBE': {
        if (said.properties.has(11) && !this.#rules.hasIdentifiers)
          return this.#refused('a subscription identifier', length, [0xa1])
        const codes = said.filters.map(({ filter, qos }) => this.#rules.subscribe(filter, qos, this.level))
        return taken(due([{ name: 'SUBACK', id: said.id, codes }]))
      }
      case 'UNSUBSCRIBE': {
        // Reasons are told since version 5.
        const codes = this.level === 5 ? said.filters.map((filter) => this.#rules.unsubscribe(filter)) : []
        return taken(due([{ name: 'UNSUBACK', id: said.id, codes }]))
      }
      case 'PINGREQ':
        return taken(due([{ name: 'PINGRESP' }]))
      case 'DISCONNECT': {
        const expiry = numberIn(said.properties, 17) ?? 0
        if (expiry > 0 && this.#sessionExpirySeconds === 0)
          return this.#refused('a session expiry out of nothing', length, [0x82])
        return taken([{ answers: [], isOver: true }])
      }
      case 'AUTH':
        return this.#refused('AUTH', length, [0x82])
    }
  }

  #published(
    said: Extract<Said, { name: 'PUBLISH' }>,
    due: (answers: readonly Answer[], happened?: () => void) => Outcome[],
  ): Outcome[] {
    const { qos, id, payload } = said
    const alias = numberIn(said.properties, 35)
    const topic = said.topic === '' && alias !== null ? (this.#aliases.get(alias) ?? '') : said.topic
    const name = () => {
      if (alias !== null) this.#aliases.set(alias, topic)
    }
    if (qos === 2 && this.#unreleased.has(id)) return due([{ name: 'PUBREC', id, codes: [[0]] }], name)
    const { codes, closes } = this.#rules.publish({ topic, payload, qos, level: this.level })
    const ends = closes ? this.#endings(closes) : []
    if (codes.length === 0) return ends
    if (qos === 0) return [...due([], name).map((one) => ({ ...one, mayEndLater: ends.length > 0 })), ...ends]
    const told = this.level === 5 ? codes : [0]
    const answers = told.flatMap((code) =>
      due([{ name: qos === 1 ? 'PUBACK' : 'PUBREC', id, codes: [[code]] }], () => {
        name()
        if (qos === 2 && code < 0x80) this.#unreleased.add(id)
      }),
    )
    return [...answers, ...ends]
  }
}

/** With all properties that it may have here. */
const longestConnack = 100
const anyReason = [0x80, 0x82, 0x83, 0x95]

/** What CONNACK has to tell, and what it may not. */
const connackObjection = (said: Connect, { properties, isPresent }: ServerPacket): string | null => {
  if (isPresent && said.isClean) return 'a session although a clean one was asked for'
  if (said.level < 5) return properties.size > 0 ? 'properties before version 5' : null
  const isNamed = properties.has(18)
  if (isNamed !== (said.clientId === '')) return 'an assigned client identifier, or none, at the wrong time'
  return null
}
