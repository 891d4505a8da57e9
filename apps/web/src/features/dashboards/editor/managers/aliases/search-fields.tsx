'use client'
import { Button, Field, IconButton, Segmented } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { wholeText } from '@/components/schema-form/completion.ts'
import { SuggestInput } from '@/components/schema-form/suggest-input.tsx'
import { SwitchRow } from '@/components/switch-row.tsx'
import { isJson, type Json } from '../../side/json.ts'
import { NumberInput } from '../number-input.tsx'
import { type AliasKind, isAliasKind, namedKinds, textsIn, viewerKinds } from './alias-filters.ts'
import { EntityFields } from './entity-fields.tsx'
import { StateEntityFields } from './state-entity-fields.tsx'

type Props = { filter: Json; onChange: (filter: Json) => void }

const usualTypes = ['Contains', 'Manages', 'Created', 'Uses', 'Performs', 'Supports']

/** From where relations are followed, in which direction and how far. */
export const SearchFields = ({ filter, onChange, hasFilters }: Props & { hasFilters?: boolean }) => {
  const t = useTranslations('dashboardManagers')
  const set = (members: Json) => onChange({ ...filter, ...members })
  const isState = filter.rootStateEntity === true
  const level = typeof filter.maxLevel === 'number' && filter.maxLevel > 0 ? filter.maxLevel : null
  return (
    <>
      <Row label={t('root')}>
        <Segmented
          label={t('root')}
          value={isState ? 'state' : 'entity'}
          onChange={(root) => set({ rootStateEntity: root === 'state' })}
          options={[
            { value: 'entity', label: t('rootEntity') },
            { value: 'state', label: t('rootState') },
          ]}
        />
      </Row>
      {isState ? (
        <StateEntityFields filter={filter} onChange={onChange} />
      ) : (
        <EntityFields
          label={t('rootEntity')}
          kinds={[...namedKinds, ...viewerKinds]}
          entity={isJson(filter.rootEntity) ? filter.rootEntity : null}
          onChange={(rootEntity) => set({ rootEntity })}
        />
      )}
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Row label={t('direction')}>
          <Segmented
            label={t('direction')}
            value={filter.direction === 'TO' ? 'TO' : 'FROM'}
            onChange={(direction) => set({ direction })}
            options={[
              { value: 'FROM', label: t('from') },
              { value: 'TO', label: t('to') },
            ]}
          />
        </Row>
        <Field label={t('maxLevel')} hint={t('maxLevelHint')}>
          <NumberInput isWhole mayBeEmpty min={1} max={100} value={level} onChange={(maxLevel) => set({ maxLevel })} />
        </Field>
      </div>
      <SwitchRow
        label={t('lastLevelOnly')}
        checked={filter.fetchLastLevelOnly === true}
        onChange={(fetchLastLevelOnly) => set({ fetchLastLevelOnly })}
      />
      {hasFilters ? (
        <Relations filter={filter} onChange={onChange} />
      ) : (
        <RelationType value={filter.relationType} onChange={(relationType) => set({ relationType })} />
      )}
    </>
  )
}

const Row = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="grid justify-items-start gap-1.5">
    <span aria-hidden className="text-xs font-medium text-ink-2">
      {label}
    </span>
    {children}
  </div>
)

const RelationType = ({ value, onChange }: { value: unknown; onChange: (type: string | null) => void }) => {
  const t = useTranslations('dashboardManagers')
  const text = typeof value === 'string' ? value : ''
  return (
    <Field label={t('relationType')}>
      <SuggestInput
        value={text}
        maxLength={255}
        placeholder={t('relationTypeAny')}
        complete={(typed) => wholeText(usualTypes, typed)}
        onChange={(typed) => onChange(typed === '' ? null : typed)}
      />
    </Field>
  )
}

const Relations = ({ filter, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  const rows = Array.isArray(filter.filters) ? filter.filters.filter(isJson) : []
  const setRows = (filters: readonly Json[]) => onChange({ ...filter, filters })
  const setRow = (index: number, members: Json) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...members } : row)))
  return (
    <section aria-label={t('relations')} className="grid gap-3">
      <div>
        <h3 className="text-xs font-medium text-ink-2">{t('relations')}</h3>
        <p className="text-xs text-ink-3">{t('relationsHint')}</p>
      </div>
      {rows.map((row, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: stored relations have no ids
          key={index}
          className="grid gap-3 rounded-md border p-3"
        >
          <div className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <RelationType value={row.relationType} onChange={(relationType) => setRow(index, { relationType })} />
            </div>
            <IconButton label={t('removeRelation')} onClick={() => setRows(rows.filter((_, at) => at !== index))}>
              <Trash2 />
            </IconButton>
          </div>
          <Kinds
            chosen={textsIn(row.entityTypes).filter(isAliasKind)}
            onChange={(entityTypes) => setRow(index, { entityTypes })}
          />
          <SwitchRow
            label={t('negate')}
            checked={row.negate === true}
            onChange={(negate) => setRow(index, { negate })}
          />
        </div>
      ))}
      <Button
        className="justify-self-start"
        onClick={() => setRows([...rows, { relationType: 'Contains', entityTypes: [], negate: false }])}
      >
        <Plus />
        {t('addRelation')}
      </Button>
    </section>
  )
}

/** Kinds of entities to tick; none means any. */
const Kinds = ({
  chosen,
  onChange,
}: {
  chosen: readonly AliasKind[]
  onChange: (kinds: readonly AliasKind[]) => void
}) => {
  const t = useTranslations('dashboardManagers')
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-medium text-ink-2">{t('entityTypesOf')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {namedKinds.map((kind) => (
          <label
            key={kind}
            className="flex cursor-pointer items-center rounded-md px-2 py-1 text-xs ring-1 ring-line hover:bg-hover pointer-coarse:min-h-10 has-checked:bg-accent-soft has-checked:text-accent-text has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={chosen.includes(kind)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, kind] : chosen.filter((one) => one !== kind))
              }
            />
            {t(`kinds.${kind}`)}
          </label>
        ))}
      </div>
      {chosen.length === 0 ? <p className="mt-1 text-xs text-ink-3">{t('anyKind')}</p> : null}
    </fieldset>
  )
}
