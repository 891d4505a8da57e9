import type { Socket } from 'node:net'
import { type Level, readServerPacket } from '@thingwire/testing/mqtt-oracle'

/**
 * Reads all that the server sends a second time, by a reader that shares nothing with it or with the client's library. What
 * is wrong: flags, identifiers, codes, properties, texts that the standard does not permit, or more bytes
 * than `largest`, is thrown by the function that it returns.
 */
export const watchServer = (socket: Socket, version: Level, largest: number): (() => void) => {
  let fault: Error | null = null
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    try {
      for (let packet = readServerPacket(version, rest); packet; packet = readServerPacket(version, rest)) {
        if (packet.length > largest) fault ??= new Error(`Larger than the client takes: ${packet.hex}`)
        rest = rest.subarray(packet.length)
      }
    } catch (error) {
      fault ??= error instanceof Error ? error : new Error(String(error))
    }
  })
  return () => {
    if (fault) throw fault
  }
}
