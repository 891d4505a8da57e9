// @vitest-environment jsdom
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { readNodeConfig, upgradeNodeConfig } from '@thingwire/rules'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type FormField, formOf } from './form-field.ts'
import { type FormUnderTest, renderForm } from './form-under-test.tsx'
import { initialOf, isValues, variantValue, withMember } from './values.ts'

let form: FormUnderTest | undefined
afterEach(async () => {
  await form?.unmount()
  form = undefined
})

/** Titles of all settings, read from the schema itself and not from what the form made of it. */
const titlesIn = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap(titlesIn)
  const { properties, ...rest } = schema as Record<string, unknown>
  const members = Object.values(isValues(properties) ? properties : {})
  const own = members.flatMap((one) => (isValues(one) && typeof one.title === 'string' ? [one.title] : []))
  return [...own, ...members.flatMap(titlesIn), ...Object.values(rest).flatMap(titlesIn)]
}

/** Values of a setting that together bring everything below it into sight. */
const exposing = (field: FormField): unknown[] => {
  switch (field.kind) {
    case 'object':
      return exposingMembers(field.members)
    case 'list':
      return exposing(field.item).map((item) => [item])
    case 'union':
      return field.variants.flatMap((variant) =>
        exposingMembers(variant.members).map((members) => ({ ...variantValue(field, variant.value, {}), ...members })),
      )
    default:
      return [initialOf(field)]
  }
}

const exposingMembers = (members: readonly FormField[]): Record<string, unknown>[] => {
  const each = members.map((member) => ({
    key: member.key,
    values: member.key === 'scriptLang' ? ['JS', 'TBEL'] : exposing(member),
  }))
  const most = Math.max(1, ...each.map(({ values }) => values.length))
  const all = Array.from({ length: most }, (_, index) =>
    Object.fromEntries(each.map(({ key, values }) => [key, values[Math.min(index, values.length - 1)]])),
  )
  const conditional = members.filter(({ when }) => when !== null)
  return [
    ...all,
    ...conditional.flatMap((member) =>
      exposing(member).map((value) => ({ ...meant(member, members, all[0] ?? {}), [member.key]: value })),
    ),
  ]
}

/** Values beside which a setting means something. */
const meant = (
  member: FormField,
  members: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const needed = Object.entries(member.when?.[0] ?? {})
  return needed.reduce<Record<string, unknown>>(
    (now, [key, [wanted]]) => {
      const neighbour = members.find((one) => one.key === key)
      return { ...(neighbour ? meant(neighbour, members, now) : now), [key]: wanted }
    },
    { ...values },
  )
}

const membersOf = (schema: z.ZodType): readonly FormField[] => {
  const field = formOf(schema)
  return field.kind === 'object' ? field.members : []
}

describe.each(nodeManifests.map((manifest) => [manifest.type, manifest] as const))('the form of %s', (_, manifest) => {
  const { config, defaults } = manifest

  it('has a control with its label for every setting', async () => {
    const names = new Set<string>()
    for (const value of exposing(formOf(config))) {
      form = await renderForm(config, value)
      for (const name of form.names()) names.add(name)
      await form.unmount()
    }
    form = undefined
    expect(titlesIn(z.toJSONSchema(config, { io: 'input' })).filter((title) => !names.has(title))).toEqual([])
  })

  it('shows everything as what it is, not as JSON', () => {
    const raw = membersOf(config).filter(({ kind }) => kind === 'raw')
    expect(raw).toEqual([])
  })

  it('leaves a configuration alone that nobody changes, also what it does not know', async () => {
    const stored = { ...(isValues(defaults) ? defaults : {}), madeElsewhere: { kept: true } }
    form = await renderForm(config, stored)
    await form.leaveAll()
    expect(form.seen).toEqual({ value: stored, changes: 0 })
    expect(form.alerts()).toEqual([])
  })

  it('gives a valid configuration whatever is changed', async () => {
    const members = membersOf(config)
    for (const field of members) {
      const before = meant(field, members, isValues(defaults) ? defaults : {})
      form = await renderForm(config, before)
      if (!form.names().includes(field.title)) {
        await form.unmount()
        continue
      }
      const expected = await change(form, field)
      if (expected !== undefined) {
        expect(form.seen.value, field.title).toEqual(withMember(before, field.key, expected))
        expect(config.safeParse(form.seen.value), field.title).toMatchObject({ success: true })
      }
      await form.unmount()
    }
    form = undefined
  })

  it('says beside a number what the schema has against it', async () => {
    const members = membersOf(config)
    for (const field of members) {
      if (field.kind !== 'number') continue
      const before = meant(field, members, isValues(defaults) ? defaults : {})
      form = await renderForm(config, before)
      await form.enter(field.title, 'many')
      expect(form.alerts(), field.title).toEqual([])
      await form.leave(field.title)
      const { error } = config.safeParse(withMember(before, field.key, 'many'))
      expect(error?.issues[0]?.path).toEqual([field.key])
      expect(form.alerts(), field.title).toEqual([error?.issues[0]?.message])
      await form.enter(field.title, String(field.least ?? 1))
      expect(form.alerts(), field.title).toEqual([])
      await form.unmount()
    }
    form = undefined
  })
})

