import { AppError, type ErrorCode, errorCatalogue, type OtaPackageType } from '@thingwire/contracts'
import type { AttributeKeys } from '../payload/payload-format.ts'
import type { SessionEnd, Uplink } from '../transport.ts'
import { type Block, blockOf } from './block.ts'
import { type CoapMessage, uintOf } from './packet.ts'

export type Observed = 'attributes' | 'commands'

/** What a request of a device asks for (as ThingsBoard). */
export type Intent =
  | { kind: 'uplink'; token: string; uplink: Uplink['kind'] }
  | { kind: 'read-attributes'; token: string; keys: AttributeKeys }
  | { kind: 'observe'; token: string; what: Observed }
  | { kind: 'end-observe'; token: string; what: Observed }
  | { kind: 'answer-command'; token: string; id: number }
  | { kind: 'ask-server'; token: string }
  | { kind: 'claim'; token: string }
  | { kind: 'provision' }
  | { kind: 'package'; token: string; package: OtaPackageType; part: PackagePart }

/** `chunkBytes` 0: the whole package. */
export type PackagePart = { title: string; version: string; chunkBytes: number; chunk: number }

export type CoapRequest = {
  intent: Intent
  /** Path and query: what blocks of one transfer have in common. */
  uri: string
  block1: Block | null
  block2: Block | null
  accept: number | null
}

/** A request, or the code that refuses it. */
export type Understood = { ok: true; request: CoapRequest } | { ok: false; code: string }

export const contentFormats = { json: 50, octetStream: 42 } as const

/** An option that matters here: how long its value may be, bytes, and whether ignorance of it would do harm. */
type OptionRule = { bytes: readonly [least: number, most: number]; isCritical: boolean; isRepeatable?: true }

/** RFC 7252 table 4, RFC 7641 §2, RFC 7959 §2.1. */
const heardOptions: ReadonlyMap<string, OptionRule> = new Map<string, OptionRule>([
  ['Uri-Host', { bytes: [1, 255], isCritical: true }],
  ['Uri-Port', { bytes: [0, 2], isCritical: true }],
  ['Uri-Path', { bytes: [0, 255], isCritical: true, isRepeatable: true }],
  ['Uri-Query', { bytes: [0, 255], isCritical: true, isRepeatable: true }],
  ['Accept', { bytes: [0, 2], isCritical: true }],
  ['Block1', { bytes: [0, 3], isCritical: true }],
  ['Block2', { bytes: [0, 3], isCritical: true }],
  ['Content-Format', { bytes: [0, 2], isCritical: false }],
  ['Observe', { bytes: [0, 3], isCritical: false }],
])

/** Critical ones that have names and no meaning here; a number stands for itself (RFC 7252 §5.4.6). */
const criticalNames = new Set([
  'If-Match',
  'If-None-Match',
  'OSCORE',
  'Q-Block1',
  'Q-Block2',
  'OCF-Accept-Content-Format-Version',
  'OCF-Content-Format-Version',
])

/** What the options say; those that are too many, or too short or long, count as not known (RFC 7252 §5.4.3, §5.4.5). */
const heardIn = (options: CoapMessage['options']): Heard | string => {
  const heard: Heard = { uri: '', path: [], query: new Map(), single: new Map() }
  for (const { name, value } of options) {
    if (name === 'Proxy-Uri' || name === 'Proxy-Scheme') return '5.05'
    const rule = heardOptions.get(name)
    const isKnown = rule !== undefined && value.length >= rule.bytes[0] && value.length <= rule.bytes[1]
    if (!isKnown || heard.single.has(name)) {
      if (rule?.isCritical ?? (criticalNames.has(name) || Number(name) % 2 === 1)) return '4.02'
    } else if (rule.isRepeatable) hear(heard, name, value.toString('utf8'))
    else heard.single.set(name, value)
  }
  return heard
}

type Heard = { uri: string; path: string[]; query: Map<string, string>; single: Map<string, Buffer> }

const hear = (heard: Heard, name: string, text: string): void => {
  const isPath = name === 'Uri-Path'
  heard.uri += `${isPath ? '/' : '?'}${text}`
  if (isPath) heard.path.push(text)
  else addParameter(heard.query, text)
}

export const understand = ({ code, options }: CoapMessage): Understood => {
  const heard = heardIn(options)
  if (typeof heard === 'string') return refused(heard)
  const { uri, path, query, single } = heard
  const blocks = blocksOf(single)
  // RFC 7959 §2.2
  if (!blocks) return refused('4.00')
  const observe = uintOf(single.get('Observe') ?? Buffer.of(2), 3)
  const resolved = intentOf({ code, path: withoutTrailingSlash(path), query, observe })
  if (typeof resolved === 'string') return refused(resolved)
  const accept = single.get('Accept')
  return { ok: true, request: { intent: resolved, uri, ...blocks, accept: accept ? uintOf(accept, 2) : null } }
}

const refused = (code: string): Understood => ({ ok: false, code })

const withoutTrailingSlash = (path: readonly string[]) => (path.at(-1) === '' ? path.slice(0, -1) : path)

