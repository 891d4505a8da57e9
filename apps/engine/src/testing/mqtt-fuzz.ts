import { type Random, randomFrom } from '@thingwire/testing'
import {
  connectDraft,
  type Level,
  packetDraft,
  type ServerPacket,
  type ServerRules,
  spoilt,
  written,
} from '@thingwire/testing/mqtt-oracle'
import { emptyTally, JudgedMqtt, type Tally } from './judged-mqtt.ts'

const packetsOfConnection = 40

export type MqttFuzz = {
  port: number
  rules: ServerRules
  levels: readonly Level[]
  /** By which the n-th of the clients at a time connects. */
  userName(n: number): string
  /** Whether each client has an id of its own. */
  hasOwnIds?: boolean
  isUnasked?(packet: ServerPacket): boolean
}

/** `mutated`: packets that were changed before they were sent, and judged. */
export type FuzzCount = Tally & { mutated: number }

export const emptyCount = (): FuzzCount => ({ ...emptyTally(), mutated: 0 })

/**
 * The n-th client: connects, and says what is right or wrong until the server has had enough. It says the same for the
 * same seed, which a failure names.
 */
export const hostileClient = async (fuzz: MqttFuzz, tally: FuzzCount, seed: number, n: number): Promise<void> => {
  const random: Random = randomFrom(seed)
  const level = fuzz.levels[random(fuzz.levels.length)] ?? 4
  const client = new JudgedMqtt({ ...fuzz, random, tally })
  const sendMutated = async (bytes: Buffer): Promise<boolean> => {
    const isOpen = await client.send(bytes)
    tally.mutated++
    return isOpen
  }
  try {
    const connect = connectDraft(level, random, {
      userName: fuzz.userName(n),
      ...(fuzz.hasOwnIds && { clientId: `hostile-${seed}` }),
    })
    let isOpen = await (random(6) === 0 ? sendMutated(spoilt(connect, random)) : client.send(written(connect)))
    for (let sent = 0; isOpen && sent < packetsOfConnection; sent++) {
      const draft = packetDraft(level, random)
      isOpen = await (random(2) === 0 ? client.send(written(draft)) : sendMutated(spoilt(draft, random)))
    }
  } catch (error) {
    throw new Error(`FUZZ_SEED=${seed} FUZZ_PACKETS=1: ${error instanceof Error ? error.message : error}`)
  } finally {
    await client.leave()
  }
}
