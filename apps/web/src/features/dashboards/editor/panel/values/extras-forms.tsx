'use client'
import { useTranslations } from 'next-intl'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { partOf } from '../focus-part.ts'
import { type Part, useSet } from '../parts/use-set.ts'
import { MappingsForm } from './mappings-form.tsx'
import { RulesForm } from './rules-form.tsx'

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

/** Value mappings and colour rules of a widget or of a key of it. */
export const ExtrasForms = (p: Part & { part: Json; columns: readonly string[] }) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(p.id)
  const { mappings, colorRules } = jsonOf(p.part.thingwire)
  return (
    <>
      <section
        {...partOf([...p.path, 'thingwire', 'mappings'])}
        aria-label={t('mappingsTitle')}
        className="grid grid-cols-[minmax(0,1fr)] gap-2"
      >
        <h4 className="text-xs font-medium text-ink-2">{t('mappingsTitle')}</h4>
        <MappingsForm list={listOf(mappings)} onChange={(list) => set([...p.path, 'thingwire', 'mappings'], list)} />
      </section>
      <section
        {...partOf([...p.path, 'thingwire', 'colorRules'])}
        aria-label={t('rulesTitle')}
        className="grid grid-cols-[minmax(0,1fr)] gap-2"
      >
        <h4 className="text-xs font-medium text-ink-2">{t('rulesTitle')}</h4>
        <RulesForm
          list={listOf(colorRules)}
          columns={p.columns}
          onChange={(list) => set([...p.path, 'thingwire', 'colorRules'], list)}
        />
      </section>
    </>
  )
}
