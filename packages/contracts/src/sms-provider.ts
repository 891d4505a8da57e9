import { z } from 'zod'

const needed = (title: string, description: string) =>
  z
    .string()
    .trim()
    .min(1, { error: `${title} is missing` })
    .meta({ title, description })
const secret = (title: string, description: string) =>
  z
    .string()
    .min(1, { error: `${title} is missing` })
    .meta({ title, description, writeOnly: true })
const optional = (title: string, description: string) => z.string().nullish().meta({ title, description })
const byte = (title: string, description: string) =>
  z.number().int().min(0).max(255).nullish().meta({ title, description })

const numbering = 'Type of number: 0 unknown, 1 international, 2 national, 5 alphanumeric.'
const plan = 'Numbering plan: 0 unknown, 1 telephone (E.164).'

/** Who carries text messages, and how the platform signs in there (settings `sms`, and rule nodes with one of their own). */
export const smsProviderSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('AWS_SNS'),
    accessKeyId: needed('Access key id', 'Of an AWS user who may publish.'),
    secretAccessKey: secret('Secret access key', 'The secret of that key.'),
    region: needed('Region', 'AWS region.'),
  }),
  z.object({
    type: z.literal('TWILIO'),
    accountSid: needed('Account SID', 'Of the Twilio account.'),
    accountToken: secret('Account token', 'The token of that account.'),
    numberFrom: needed(
      'Number from',
      'Number, alphanumeric sender or messaging service SID (MG…) that messages come from.',
    ),
  }),
  z.object({
    type: z.literal('SMPP'),
    protocolVersion: z.string().nullish().meta({ title: 'Version', description: 'Version of SMPP: 3.3 or 3.4.' }),
    host: needed('Host', 'Where the message centre is.'),
    port: z.number().int().min(1).max(65_535).default(2_775).meta({ title: 'Port', description: 'Usually 2775.' }),
    systemId: needed('System id', 'Who signs in.'),
    password: secret('Password', 'The password of that system.'),
    systemType: optional('System type', 'Kind of system, where the centre asks for it.'),
    bindType: z
      .enum(['TX', 'RX', 'TRX'])
      .nullish()
      .meta({ title: 'Bind', description: 'TX sends; TRX sends and receives.' }),
    serviceType: optional('Service type', 'Empty: the default one.'),
    sourceAddress: optional('From', 'Number or name that messages come from.'),
    sourceTon: byte('Type of the sender', numbering),
    sourceNpi: byte('Plan of the sender', plan),
    destinationTon: byte('Type of the receiver', numbering),
    destinationNpi: byte('Plan of the receiver', plan),
    addressRange: optional('Address range', 'Addresses that this system serves.'),
    codingScheme: byte('Coding', 'Data coding of messages: 0 default alphabet, 3 Latin-1, 8 UCS-2.'),
  }),
])
export type SmsProvider = z.output<typeof smsProviderSchema>
