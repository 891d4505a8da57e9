import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import type { Random } from '@thingwire/testing'
import {
  type Answer,
  MqttOracle,
  type Outcome,
  readServerPacket,
  type ServerPacket,
  type ServerRules,
  type Verdict,
} from '@thingwire/testing/mqtt-oracle'

const patienceMs = 10_000
const pingreq = Buffer.of(0xc0, 0)
const ended: Outcome = { answers: [], isOver: true }
const pingresp: Answer = { name: 'PINGRESP' }

/** How many packets the server read and was judged by: by type where they were in order, otherwise by what was not. */
export type Tally = { refused: Map<string, number>; taken: Map<string, number>; incomplete: number }

export const emptyTally = (): Tally => ({ refused: new Map(), taken: new Map(), incomplete: 0 })

const count = (counts: Map<string, number>, what: string) => {
  const kind = what.replaceAll(/\d+/g, 'n')
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}

type Options = {
  port: number
  rules: ServerRules
  random: Random
  tally: Tally
  /** Packets of the server that nobody asked for, and which are right where they come. */
  isUnasked?(packet: ServerPacket): boolean
}

type PacketVerdict = Extract<Verdict, { kind: 'packet' }>

const fits = (answer: Answer, packet: ServerPacket): boolean =>
  answer.name === packet.name &&
  (answer.id === undefined || answer.id === packet.id) &&
  (answer.codes === undefined ||
    (answer.codes.length === packet.codes.length &&
      answer.codes.every((permitted, at) => permitted.includes(packet.codes[at] ?? -1)))) &&
  !answer.objection?.(packet)

/** What the server has said, and whether it went. */
class Listener {
  readonly oracle: MqttOracle
  readonly #isUnasked: (packet: ServerPacket) => boolean
  packets: ServerPacket[] = []
  isOver = false
  fault: Error | null = null
  #rest = Buffer.alloc(0)
  #wake: (() => void) | null = null