const addParameter = (query: Map<string, string>, text: string) => {
  const at = text.indexOf('=')
  if (at > 0) query.set(text.slice(0, at), text.slice(at + 1))
}

const blocksOf = (found: ReadonlyMap<string, Buffer>): { block1: Block | null; block2: Block | null } | null => {
  const first = found.get('Block1')
  const second = found.get('Block2')
  const block1 = first ? blockOf(first) : null
  const block2 = second ? blockOf(second) : null
  return (first && !block1) || (second && !block2) ? null : { block1, block2 }
}

type Target = {
  code: string
  path: readonly string[]
  query: ReadonlyMap<string, string>
  observe: number | null
}

/** Those of RFC 7252. */
const knownMethods = new Set(['0.01', '0.02', '0.03', '0.04'])

/** The intent, or the code that refuses. */
const intentOf = (target: Target): Intent | string => {
  const { code, path, query } = target
  const [first, second = '', third = '', ...rest] = path
  // RFC 7252 §5.8: methods that are not known at all, whatever they are for.
  if (!knownMethods.has(code)) return '4.05'
  const isGet = code === '0.01'
  const isPost = code === '0.02'
  if (first === 'fw' || first === 'sw') {
    if (path.length !== 2) return '4.04'
    if (!isGet) return '4.05'
    const part = packagePart(query)
    if (!part) return '4.00'
    return { kind: 'package', token: second, package: first === 'fw' ? 'FIRMWARE' : 'SOFTWARE', part }
  }
  if (first !== 'api' || second !== 'v1' || path.length < 3) return '4.04'
  if (path.length === 3) return third !== 'provision' ? '4.04' : isPost ? { kind: 'provision' } : '4.05'
  const [feature = '', id, ...beyond] = rest
  if (beyond.length > 0 || (id !== undefined && feature !== 'rpc')) return '4.04'
  if (!isGet && !isPost) return Object.hasOwn(features, feature) ? '4.05' : '4.04'
  return Object.hasOwn(features, feature) ? (features[feature]?.(target, third, id) ?? '4.04') : '4.04'
}

const features: Readonly<Record<string, (target: Target, token: string, id?: string) => Intent | string>> = {
  telemetry: ({ code }, token) => (code === '0.02' ? { kind: 'uplink', token, uplink: 'telemetry' } : '4.00'),
  attributes: ({ code, query, observe }, token) => {
    if (code === '0.02') return { kind: 'uplink', token, uplink: 'attributes' }
    return observation(observe, token, 'attributes') ?? { kind: 'read-attributes', token, keys: attributeKeys(query) }
  },
  rpc: ({ code, observe }, token, id) => {
    if (code === '0.01') return (id === undefined && observation(observe, token, 'commands')) || '4.00'
    if (id === undefined) return { kind: 'ask-server', token }
    return /^\d{1,10}$/.test(id) ? { kind: 'answer-command', token, id: Number(id) } : '4.00'
  },
  claim: ({ code }, token) => (code === '0.02' ? { kind: 'claim', token } : '4.00'),
}

const observation = (observe: number | null, token: string, what: Observed): Intent | null => {
  if (observe !== 0 && observe !== 1) return null
  return { kind: observe === 0 ? 'observe' : 'end-observe', token, what }
}

const keyList = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean)

const attributeKeys = (query: ReadonlyMap<string, string>): AttributeKeys => {
  const clientKeys = keyList(query.get('clientKeys'))
  const sharedKeys = keyList(query.get('sharedKeys'))
  return { ...(clientKeys.length > 0 && { clientKeys }), ...(sharedKeys.length > 0 && { sharedKeys }) }
}

const packagePart = (query: ReadonlyMap<string, string>): PackagePart | null => {
  const title = query.get('title')
  const version = query.get('version')
  const [size = '0', chunk = '0'] = [query.get('size'), query.get('chunk')]
  if (!title || !version || !/^\d{1,9}$/.test(size) || !/^\d{1,9}$/.test(chunk)) return null
  return { title, version, chunkBytes: Number(size), chunk: Number(chunk) }
}

/** Code for a refused or failed request (as ThingsBoard; busy is told apart from broken, as over HTTP). */
export const codeOfRefusal = (code: ErrorCode): string => {
  switch (code) {
    case 'PAYLOAD_MALFORMED':
      return '4.00'
    case 'PAYLOAD_TOO_LARGE':
      return '4.13'
    // RFC 8516.
    case 'ADDRESS_LIMITED':
      return '4.29'
    case 'QUEUE_OVERLOADED':
    case 'QUEUE_UNAVAILABLE':
    case 'DATABASE_UNAVAILABLE':
      return '5.03'
    default:
      return errorCatalogue[code].status === 401 ? '4.01' : '5.00'
  }
}

export const codeOfError = (error: unknown): string => (error instanceof AppError ? codeOfRefusal(error.code) : '5.00')

/** How an observation is told its end (RFC 7641 §4.2: a notification without the option, or an error). */
export const codeOfEnd = (reason: SessionEnd): string => {
  switch (reason) {
    case 'credentials-changed':
    case 'device-deleted':
      return '4.01'
    case 'stopping':
      return '5.03'
    case 'taken-over':
      return '2.02'
  }
}
