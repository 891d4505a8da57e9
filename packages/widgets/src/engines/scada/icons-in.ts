import { isIcon } from '../../style/icons.tsx'
import type { SymbolMetadata, SymbolProperty } from './metadata.ts'

const mostIcons = 60

const ofProperties = (properties: readonly SymbolProperty[], values: Readonly<Record<string, unknown>>): unknown[] =>
  properties.flatMap((one) => {
    const value = values[one.id]
    if (one.type === 'icon') return [value]
    const isPart = one.type === 'fieldset' && typeof value === 'object' && value !== null
    return isPart ? ofProperties(one.properties, { ...value }) : []
  })

/** Names of icons that code of a symbol may draw: those of its properties, and those that it names itself. */
export const iconsIn = (metadata: SymbolMetadata, values: Readonly<Record<string, unknown>>): string[] => {
  const codes = [
    metadata.stateRenderFunction,
    ...metadata.tags.flatMap((tag) => [
      tag.stateRenderFunction,
      ...Object.values(tag.actions ?? {}).map(({ actionFunction }) => actionFunction),
    ]),
  ]
  const literals = codes.flatMap((code) =>
    [...(code ?? '').matchAll(/['"`]([\w:-]{2,40})['"`]/g)].flatMap(([, text = '']) => (isIcon(text) ? [text] : [])),
  )
  const chosen = ofProperties(metadata.properties, values).filter((one) => typeof one === 'string' && one !== '')
  return [...new Set([...chosen.map(String), ...literals])].slice(0, mostIcons)
}
