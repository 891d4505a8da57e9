'use client'
import type { KeySummaries } from '@thingwire/contracts'
import { cn, IconButton } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { cssColor } from '@thingwire/widgets/views'
import { ChevronDown, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { valueText } from '../../../../../components/value-text.ts'
import type { Json } from '../../side/json.ts'
import { partOf } from '../focus-part.ts'
import { Grip, movedTo } from '../parts/reorder.tsx'
import { type Part, useSet } from '../parts/use-set.ts'
import { newKey } from './data-key.ts'
import { KeyForm, keyColor, keyText } from './key-form.tsx'
import type { KeyType } from './key-options.ts'
import { KeySearch } from './key-search.tsx'
import { named } from './named.ts'

type Props = Part & {
  keys: readonly Json[]
  found: KeySummaries | null
  types: readonly KeyType[]
  manifest: WidgetManifest
  isLatest: boolean
  schema: WidgetManifest['keySettings']
  title: string
  searchLabel: string
  /** More than these do not count. */
  most: number
}

const typeOf = (key: Json) => key.type as KeyType

/** The newest value of a key, where it is known. */
const lastOf = (key: Json, found: KeySummaries | null): unknown => {
  const list = key.type === 'timeseries' ? found?.timeseries : key.type === 'attribute' ? found?.attributes : undefined
  return list?.find((one) => one.key === key.name)?.last.value
}

/** The keys of a source in their order, each with what can be set about it. */
export const KeyList = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(p.id)
  const [open, setOpen] = useState<number | null>(null)
  const change = (keys: readonly Json[]) => set(p.path, keys)
  const move = (from: number, to: number) => {
    change(movedTo(p.keys, from, to))
    if (open !== null) setOpen(movedTo([...p.keys.keys()], from, to).indexOf(open))
  }
  const columns = p.keys.map(keyText)
  return (
    <section {...partOf(p.path)} aria-label={p.title} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 className="text-xs font-medium text-ink-2">{p.title}</h3>
      {p.keys.length > 0 ? (
        <ul data-rows className="grid grid-cols-[minmax(0,1fr)] gap-1">
          {named(p.keys, ({ name }) => String(name)).map(({ one: key, name: id }, index) => {
            const text = keyText(key)
            const isOpen = open === index
            const last = lastOf(key, p.found)
            return (
              <li
                key={id}
                {...partOf([...p.path, index])}
                className={cn('overflow-hidden rounded-md border', index >= p.most && 'opacity-60')}
              >
                <div className="flex h-9 pointer-coarse:h-10 items-center gap-1 pr-1 pl-0.5">
                  <Grip index={index} count={p.keys.length} label={text} onMove={move} />
                  <button
                    type="button"
                    aria-expanded={isOpen}
                    onClick={() => setOpen(isOpen ? null : index)}
                    className="flex h-full min-w-0 flex-1 items-center gap-2 text-left text-sm"
                  >
                    <span
                      aria-hidden
                      className="size-2.5 shrink-0 rounded-full"
                      style={{ background: cssColor(keyColor(key) ?? '#888888') }}
                    />
                    <span className="sr-only">{t('settingsOfKey', { key: text })}</span>
                    <span aria-hidden className="min-w-0 flex-1 truncate">
                      {text}
                    </span>
                    {last === undefined ? (
                      <span className="shrink-0 text-2xs text-ink-3">{t(`keyType.${typeOf(key)}`)}</span>
                    ) : (
                      <span className="max-w-24 shrink-0 truncate font-mono text-xs text-ink-3">{valueText(last)}</span>
                    )}
                    <ChevronDown
                      aria-hidden
                      className={cn(
                        'size-4 shrink-0 text-ink-3 transition-transform duration-100',
                        isOpen && 'rotate-180',
                      )}
                    />
                  </button>
                  <IconButton
                    size="icon-sm"
                    label={t('removeKey', { key: text })}
                    onClick={() => {
                      setOpen(null)
                      change(p.keys.toSpliced(index, 1))
                    }}
                  >
                    <Trash2 />
                  </IconButton>
                </div>
                {isOpen ? (
                  <KeyForm
                    id={p.id}
                    path={[...p.path, index]}
                    dataKey={key}
                    types={p.types}
                    manifest={p.manifest}
                    isLatest={p.isLatest}
                    schema={p.schema}
                    columns={columns}
                  />
                ) : null}
              </li>
            )
          })}
        </ul>
      ) : null}
      {p.keys.length > p.most ? <p className="text-xs text-warn-text">{t('mostKeys', { most: p.most })}</p> : null}
      {p.keys.length < p.most ? (
        <KeySearch
          label={p.searchLabel}
          found={p.found}
          isAlarms={p.manifest.data === 'alarms'}
          types={p.types}
          chosen={p.keys.map((key) => ({ name: String(key.name), type: typeOf(key) }))}
          onAdd={(key) => change([...p.keys, newKey(key, p.keys)])}
        />
      ) : null}
    </section>
  )
}
