import type { EntityId } from '@thingwire/contracts'

/** What tokens of a label, title, tooltip or address stand for. */
export type TokenContext = {
  entity?: { id: EntityId; name: string; label: string; type?: string } | null
  /** Name of the alias. */
  alias?: string | null
  /** Name of the datasource; absent: the alias's. */
  datasource?: string | null
  /** By key. Absent: tokens of keys stay as they are, for somebody later to fill. */
  values?: ReadonlyMap<string, unknown>
}

/** How a value becomes text; `decimals` as the token asks (`${temperature:1}`), else null. */
export type FormatToken = (value: unknown, decimals: number | null, key: string) => string

const plain: FormatToken = (value, decimals) => {
  if (value === null || value === undefined) return ''
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (decimals !== null && typeof number === 'number' && Number.isFinite(number)) return number.toFixed(decimals)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Texts of the entity and its source by the names that files use; null for other names. */
const namedText = (name: string, { entity, alias, datasource }: TokenContext): string | null => {
  switch (name) {
    case 'entityName':
    case 'deviceName':
      return entity?.name ?? ''
    case 'entityLabel':
      return entity?.label || (entity?.name ?? '')
    case 'entityType':
      return entity?.id.entityType ?? ''
    case 'deviceType':
      return entity?.type ?? ''
    case 'entityId':
      return entity?.id.id ?? ''
    case 'aliasName':
      return alias ?? ''
    case 'dsName':
      return datasource ?? alias ?? ''
    default:
      return null
  }
}

/** `#1` is the value of the second key. */
const findValue = (
  name: string,
  values: ReadonlyMap<string, unknown>,
): { found: boolean; key: string; value: unknown } => {
  if (values.has(name)) return { found: true, key: name, value: values.get(name) }
  const index = /^#(\d{1,4})$/.exec(name)?.[1]
  const entry = index === undefined ? undefined : [...values][Number(index)]
  return entry ? { found: true, key: entry[0], value: entry[1] } : { found: false, key: name, value: undefined }
}

/**
 * The pattern with its tokens filled in: `${entityName}`, `${entityLabel}`, `${entityType}`, `${aliasName}`,
 * `${deviceName}` and the like; where values are given, `${key}`, `${key:decimals}` and `${#index}`, too. A key of the
 * same name as a token wins. What is put in is text: who draws HTML from it has to escape it by `format`.
 */
export const fillTokens = (pattern: string, context: TokenContext, format: FormatToken = plain): string =>
  pattern.replaceAll(/\$\{([^{}]{1,255})\}/g, (whole, inner: string) => {
    const [, name = inner, digits] = /^(.*?):(\d{1,2})$/.exec(inner) ?? []
    const decimals = digits === undefined ? null : Math.min(15, Number(digits))
    const { values } = context
    if (values) {
      const exact = findValue(inner, values)
      const { found, key, value } = exact.found ? exact : findValue(name, values)
      if (found) return format(value, exact.found ? null : decimals, key)
    }
    const text = namedText(inner, context)
    if (text !== null) return format(text, null, inner)
    return values ? '' : whole
  })