/** Changes a setting as a person would; returns what must come of it, or undefined for what other tests cover. */
const change = async (on: FormUnderTest, field: FormField): Promise<unknown> => {
  switch (field.kind) {
    case 'text':
      if (field.editor === 'choice' && typeof field.suggest !== 'string') {
        const last = field.suggest.at(-1) ?? ''
        await on.enter(field.title, last)
        return last
      }
      if (field.isId || on.control(field.title).type === 'file') return undefined
      await on.enter(field.title, 'changed')
      return 'changed'
    case 'number': {
      const value = field.most === null ? (field.least ?? 0) + 7 : field.most
      await on.enter(field.title, String(value))
      return value
    }
    case 'flag': {
      const before = isValues(on.seen.value) ? (on.seen.value[field.key] ?? field.fallback) : undefined
      await on.click(field.title)
      return before !== true
    }
    case 'choice': {
      const last = field.options.filter((option) => option !== '').at(-1)
      await on.enter(field.title, last ?? '')
      return last
    }
    case 'texts': {
      if (field.options) return undefined
      const before = isValues(on.seen.value) ? on.seen.value[field.key] : undefined
      const added = '0b9f1c55-9c2e-4c7d-8f4e-0e7f6d1b2a3c'
      await on.enter(field.title, added)
      await on.press(field.title, 'Enter')
      return [...(Array.isArray(before) ? before : []), added]
    }
    case 'map': {
      const before = isValues(on.seen.value) ? on.seen.value[field.key] : undefined
      const rows = Object.keys(isValues(before) ? before : {}).length + 1
      await on.click(`Add to ${field.title}`)
      await on.enter(`${field.title}, name ${rows}`, 'one')
      await on.enter(`${field.title}, value ${rows}`, 'two')
      return { ...(isValues(before) ? before : {}), one: 'two' }
    }
    default:
      return undefined
  }
}

const fixtures = join(import.meta.dirname, '../../../../../packages/rule-nodes/src/fixtures')

const fixtureSchema = z.looseObject({
  chain: z.looseObject({
    metadata: z.looseObject({
      nodes: z.array(
        z.looseObject({ type: z.string(), configurationVersion: z.number().default(0), configuration: z.unknown() }),
      ),
    }),
  }),
})

/** Configurations that stored chains have, each once, as their nodes run them. */
const storedConfigs = (className: string): unknown[] => {
  const files = readdirSync(fixtures).filter((name) => name.endsWith('.json'))
  const texts = files.flatMap((name) => {
    const read = fixtureSchema.safeParse(JSON.parse(readFileSync(join(fixtures, name), 'utf8')))
    const manifest = nodeManifests.find((one) => one.className === className)
    return (read.data?.chain.metadata.nodes ?? []).flatMap(({ type, ...node }) =>
      type === className && manifest
        ? [JSON.stringify(upgradeNodeConfig(manifest, { ...node, queueName: null }).configuration)]
        : [],
    )
  })
  return [...new Set(texts)].map((text): unknown => JSON.parse(text))
}

describe.each(
  nodeManifests.flatMap((manifest) =>
    storedConfigs(manifest.className).map((stored, index) => [manifest.type, index, manifest, stored] as const),
  ),
)('the form of %s in a stored chain (%i)', (_, __, manifest, stored) => {
  it('leaves it alone, and changes what is changed and nothing else', async () => {
    const { config } = manifest
    form = await renderForm(config, stored)
    await form.leaveAll()
    expect(form.seen).toEqual({ value: stored, changes: 0 })
    const names = form.names()
    const field = membersOf(config).findLast(
      ({ kind, title }) => ['text', 'number', 'flag'].includes(kind) && names.includes(title),
    )
    const expected = field && (await change(form, field))
    if (!field || expected === undefined) return
    expect(form.seen.value, field.title).toEqual(withMember(stored, field.key, expected))
    if (readNodeConfig(manifest, stored).success)
      expect(readNodeConfig(manifest, form.seen.value), field.title).toMatchObject({ success: true })
  })
})
