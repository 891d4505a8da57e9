import { type CoapParts, readCoap } from './message.ts'

/** A code as it is spoken of: class and detail. */
export const coapCode = (text: string): number => {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return major * 32 + minor
}

export const spokenCode = (code: number): string => `${code >> 5}.${String(code % 32).padStart(2, '0')}`

/** What the server may answer to a request whose options are all in order; the codes as they are spoken of. */
export type CoapResource = (request: {
  method: number
  path: readonly string[]
  query: readonly string[]
  /** Null: without the option. */
  observe: number | null
  payload: Buffer
  /** It is a part of a body, asks for one, or names what it accepts. */
  isPart: boolean
}) => readonly string[]

export type CoapVerdict =
  | { kind: 'silence'; what: string }
  | { kind: 'reset'; what: string; messageId: number }
  /** `isOptional`: silence is right too. */
  | { kind: 'response'; what: string; request: CoapParts; codes: readonly string[]; isOptional: boolean }

type Option = {
  /** Bytes of its value. */
  length: readonly [least: number, most: number]
  isRepeatable?: true
}

/** Options that a server of this kind knows: RFC 7252 table 4, RFC 7641, RFC 7959. Those it has no use for are elective. */
const known = new Map<number, Option>([
  [3, { length: [1, 255] }],
  [4, { length: [1, 8], isRepeatable: true }],
  [6, { length: [0, 3] }],
  [7, { length: [0, 2] }],
  [11, { length: [0, 255], isRepeatable: true }],
  [12, { length: [0, 2] }],
  [15, { length: [0, 255], isRepeatable: true }],
  [17, { length: [0, 2] }],
  [23, { length: [0, 3] }],
  [27, { length: [0, 3] }],
])
const proxyUri = 35
const proxyScheme = 39

const number = (value: Buffer): number => [...value].reduce((sum, byte) => sum * 256 + byte, 0)

/** Options that count: unknown elective ones, and those too many or of the wrong length, do not (§5.4.1, §5.4.3, §5.4.5). */
const sorted = (options: CoapParts['options']) => {
  const heard = new Map<number, Buffer[]>()
  let isRefused = false
  for (const { number: id, value } of options) {
    const option = known.get(id)
    const isInOrder =
      option !== undefined &&
      value.length >= option.length[0] &&
      value.length <= option.length[1] &&
      (option.isRepeatable === true || !heard.has(id))
    if (isInOrder) heard.set(id, [...(heard.get(id) ?? []), value])
    else if (id % 2 === 1 && id !== proxyUri && id !== proxyScheme) isRefused = true
  }
  return { heard, isRefused }
}

/** What is due to a datagram, by RFC 7252 and its neighbours alone. */
export const judgeCoap = (datagram: Buffer, resource: CoapResource): CoapVerdict => {
  const read = readCoap(datagram)
  if (read.kind === 'foreign') return { kind: 'silence', what: 'no CoAP' }
  if (read.kind === 'broken') return rejected(read.what, read.type, read.messageId)
  const { type, code, messageId } = read.parts
  // §4.2, §4.3: nothing waits for these.
  if (type === 'ACK' || type === 'RST') return { kind: 'silence', what: `${type} to nothing` }
  if (code === 0) return rejected('an empty message', type, messageId)
  if (code >= 32) return rejected(code >> 5 > 1 && code >> 5 < 6 ? 'a response' : 'a reserved class', type, messageId)
  return request(read.parts, resource)
}

const rejected = (what: string, type: CoapParts['type'], messageId: number): CoapVerdict =>
  type === 'CON' ? { kind: 'reset', what, messageId } : { kind: 'silence', what }

const request = (parts: CoapParts, resource: CoapResource): CoapVerdict => {
  const { code, options, payload, type } = parts
  const { heard, isRefused } = sorted(options)
  const response = (what: string, codes: readonly string[]): CoapVerdict => ({
    kind: 'response',
    what,
    request: parts,
    codes,
    isOptional: isRefused && type === 'NON',
  })
  const isProxied = options.some((option) => option.number === proxyUri || option.number === proxyScheme)
  // §5.4.1: a non-confirmable message is rejected for it. §5.7.2: who is no proxy says 5.05.
  if (isRefused && type === 'NON' && !isProxied) return { kind: 'silence', what: 'a critical option in a NON' }
  if (isRefused || isProxied) {
    const codes = [...(isRefused ? ['4.02'] : []), ...(isProxied ? ['5.05'] : [])]
    return response(isProxied ? 'a proxy asked for' : 'a critical option', codes)
  }
  // RFC 7959 §2.2: the size 7 is reserved.
  const blocks = [...(heard.get(23) ?? []), ...(heard.get(27) ?? [])].map(number)
  if (blocks.some((block) => block % 8 === 7)) return response('a block of the reserved size', ['4.00'])
  // §5.8: methods that nobody knows here.
  if (code > 4) return response('another method', ['4.05'])
  const texts = (id: number) => (heard.get(id) ?? []).map((value) => value.toString('utf8'))
  const [observe] = heard.get(6) ?? []
  const codes = resource({
    method: code,
    path: texts(11),
    query: texts(15),
    observe: observe === undefined ? null : number(observe),
    payload,
    isPart: blocks.length > 0 || heard.has(17),
  })
  return response('a request', codes)
}
