/** Characters that may stand in a part of a URL; all others are written as `%XX`. */
const inPath = /[A-Za-z0-9\-._~!$&'()*+,;=:@/]/
const inQuery = /[A-Za-z0-9\-._~!$'()*+,;:@/?]/
const inFragment = /[A-Za-z0-9\-._~!$&'()*+,;=:@/?]/

const encoded = (text: string, allowed: RegExp): string =>
  Array.from(text, (char) => (allowed.test(char) ? char : percent(char))).join('')

const percent = (char: string): string =>
  Array.from(new TextEncoder().encode(char), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

const pieces = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is

/** A name or value of the query. */
const strictly = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, percent)

/** What java.net.URI does not let pass. */
const illegal = /[\s"<>\\^`{|}]|%(?![0-9a-f]{2})/i

type Params = readonly { key: string; value: string }[]

/**
 * The URL as it goes out. Without parameters of its own (`null`, as in old chains) the text is encoded as a whole, also
 * what was encoded before; with parameters the text must be a URL already, and they are encoded strictly. Throws when the
 * text is none that can be called.
 */
export const requestUrl = (address: string, params: Params | null): string => {
  const url = params === null ? legacy(address) : withParams(address, params)
  if (!URL.canParse(url)) throw new Error(`The address is no URL: ${withoutQuery(address)}`)
  const { protocol, hostname } = new URL(url)
  if ((protocol !== 'http:' && protocol !== 'https:') || hostname === '')
    throw new Error(`The address must begin with http:// or https:// and a host: ${withoutQuery(address)}`)
  return url
}

const legacy = (address: string): string => {
  const [, base, path = '', query, fragment] = pieces.exec(address.trim()) ?? []
  if (base === undefined) return address
  const params = query?.split('&').map((part) => {
    const [, name = '', equals = '', value = ''] = /^([^=]*)(=?)(.*)$/s.exec(part) ?? []
    return `${encoded(name, inQuery)}${equals}${encoded(value, inQuery)}`
  })
  return [
    base,
    encoded(path, inPath),
    ...(params ? [`?${params.join('&')}`] : []),
    ...(fragment === undefined ? [] : [`#${encoded(fragment, inFragment)}`]),
  ].join('')
}

const withParams = (address: string, params: Params): string => {
  const wrong = illegal.exec(address.trim())
  if (wrong) throw new Error(`The address is not encoded: "${wrong[0]}" may not stand in it`)
  if (params.length === 0) return address.trim()
  const [before = '', fragment] = address.trim().split('#', 2)
  const added = params.map(({ key, value }) => `${strictly(key)}=${strictly(value)}`).join('&')
  const joint = before.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?'
  return `${before}${joint}${added}${fragment === undefined ? '' : `#${fragment}`}`
}

/** Queries may hold keys: they are told to nobody. */
const withoutQuery = (address: string): string => address.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//')
