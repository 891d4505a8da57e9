import type { ConnectionOptions, SASLOptions } from '@platformatic/kafka'

type Properties = Readonly<Record<string, string>>
type Security = { tls?: NonNullable<ConnectionOptions['tls']>; sasl?: SASLOptions }

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const

/** What Java's properties say about TLS and signing in. Throws for what cannot be done. */
export const securityOf = (properties: Properties): Security => {
  const protocol = (properties['security.protocol'] ?? 'PLAINTEXT').toUpperCase()
  return {
    ...(protocol.endsWith('SSL') && { tls: tlsOf(properties) }),
    ...(protocol.startsWith('SASL') && { sasl: saslOf(properties) }),
  }
}

const tlsOf = (properties: Properties): NonNullable<Security['tls']> => {
  const ca = properties['ssl.truststore.certificates']
  const cert = properties['ssl.keystore.certificate.chain']
  const key = properties['ssl.keystore.key']
  const passphrase = properties['ssl.key.password']
  const named = properties['ssl.endpoint.identification.algorithm']
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(passphrase && { passphrase }),
    // Java compares names unless this is set to nothing.
    ...(named === '' && { checkServerIdentity: () => undefined }),
  }
}

const saslOf = (properties: Properties): SASLOptions => {
  const name = properties['sasl.mechanism'] ?? 'PLAIN'
  const mechanism = mechanisms.find((one) => one === name.toUpperCase())
  if (!mechanism) throw new Error(`sasl.mechanism ${name} is not known here`)
  const jaas = properties['sasl.jaas.config'] ?? ''
  const username = optionOf(jaas, 'username')
  const password = optionOf(jaas, 'password')
  if (username === null || password === null) throw new Error('sasl.jaas.config names no username and password')
  return { mechanism, username, password }
}

/** An option of a login module: `username="ann"`. */
const optionOf = (jaas: string, name: string): string | null => {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)'|([^\\s;]+))`).exec(
    jaas,
  )
  const text = found?.[1] ?? found?.[2] ?? found?.[3]
  return text === undefined ? null : text.replace(/\\(.)/g, '$1')
}
