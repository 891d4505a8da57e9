import { type Fields, malformedCode, protocolErrorCode } from './fields.ts'

export type PropertyType = 'byte' | 'uint16' | 'uint32' | 'varInt' | 'binary' | 'text' | 'pair'

export type PacketName =
  | 'CONNECT'
  | 'CONNACK'
  | 'PUBLISH'
  | 'PUBACK'
  | 'PUBREC'
  | 'PUBREL'
  | 'PUBCOMP'
  | 'SUBSCRIBE'
  | 'SUBACK'
  | 'UNSUBSCRIBE'
  | 'UNSUBACK'
  | 'PINGREQ'
  | 'PINGRESP'
  | 'DISCONNECT'
  | 'AUTH'

/** Where properties stand: a packet, or the will in a CONNECT. */
export type PropertyHolder = PacketName | 'WILL'

const acknowledgements = 'PUBACK PUBREC PUBREL PUBCOMP'
const everywhere = `CONNECT WILL CONNACK PUBLISH ${acknowledgements} SUBSCRIBE SUBACK UNSUBSCRIBE UNSUBACK DISCONNECT AUTH`

const row = (id: number, type: PropertyType, holders: string) => ({ id, type, holders: new Set(holders.split(' ')) })

/** Table 2-4 of version 5. */
export const propertyTable = [
  row(1, 'byte', 'PUBLISH WILL'),
  row(2, 'uint32', 'PUBLISH WILL'),
  row(3, 'text', 'PUBLISH WILL'),
  row(8, 'text', 'PUBLISH WILL'),
  row(9, 'binary', 'PUBLISH WILL'),
  row(11, 'varInt', 'PUBLISH SUBSCRIBE'),
  row(17, 'uint32', 'CONNECT CONNACK DISCONNECT'),
  row(18, 'text', 'CONNACK'),
  row(19, 'uint16', 'CONNACK'),
  row(21, 'text', 'CONNECT CONNACK AUTH'),
  row(22, 'binary', 'CONNECT CONNACK AUTH'),
  row(23, 'byte', 'CONNECT'),
  row(24, 'uint32', 'WILL'),
  row(25, 'byte', 'CONNECT'),
  row(26, 'text', 'CONNACK'),
  row(28, 'text', 'CONNACK DISCONNECT'),
  row(31, 'text', `CONNACK ${acknowledgements} SUBACK UNSUBACK DISCONNECT AUTH`),
  row(33, 'uint16', 'CONNECT CONNACK'),
  row(34, 'uint16', 'CONNECT CONNACK'),
  row(35, 'uint16', 'PUBLISH'),
  row(36, 'byte', 'CONNACK'),
  row(37, 'byte', 'CONNACK'),
  row(38, 'pair', everywhere),
  row(39, 'uint32', 'CONNECT CONNACK'),
  row(40, 'byte', 'CONNACK'),
  row(41, 'byte', 'CONNACK'),
  row(42, 'byte', 'CONNACK'),
]

type PropertyValue = number | string | Uint8Array

/** Values by identifier; of those that may be repeated, the last. */
export type PropertyValues = ReadonlyMap<number, PropertyValue>

const rowOf = new Map(propertyTable.map((entry) => [entry.id, entry]))

/** Values that §3.1.2.11, §3.3.2.3 and §3.8.2.1 forbid, and what they may be answered with. */
const valueFault = (id: number, value: number): readonly number[] | null => {
  // A flag: the payload's format, request problem or response information, and what a server has to offer.
  if (rowOf.get(id)?.type === 'byte' && value > 1) return id === 1 ? [0x81, 0x82, 0x99] : [protocolErrorCode]
  // Subscription identifier, receive maximum, largest packet.
  if ((id === 11 || id === 33 || id === 39) && value === 0) return [protocolErrorCode]
  // Topic alias.
  if (id === 35 && value === 0) return [protocolErrorCode, 0x94]
  return null
}

const readValue = (fields: Fields, type: PropertyType): PropertyValue => {
  switch (type) {
    case 'byte':
      return fields.uint8()
    case 'uint16':
      return fields.uint16()
    case 'uint32':
      return fields.uint32()
    case 'varInt':
      return fields.varInt()
    case 'binary':
      return fields.binary()
    case 'text':
      return fields.text()
    case 'pair':
      return `${fields.text()}\0${fields.text()}`
  }
}

/**
 * The properties of a packet of version 5, with their length in front. `inspect` may find fault with a value as soon as
 * it is read: of a block that ends early, a server may name what stood before the end.
 */
export const readPropertyBlock = (
  fields: Fields,
  holder: PropertyHolder,
  inspect?: (id: number, value: PropertyValue) => void,
): PropertyValues => {
  const values = new Map<number, PropertyValue>()
  fields.within(fields.varInt(), () => {
    while (fields.left > 0) {
      const id = fields.varInt()
      const entry = rowOf.get(id)
      if (!entry) return fields.broken(`property ${id} is unknown`)
      if (!entry.holders.has(holder)) fields.fault(`property ${id} does not belong into ${holder}`, malformedCode)
      // A server names every subscription that a message came by; a client may name none at all.
      const isRepeatable = entry.type === 'pair' || (id === 11 && holder === 'PUBLISH')
      if (values.has(id) && !isRepeatable) fields.fault(`property ${id} stands twice`, protocolErrorCode)
      const value = readValue(fields, entry.type)
      values.set(id, value)
      inspect?.(id, value)
      const codes = typeof value === 'number' ? valueFault(id, value) : null
      if (codes) fields.fault(`property ${id} is ${value}`, ...codes)
    }
  })
  return values
}

export const numberIn = (values: PropertyValues, id: number): number | null => {
  const value = values.get(id)
  return typeof value === 'number' ? value : null
}
