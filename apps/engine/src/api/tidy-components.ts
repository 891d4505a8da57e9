import { anyJson } from './schema-names.ts'

type Json = { readonly [member: string]: unknown }

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The components of an OpenAPI document that something refers to. Each schema comes in two forms, `X` as it is sent and
 * `XInput` as it is taken in; where they say the same, or only the latter is used, it is `X`.
 */
export const tidyComponents = <T extends Json>(document: T): T => {
  const components = isJson(document.components) ? document.components : {}
  const schemas = withAnyJson(isJson(components.schemas) ? components.schemas : {})
  const merged = withoutTwins(schemas)
  const rename = (value: unknown): unknown => renamed(value, merged)
  const paths = rename(document.paths)
  const kept: Record<string, unknown> = {}
  const visit = (value: unknown) => {
    for (const name of refsIn(value)) {
      if (name in kept || !(name in schemas)) continue
      kept[name] = rename(schemas[name])
      visit(kept[name])
    }
  }
  visit(paths)
  const alone = new Map(
    Object.keys(kept)
      .filter((name) => name.endsWith('Input') && !(outputName(name) in kept))
      .map((name) => [name, outputName(name)]),
  )
  const sorted = Object.entries(kept)
    .map(([name, schema]) => [alone.get(name) ?? name, renamed(schema, alone)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...document,
    paths: renamed(paths, alone),
    components: { ...components, schemas: Object.fromEntries(sorted) },
  }
}

const outputName = (inputName: string): string => inputName.slice(0, -'Input'.length)

/** Bodies that are parsed later come in as text, and are JSON to whoever sends them. */
const withAnyJson = (schemas: Json): Json =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) =>
      name === anyJson || name === `${anyJson}Input` ? [name, { description: 'Any JSON' }] : [name, schema],
    ),
  )

const prefix = '#/components/schemas/'

/** Names ending in `Input` whose schema is that of their twin, however deep the references go. */
const withoutTwins = (schemas: Json): ReadonlyMap<string, string> => {
  const twins = new Map<string, string>()
  for (const name of Object.keys(schemas))
    if (name.endsWith('Input') && outputName(name) in schemas) twins.set(name, outputName(name))
  // Begin by believing all of them, and drop those that differ until none does.
  for (let isStable = false; !isStable; ) {
    isStable = true
    for (const [input, output] of twins) {
      if (JSON.stringify(renamed(schemas[input], twins)) === JSON.stringify(renamed(schemas[output], twins))) continue
      twins.delete(input)
      isStable = false
    }
  }
  return twins
}

const renamed = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((one) => renamed(one, names))
  if (!isJson(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([member, one]) => {
      if (member !== '$ref' || typeof one !== 'string' || !one.startsWith(prefix)) return [member, renamed(one, names)]
      const name = one.slice(prefix.length)
      return [member, prefix + (names.get(name) ?? name)]
    }),
  )
}

const refsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (!isJson(value)) return []
  return Object.entries(value).flatMap(([member, one]) =>
    member === '$ref' && typeof one === 'string' ? [one.slice(prefix.length)] : refsIn(one),
  )
}
