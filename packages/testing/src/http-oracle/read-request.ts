/** One request as RFC 9112 reads it. */
export type HttpParts = {
  method: string
  /** As it stands in the request line. */
  target: string
  headers: ReadonlyMap<string, readonly string[]>
  body: Buffer
  /** Bytes behind it. */
  rest: number
}

/**
 * `broken`: no request, or one that a server has to refuse; in its body, which it may refuse for its head. `doubtful`: one that some servers take and others refuse.
 * `incomplete`: its end is not there; a method says that its head is.
 */
export type HttpRead =
  | { kind: 'broken'; what: string; isInBody?: true }
  | { kind: 'doubtful'; what: string }
  | { kind: 'incomplete'; method?: string }
  | { kind: 'request'; parts: HttpParts }

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** What may stand in a value: visible signs, blanks and the upper half of Latin 1. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

export const readHttp = (bytes: Buffer): HttpRead => {
  const text = bytes.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const head = end < 0 ? text : text.slice(0, end)
  // §2.2: empty lines in front and line feeds alone are for the server to take or not.
  if (/^[\r\n]/.test(text) || /(?:[^\r]\n|\r(?!\n))/.test(end < 0 ? text.replace(/\r$/, '') : head))
    return { kind: 'doubtful', what: 'line ends' }
  const [first = '', ...lines] = head.split('\r\n')
  const line = requestLine(first, end < 0 && lines.length === 0)
  if (line.kind !== 'line') return line
  const fields = headersOf(end < 0 ? lines.slice(0, -1) : lines)
  if (fields.kind !== 'headers') return fields
  if (end < 0) return { kind: 'incomplete' }
  const { headers } = fields
  // §3.2
  if (line.version === '1.1' && (headers.get('host') ?? []).length !== 1)
    return headers.has('host') ? { kind: 'doubtful', what: 'two hosts' } : { kind: 'broken', what: 'no Host' }
  const body = bodyOf(headers, bytes.subarray(end + 4))
  if (body.kind === 'incomplete') return { ...body, method: line.method }
  if (body.kind !== 'body') return body
  return {
    kind: 'request',
    parts: { method: line.method, target: line.target, headers, body: body.bytes, rest: body.rest },
  }
}

type Line = { kind: 'line'; method: string; target: string; version: string }

const requestLine = (line: string, isCutOff: boolean): Line | HttpRead => {
  // A server may wait for what would make it one, or see that nothing could.
  if (isCutOff) return { kind: 'doubtful', what: 'a request line without an end' }
  // §3: a server may part it at any blanks.
  if (/ {2}|[\t\v\f]/.test(line)) return { kind: 'doubtful', what: 'blanks in a request line' }
  const [method = '', target = '', protocol = '', ...more] = line.split(' ')
  if (!token.test(method) || more.length > 0 || target === '') return { kind: 'broken', what: 'a request line' }
  // What HTTP was before it had versions.
  if (protocol === '') return { kind: 'doubtful', what: 'no version' }
  const version = /^HTTP\/(\d\.\d)$/.exec(protocol)?.[1]
  if (version === undefined) return { kind: 'broken', what: 'a version' }
  if (version !== '1.1' && version !== '1.0') return { kind: 'doubtful', what: 'another version' }
  if (!/^[\x21-\x7e]+$/.test(target) || !target.startsWith('/')) return { kind: 'doubtful', what: 'a target' }
  return { kind: 'line', method, target, version }
}

const headersOf = (lines: readonly string[]): { kind: 'headers'; headers: Map<string, string[]> } | HttpRead => {
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    // §5.2: a folded line is refused, or its fold taken for blanks.
    if (/^[ \t]/.test(line)) return { kind: 'doubtful', what: 'a folded line' }
    const at = line.indexOf(':')
    const name = line.slice(0, Math.max(0, at))
    const value = line.slice(at + 1).replace(/^[ \t]+|[ \t]+$/g, '')
    // §5.1: no blank between name and colon.
    if (at < 0 || !token.test(name) || !fieldValue.test(value)) return { kind: 'broken', what: 'a header line' }
    // A blank like any other, but how a body is framed is no place to be generous: servers have read this differently.
    if (name.toLowerCase() === 'transfer-encoding' && line.includes('\t'))
      return { kind: 'doubtful', what: 'a tab at a coding' }
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value])
  }
  return { kind: 'headers', headers }
}

const bodyOf = (
  headers: ReadonlyMap<string, string[]>,
  bytes: Buffer,
): { kind: 'body'; bytes: Buffer; rest: number } | HttpRead => {
  const lengths = headers.get('content-length') ?? []
  const codings = headers.get('transfer-encoding') ?? []
  if (codings.length > 0) {
    // §6.1, §6.3: both lengths at once may be refused; a coding that is not known must be.
    if (lengths.length > 0) return { kind: 'doubtful', what: 'two lengths' }
    return codings.join(',').toLowerCase() === 'chunked' ? chunked(bytes) : { kind: 'doubtful', what: 'another coding' }
  }
  const [length] = lengths
  if (length === undefined) return { kind: 'body', bytes: Buffer.alloc(0), rest: bytes.length }
  if (lengths.length > 1) return { kind: 'doubtful', what: 'two lengths' }
  if (!/^\d+$/.test(length)) return { kind: 'broken', what: 'a length' }
  if (Number(length) > bytes.length) return { kind: 'incomplete' }
  return { kind: 'body', bytes: bytes.subarray(0, Number(length)), rest: bytes.length - Number(length) }
}

const chunked = (bytes: Buffer): { kind: 'body'; bytes: Buffer; rest: number } | HttpRead => {
  const parts: Buffer[] = []
  for (let rest = bytes; ; ) {
    const end = rest.indexOf('\r\n')
    const size = rest.toString('latin1', 0, Math.max(0, end))
    // What is not there yet may still be wrong: a server sees it as early as it likes.
    if (end < 0) return { kind: 'doubtful', what: 'chunks that are cut off' }
    if (!/^[0-9A-Fa-f]{1,6}$/.test(size)) return { kind: 'doubtful', what: 'a size of a chunk' }
    const length = Number.parseInt(size, 16)
    const next = end + 2 + length
    if (length === 0) {
      if (rest.toString('latin1', next, next + 2) !== '\r\n') return { kind: 'doubtful', what: 'trailers' }
      return { kind: 'body', bytes: Buffer.concat(parts), rest: rest.length - next - 2 }
    }
    if (rest.length < next + 2) return { kind: 'doubtful', what: 'chunks that are cut off' }
    if (rest.toString('latin1', next, next + 2) !== '\r\n')
      return { kind: 'broken', what: 'a chunk without an end', isInBody: true }
    parts.push(rest.subarray(end + 2, next))
    rest = rest.subarray(next + 2)
  }
}
