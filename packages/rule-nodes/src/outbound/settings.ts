import { z } from 'zod'

/** Members that Java leaves out or writes as null mean its default values. */
export const flag = (title: string, description: string) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? false)
    .meta({ title, description })

export const whole = (
  title: string,
  description: string,
  { fallback = 0, least = 0, most = 2_147_483_647 }: { fallback?: number; least?: number; most?: number } = {},
) =>
  z
    .number()
    .int()
    .min(least)
    .max(most)
    .nullish()
    .transform((value) => value ?? fallback)
    .meta({ title, description })

export const text = (title: string, description: string) =>
  z
    .string()
    .nullish()
    .transform((value) => value ?? '')
    .meta({ title, description })

/** Forms show it as dots; nothing but the client of its system reads it. */
export const secret = (title: string, description: string) =>
  z
    .string()
    .nullish()
    .transform((value) => value ?? '')
    .meta({ title, description, writeOnly: true })

/** Names and values, both of them patterns as a rule. */
export const table = (title: string, description: string) =>
  z
    .record(z.string(), z.string())
    .nullish()
    .transform((value) => value ?? {})
    .meta({ title, description })

/** The name of the file that a text was taken from: forms show it, nothing else needs it. */
const fileName = (of: string) =>
  z
    .string()
    .nullish()
    .meta({ title: `File of the ${of}`, description: 'Where the text came from.' })

const certificates = {
  caCert: secret('Authorities', 'Certificates of authorities that are trusted beside the usual ones, PEM.').meta({
    editor: 'file',
    covers: ['caCertFileName'],
  }),
  caCertFileName: fileName('authorities'),
  cert: secret('Certificate', 'Certificate of this client, and those between it and a root, PEM.').meta({
    editor: 'file',
    covers: ['certFileName'],
  }),
  certFileName: fileName('certificate'),
  privateKey: secret('Private key', 'Private key of the certificate, PEM.').meta({
    editor: 'file',
    covers: ['privateKeyFileName'],
  }),
  privateKeyFileName: fileName('private key'),
  password: secret('Password of the key', 'Empty: the key is not encrypted.'),
}

const anonymous = z.object({ type: z.literal('anonymous') })
const pem = z.object({ type: z.literal('cert.PEM'), ...certificates })

const basic = z.object({
  type: z.literal('basic'),
  username: text('User name', 'Who signs in.'),
  password: secret('Password', 'The password of that user.'),
})

const credentialWords = {
  anonymous: 'Anonymous',
  basic: 'User name and password',
  'cert.PEM': 'Certificate (PEM)',
  sas: 'Shared access key',
} as const

export const credentialsSchema = z
  .discriminatedUnion('type', [anonymous, basic, pem])
  .nullish()
  .transform((value) => value ?? { type: 'anonymous' as const })
  .meta({ title: 'Credentials', description: 'How this node proves who it is.', words: credentialWords })

export const sasCredentialsSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('sas'),
      sasKey: secret('Shared access key', 'Primary or secondary key of the device, base64.'),
      ...certificates,
      cert: certificates.cert.meta({ isKept: true }),
      privateKey: certificates.privateKey.meta({ isKept: true }),
      password: certificates.password.meta({ isKept: true }),
    }),
    pem,
    anonymous,
  ])
  .nullish()
  .transform((value) => value ?? { type: 'anonymous' as const })
  .meta({
    title: 'Credentials',
    description: 'Shared access key or certificate of the device.',
    words: credentialWords,
  })

type Pem = Pick<z.output<typeof pem>, 'caCert' | 'cert' | 'privateKey' | 'password'>

/** As clients want them. */
export const pemFiles = ({ caCert, cert, privateKey, password }: Pem) => ({
  ca: caCert || null,
  cert: cert || null,
  key: privateKey || null,
  passphrase: password || null,
})
