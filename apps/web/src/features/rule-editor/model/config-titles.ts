import type { NodeManifest } from '@thingwire/rules'
import { type FormField, formOf } from '../../../components/schema-form/form-field.ts'

const forms = new WeakMap<NodeManifest['config'], FormField>()

const formOfConfig = ({ config }: NodeManifest): FormField => {
  const known = forms.get(config) ?? formOf(config)
  forms.set(config, known)
  return known
}

const memberOf = (field: FormField | undefined, key: string): FormField | undefined => {
  if (field?.kind === 'object') return field.members.find((member) => member.key === key)
  if (field?.kind === 'list') return field.item
  if (field?.kind === 'union') return field.variants.flatMap(({ members }) => members).find((one) => one.key === key)
  return undefined
}

/** The words that a form has for a place in a configuration; the keys themselves where it has none. */
export const titlesOfPath = (manifest: NodeManifest | undefined, path: readonly string[]): string[] => {
  let field = manifest && path.length > 0 ? formOfConfig(manifest) : undefined
  return path.map((key) => {
    const isItem = field?.kind === 'list'
    field = memberOf(field, key)
    if (isItem && /^\d+$/.test(key)) return `${Number(key) + 1}`
    return field?.title || key
  })
}
