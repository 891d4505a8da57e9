import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export type MadeCertificate = {
  /** PEM. */
  cert: string
  /** Private key, PKCS #8 as PEM. */
  key: string
  /** DER as base64 in one line. */
  der: string
}

export type CertificateRequest = {
  commonName: string
  /** Who signs; without one it signs itself. */
  issuer?: { commonName: string; key: string }
  /** May sign others. */
  isAuthority?: boolean
  /** DNS names and IPv4 addresses of a server. */
  hosts?: readonly string[]
  /** Epoch ms. */
  validFromMs: number
  validToMs: number
}

/** A key on the curve P-256 and a certificate for it (X.509 version 3, RFC 5280), in the few forms that are needed here. */
export const makeCertificate = (request: CertificateRequest): MadeCertificate => {
  const { commonName, issuer } = request
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(oid.ecdsaWithSha256)
  const tbs = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    // Positive and never 0 (§4.1.2.2).
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    algorithm,
    nameOf(issuer?.commonName ?? commonName),
    sequence(timeOf(request.validFromMs), timeOf(request.validToMs)),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions(request))),
  )
  const signature = sign('sha256', tbs, issuer ? createPrivateKey(issuer.key) : privateKey)
  const der = sequence(tbs, algorithm, bits(0, signature)).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    der,
  }
}

const extensions = ({ isAuthority = false, issuer, hosts = [] }: CertificateRequest): Buffer[] => [
  critical(oid.basicConstraints, sequence(...(isAuthority ? [yes] : []))),
  ...keyUsage(isAuthority, issuer !== undefined),
  ...(isAuthority ? [] : [sequence(oid.extendedKeyUsage, octets(sequence(oid.serverAuth, oid.clientAuth)))]),
  ...(hosts.length > 0 ? [sequence(oid.subjectAltName, octets(sequence(...hosts.map(hostOf))))] : []),
]

/** Certificates and revocation lists; signatures. What signs itself may not be kept from it by a list of uses. */
const keyUsage = (isAuthority: boolean, isSigned: boolean): Buffer[] => {
  if (isAuthority) return [critical(oid.keyUsage, bits(1, Buffer.from([0x06])))]
  return isSigned ? [critical(oid.keyUsage, bits(7, Buffer.from([0x80])))] : []
}

const tlv = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents)
  const { length } = content
  const long = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length]
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content])
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => tlv(0x30, ...contents)
const integer = (bytes: Buffer): Buffer => tlv(0x02, bytes)
const octets = (content: Buffer): Buffer => tlv(0x04, content)
const bits = (unused: number, content: Buffer): Buffer => tlv(0x03, Buffer.from([unused]), content)
const yes = Buffer.from([0x01, 0x01, 0xff])
const critical = (id: Buffer, value: Buffer): Buffer => sequence(id, yes, octets(value))

const nameOf = (commonName: string): Buffer =>
  sequence(tlv(0x31, sequence(oid.commonName, tlv(0x0c, Buffer.from(commonName)))))

/** Two digits of the year until 2049, four from then on (§4.1.2.5). */
const timeOf = (ms: number): Buffer => {
  const text = `${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
  return text < '2050' ? tlv(0x17, Buffer.from(text.slice(2))) : tlv(0x18, Buffer.from(text))
}

const hostOf = (host: string): Buffer =>
  /^\d+(?:\.\d+){3}$/.test(host) ? tlv(0x87, Buffer.from(host.split('.').map(Number))) : tlv(0x82, Buffer.from(host))

/** Object identifiers, as DER. */
const oid = {
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
  commonName: Buffer.from('0603550403', 'hex'),
  keyUsage: Buffer.from('0603551d0f', 'hex'),
  subjectAltName: Buffer.from('0603551d11', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
  extendedKeyUsage: Buffer.from('0603551d25', 'hex'),
  serverAuth: Buffer.from('06082b06010505070301', 'hex'),
  clientAuth: Buffer.from('06082b06010505070302', 'hex'),
} as const
