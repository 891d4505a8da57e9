/** The name of the protocol as it stands in a CONNECT, in hex. */
export const protocolName = '0004 4d515454'

/** A text as it stands in a packet, in hex. */
export const hexText = (value: string): string => {
  const bytes = Buffer.from(value)
  return bytes.length.toString(16).padStart(4, '0') + bytes.toString('hex')
}
