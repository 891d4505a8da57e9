'use client'
import { Button, IconButton } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { isJson, type Json } from '../../side/json.ts'
import { keysIn } from '../data/data-key.ts'
import { KeyList } from '../data/key-list.tsx'
import { useSourceKeys } from '../data/use-source-keys.ts'
import { partOf } from '../focus-part.ts'
import type { Part } from '../parts/use-set.ts'
import { useSet } from '../parts/use-set.ts'
import { LayerSource } from './layer-source.tsx'

const keyTypes = ['timeseries', 'attribute', 'entityField'] as const
const madeUp = ['function'] as const

/** Sources of the map itself: no layer shows them, but functions of all layers know their values. */
export const MapSources = (p: { id: string; settings: Json; manifest: WidgetManifest }) => {
  const t = useTranslations('mapLayers')
  const set = useSet(p.id)
  const list = Array.isArray(p.settings.additionalDataSources) ? p.settings.additionalDataSources.filter(isJson) : []
  const path = ['config', 'settings', 'additionalDataSources']
  return (
    <section aria-label={t('mapSources')} className="grid grid-cols-[minmax(0,1fr)] gap-2 border-t pt-3">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-xs font-medium text-ink-2">{t('mapSources')}</h3>
        <Button
          size="sm"
          variant="ghost"
          onClick={() => set(path, [...list, { dsType: 'entity', dsLabel: '', dataKeys: [] }])}
        >
          <Plus />
          {t('addSource')}
        </Button>
      </div>
      <p className="text-xs text-ink-3">{t('mapSourcesHint')}</p>
      {list.map((source, index) => (
        <MapSource
          // biome-ignore lint/suspicious/noArrayIndexKey: sources have no ids, and what names one changes in its form
          key={index}
          id={p.id}
          path={[...path, index]}
          source={source}
          manifest={p.manifest}
          removeLabel={t('removeSource', { number: index + 1 })}
          onRemove={() => set(path, list.toSpliced(index, 1))}
        />
      ))}
    </section>
  )
}

const MapSource = (p: Part & { source: Json; manifest: WidgetManifest; removeLabel: string; onRemove: () => void }) => {
  const t = useTranslations('mapLayers')
  const { source } = p
  const found = useSourceKeys({ entityAliasId: source.dsEntityAliasId, deviceId: source.dsDeviceId })
  return (
    <div {...partOf(p.path)} className="flex items-start gap-1 rounded-md border bg-surface p-2">
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-3">
        <LayerSource id={p.id} path={p.path} source={source} />
        {found.error ? (
          <p role="alert" className="text-xs text-danger-text">
            {found.error.message}
          </p>
        ) : null}
        <KeyList
          id={p.id}
          path={[...p.path, 'dataKeys']}
          keys={keysIn(source.dataKeys)}
          found={found.data ?? null}
          types={source.dsType === 'function' ? madeUp : keyTypes}
          manifest={p.manifest}
          isLatest
          schema={undefined}
          title={t('sourceKeys')}
          searchLabel={t('moreKey')}
          most={Number.POSITIVE_INFINITY}
        />
      </div>
      <IconButton size="icon-sm" label={p.removeLabel} onClick={p.onRemove}>
        <Trash2 />
      </IconButton>
    </div>
  )
}
