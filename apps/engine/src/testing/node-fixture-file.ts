import { attributeScopeSchema, messageDataTypes } from '@thingwire/contracts'
import { z } from 'zod'

/** An entity of the fixture: its type and its name, as in `DEVICE Pump 1`. `TENANT` is the tenant itself. */
const place = z.string()
const values = z.record(z.string(), z.unknown())
const attributesSchema = z.object({ of: place, scope: attributeScopeSchema, values })
const relationSchema = z.object({ from: place, to: place, type: z.string() })

/**
 * A chain as it is exported, what there is before, the messages that come, and what there must be afterwards. Wherever ids
 * of the fixture's entities are needed, also in the chain, `{{DEVICE Pump 1}}` stands for one.
 */
const fixtureSchema = z.strictObject({
  /** What it shows. */
  about: z.string(),
  given: z
    .strictObject({
      customers: z.array(z.strictObject({ name: z.string() })).default([]),
      /** Device profiles with alarm rules. */
      profiles: z.array(z.strictObject({ name: z.string(), alarms: z.array(z.unknown()) })).default([]),
      devices: z
        .array(
          z.strictObject({
            name: z.string(),
            profile: z.string().optional(),
            label: z.string().optional(),
            customer: z.string().optional(),
          }),
        )
        .default([]),
      assets: z
        .array(z.strictObject({ name: z.string(), profile: z.string().optional(), customer: z.string().optional() }))
        .default([]),
      views: z
        .array(
          z.strictObject({
            name: z.string(),
            of: place,
            attributes: z.partialRecord(z.enum(['cs', 'ss', 'sh']), z.array(z.string())),
          }),
        )
        .default([]),
      dashboards: z.array(z.strictObject({ name: z.string(), customers: z.array(z.string()).default([]) })).default([]),
      relations: z.array(relationSchema).default([]),
      attributes: z.array(attributesSchema).default([]),
      /** Latest values, and a point of the series. */
      telemetry: z.array(z.object({ of: place, ts: z.number().optional(), values })).default([]),
    })
    .prefault({}),
  /** The exported file. Nodes of type `test.Probe` note what reaches them under their name and pass it on. */
  chain: z.unknown(),
  /** Other chains, by the name under which `{{RULE_CHAIN name}}` finds them. */
  chains: z.record(z.string(), z.unknown()).default({}),
  messages: z
    .array(
      z.strictObject({
        originator: place,
        type: z.string().default('POST_TELEMETRY_REQUEST'),
        dataType: z.enum(messageDataTypes).default('JSON'),
        /** JSON, or the text itself. */
        data: z.unknown().default({}),
        metadata: z.record(z.string(), z.string()).default({}),
        queueName: z.string().default('Main'),
      }),
    )
    .default([]),
  expect: z.strictObject({
    /** What reached probes, in any order. `data` of JSON messages is parsed; members that are absent do not matter. */
    out: z
      .array(
        z.strictObject({
          by: z.string(),
          type: z.string().optional(),
          originator: place.optional(),
          data: z.unknown().optional(),
          /** These entries, beside any others. */
          metadata: z.record(z.string(), z.string()).optional(),
        }),
      )
      .optional(),
    /** A null: there is none. */
    attributes: z.array(attributesSchema).optional(),
    telemetry: z.array(z.object({ of: place, values })).optional(),
    /** All relations of the tenant. */
    relations: z.array(relationSchema).optional(),
    /** Titles of the customers that entities belong to. */
    owners: z.record(z.string(), z.array(z.string())).optional(),
    /** Whether there are such entities. */
    exist: z.record(z.string(), z.boolean()).optional(),
    alarms: z
      .array(z.strictObject({ of: place, type: z.string(), severity: z.string(), status: z.string() }))
      .optional(),
    /** Why messages failed that nobody was wired to. */
    letters: z.array(z.string()).default([]),
  }),
})
export type NodeFixture = z.output<typeof fixtureSchema>

/** Of a file's text; `vars` are further words in double braces. */
export const parseFixture = (text: string, vars: Readonly<Record<string, string>> = {}): NodeFixture =>
  fixtureSchema.parse(
    JSON.parse(
      Object.entries(vars).reduce(
        (filled, [name, value]) => filled.replaceAll(`{{${name}}}`, JSON.stringify(value).slice(1, -1)),
        text,
      ),
    ),
  )