  constructor(socket: Socket, { rules, isUnasked = () => false }: Pick<Options, 'rules' | 'isUnasked'>) {
    this.oracle = new MqttOracle(rules)
    this.#isUnasked = isUnasked
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('end', () => this.#end())
    socket.on('close', () => this.#end())
  }

  /** Something came, or the connection ended. */
  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  wake(): void {
    this.#wake?.()
    this.#wake = null
  }

  #end(): void {
    this.isOver = true
    this.wake()
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    try {
      for (;;) {
        const packet = readServerPacket(this.oracle.level, this.#rest)
        if (!packet) break
        this.#rest = this.#rest.subarray(packet.length)
        if (packet.length > this.oracle.largest) throw new Error(`Larger than the client takes: ${packet.hex}`)
        if (!this.#isUnasked(packet)) this.packets.push(packet)
      }
    } catch (error) {
      this.fault = error instanceof Error ? error : new Error(String(error))
    }
    this.wake()
  }
}

const describeOutcome = ({ answers, isOver }: Outcome): string =>
  [
    ...answers.map(({ name, id, codes }) => `${name} ${id ?? ''} ${JSON.stringify(codes ?? [])}`),
    isOver ? 'end' : 'open',
  ].join(', ')

/** A client whose every packet is judged: the server's answer must be one that the standard permits, and there must be one. */
export class JudgedMqtt {
  readonly #socket: Socket
  readonly #listener: Listener
  readonly #random: Random
  readonly #tally: Tally
  readonly #written: string[] = []
  /** What was said earlier may still end the connection, without a word. */
  #mayEnd = false

  constructor(options: Options) {
    this.#socket = connect(options.port, '127.0.0.1')
    this.#socket.setNoDelay(true)
    this.#listener = new Listener(this.#socket, options)
    this.#random = options.random
    this.#tally = options.tally
  }

  /** The packets in the bytes, one after the other. False when the connection is over. */
  async send(bytes: Buffer): Promise<boolean> {
    const { oracle } = this.#listener
    for (let rest = bytes; rest.length > 0; ) {
      const verdict = oracle.judge(rest)
      if (verdict.kind === 'incomplete') return this.#complete(rest, verdict.missing)
      if (!(await this.#judge(rest.subarray(0, verdict.length), verdict))) return false
      rest = rest.subarray(verdict.length)
    }
    return true
  }

  async leave(): Promise<void> {
    const closed = this.#socket.closed ? null : once(this.#socket, 'close')
    this.#socket.end()
    await closed
  }

  #write(bytes: Uint8Array): void {
    this.#written.push(Buffer.from(bytes).toString('hex'))
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  /** In one piece or in two. */
  async #judge(bytes: Buffer, verdict: PacketVerdict): Promise<boolean> {
    const cut = this.#random(4) === 0 ? this.#random(bytes.length) : 0
    if (cut > 0) {
      this.#write(bytes.subarray(0, cut))
      await turn()
    }
    this.#write(bytes.subarray(cut))
    return this.#settled(verdict)
  }

  /** Nothing may be said about the start of a packet; then its end comes, whatever that makes of it. */
  async #complete(start: Buffer, missing: number): Promise<boolean> {
    const { oracle, packets, isOver, fault } = this.#listener
    this.#tally.incomplete++
    this.#write(start)
    await turn()
    await turn()
    if (packets.length > 0 || isOver || fault) throw this.#failure('silence, since a packet is not complete')
    for (let bytes = start, more = missing; ; ) {
      const filling = this.#random(2) === 0 ? this.#random(256) : 0
      bytes = Buffer.concat([bytes, Buffer.alloc(more, filling)])
      const verdict = oracle.judge(bytes)
      if (verdict.kind === 'packet') {
        this.#write(bytes.subarray(start.length))
        return this.#settled(verdict)
      }
      more = verdict.missing
    }
  }

  async #settled({ what, isRefused, outcomes }: PacketVerdict): Promise<boolean> {
    const listener = this.#listener
    // Where nothing is due, the answer to a PINGREQ shows that the packet has been read.
    const isSilent = outcomes.some(({ answers, isOver }) => answers.length === 0 && !isOver)
    const isAsked = isSilent && listener.oracle.largest >= 2
    if (isAsked) this.#write(pingreq)
    const due = outcomes.map((outcome) =>
      isAsked && !outcome.isOver ? { ...outcome, answers: [...outcome.answers, pingresp] } : outcome,
    )
    const reached = await this.#reached(due, what)
    listener.packets = []
    reached.happened?.()
    this.#mayEnd ||= reached.mayEndLater ?? false
    count(isRefused ? this.#tally.refused : this.#tally.taken, what)
    return !reached.isOver
  }

  /** Waits until the server has reacted in one of the permitted ways. */
  async #reached(outcomes: readonly Outcome[], what: string): Promise<Outcome> {
    const listener = this.#listener
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      listener.wake()
    }, patienceMs)
    try {
      for (;;) {
        if (this.#mayEnd && listener.isOver) return ended
        const possible = outcomes.filter((outcome) => this.#isPossible(outcome))
        if (listener.fault || possible.length === 0 || isLate)
          throw this.#failure(`${what}: ${outcomes.map(describeOutcome).join('; or ')}`)
        const reached = possible.find(
          ({ answers, isOver }) => listener.packets.length === answers.length && isOver === listener.isOver,
        )
        if (reached) return reached
        await listener.news()
      }
    } finally {
      clearTimeout(timer)
    }
  }

  #isPossible({ answers, isOver }: Outcome): boolean {
    const { packets, isOver: hasEnded } = this.#listener
    if (packets.length > answers.length || (hasEnded && !isOver)) return false
    return packets.every((packet, at) => {
      const answer = answers[at]
      return answer !== undefined && fits(answer, packet)
    })
  }

  #failure(expected: string): Error {
    const { packets, isOver, fault } = this.#listener
    const said = packets.map(({ hex }) => hex).join(' ') || 'nothing'
    return new Error(
      `Wrote ${this.#written.join(' | ')}; due: ${expected}; the server said ${said} ${isOver ? 'and ended' : 'and stays'}. ${fault?.message ?? ''}`,
    )
  }
}
