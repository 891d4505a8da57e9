import { connect, type Socket } from 'node:net'
import { connectPacket, createAckReader, disconnectPacket, type Level } from './wire.ts'

/** One device of the load: sends numbered messages with a bounded number unacknowledged. */
export type LoadConnection = {
  open(): Promise<void>
  /** Sends the next message unless the window is full. `dueMs` is when it should have been sent (performance.now). */
  send(dueMs: number): boolean
  /** Sends until the window is full; what is written goes out together. */
  fill(): void
  inFlight(): number
  close(): void
  sent(): number
  acknowledged(): Uint8Array
  isLost(): boolean
}

export type ConnectionOptions = {
  host: string
  port: number
  token: string
  level: Level
  window: number
  publish: (packetId: number, index: number) => Buffer
  onAck: (times: { sentMs: number; dueMs: number; nowMs: number }) => void
  onLost: () => void
}

/** Powers of two make the slot of a packet id a mask. */
const slotsFor = (window: number) => 2 ** Math.ceil(Math.log2(window))

export const createLoadConnection = (options: ConnectionOptions): LoadConnection => {
  const slots = slotsFor(options.window)
  const mask = slots - 1
  // Index of the message whose acknowledgement each slot awaits, or -1.
  const awaited = new Int32Array(slots).fill(-1)
  const sentMs = new Float64Array(slots)
  const dueMs = new Float64Array(slots)
  const bits = createBits()
  let socket: Socket | undefined
  let next = 0
  let flying = 0
  let isLost = false
  let isClosing = false

  /** Packet ids run 1 … 65535 in whole rounds of slots, so that id and mask always name the same slot. */
  const usableIds = Math.floor(65_535 / slots) * slots
  const idOf = (index: number) => (index % usableIds) + 1

  const onPuback = (id: number) => {
    const slot = (id - 1) & mask
    const index = awaited[slot] ?? -1
    if (index < 0 || idOf(index) !== id) return
    awaited[slot] = -1
    flying -= 1
    bits.set(index)
    options.onAck({ sentMs: sentMs[slot] ?? 0, dueMs: dueMs[slot] ?? 0, nowMs: performance.now() })
  }

  const lose = () => {
    if (isLost || isClosing) return
    isLost = true
    socket?.destroy()
    options.onLost()
  }

  const send = (due: number): boolean => {
    const slot = next & mask
    if (isLost || flying >= options.window || awaited[slot] !== -1 || !socket) return false
    awaited[slot] = next
    sentMs[slot] = performance.now()
    dueMs[slot] = due
    flying += 1
    socket.write(options.publish(idOf(next), next))
    next += 1
    return true
  }

  return {
    open: () =>
      new Promise((resolve, reject) => {
        const read = createAckReader({
          connack: (code) => (code === 0 ? resolve() : reject(new Error(`connection refused with code ${code}`))),
          puback: onPuback,
        })
        const opened = connect({
          host: options.host,
          port: options.port,
          noDelay: true,
          onread: {
            buffer: Buffer.alloc(4096),
            callback: (length, buffer) => {
              try {
                read(buffer, length)
              } catch {
                lose()
              }
              return true
            },
          },
        })
        socket = opened
        opened.once('connect', () =>
          opened.write(connectPacket(`bench-${options.token}`, options.token, options.level)),
        )
        opened.once('error', (error) => {
          reject(error)
          lose()
        })
        opened.once('close', () => {
          reject(new Error('the connection was closed'))
          lose()
        })
      }),
    send,
    fill: () => {
      const now = performance.now()
      socket?.cork()
      while (send(now)) {}
      socket?.uncork()
    },
    inFlight: () => flying,
    close: () => {
      isClosing = true
      socket?.end(disconnectPacket)
    },
    sent: () => next,
    acknowledged: () => bits.bytes(next),
    isLost: () => isLost,
  }
}

/** A growing list of bits. */
const createBits = () => {
  let bytes = new Uint8Array(1024)
  return {
    set: (index: number) => {
      const at = index >> 3
      if (at >= bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, at + 1))
        larger.set(bytes)
        bytes = larger
      }
      bytes[at] = (bytes[at] ?? 0) | (1 << (index & 7))
    },
    bytes: (count: number) => {
      const exact = new Uint8Array((count + 7) >> 3)
      exact.set(bytes.subarray(0, exact.length))
      return exact
    },
  }
}

export const hasBit = (bytes: Uint8Array, index: number): boolean =>
  (((bytes[index >> 3] ?? 0) >> (index & 7)) & 1) === 1
