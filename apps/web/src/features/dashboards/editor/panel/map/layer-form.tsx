'use client'
import { Button, IconButton } from '@thingwire/ui'
import { type LayerKind, layerKeys, layerSections, type WidgetManifest } from '@thingwire/widgets/manifests'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { keysIn } from '../data/data-key.ts'
import { KeyList } from '../data/key-list.tsx'
import { useSourceKeys } from '../data/use-source-keys.ts'
import { Section } from '../parts/section.tsx'
import { type Part, useSet } from '../parts/use-set.ts'
import { SettingsFields } from '../settings/settings-fields.tsx'
import { LayerSource } from './layer-source.tsx'
import { PlaceKey } from './place-key.tsx'

const placeTypes = ['attribute', 'timeseries'] as const
const wayTypes = ['timeseries'] as const
const moreTypes = ['timeseries', 'attribute', 'entityField'] as const
const madeUp = ['function'] as const

type Props = Part & { kind: LayerKind; space: 'geo' | 'image'; layer: Json; manifest: WidgetManifest }

/** All that can be set about one layer of a map: whose places, by which keys, how they look and what can be done with them. */
export const LayerForm = (p: Props) => {
  const t = useTranslations('mapLayers')
  const set = useSet(p.id)
  const { layer, kind } = p
  const found = useSourceKeys({ entityAliasId: layer.dsEntityAliasId, deviceId: layer.dsDeviceId })
  const isMadeUp = layer.dsType === 'function'
  const isWay = kind === 'trips'
  return (
    <div className="border-t bg-sunken/40 px-3 pt-1">
      <Section title={t('section.source')}>
        <LayerSource id={p.id} path={p.path} source={layer} />
        {found.error ? (
          <p role="alert" className="text-xs text-danger-text">
            {found.error.message}
          </p>
        ) : null}
        {layerKeys[kind].map((name) => (
          <PlaceKey
            key={name}
            label={t(`key.${p.space}.${name}`)}
            value={jsonOf(layer[name])}
            found={found.data ?? null}
            types={isWay ? wayTypes : placeTypes}
            isMadeUp={isMadeUp}
            onChange={(key) => set([...p.path, name], key)}
          />
        ))}
        <KeyList
          id={p.id}
          path={[...p.path, 'additionalDataKeys']}
          keys={keysIn(layer.additionalDataKeys)}
          found={found.data ?? null}
          types={isMadeUp ? madeUp : isWay ? wayTypes : moreTypes}
          manifest={p.manifest}
          isLatest={!isWay}
          schema={undefined}
          title={t('moreKeys')}
          searchLabel={t('moreKey')}
          most={Number.POSITIVE_INFINITY}
        />
        <MoreSources {...p} />
      </Section>
      {layerSections(p.space, kind).map(({ name, schema }) => (
        <Section key={name} title={t(`section.${name}`)} isOpen={name === 'look'}>
          <SettingsFields id={p.id} path={p.path} schema={schema} value={layer} />
        </Section>
      ))}
    </div>
  )
}

/** Sources beside the layer's own, whose places look the same. */
const MoreSources = ({ id, path, layer }: Props) => {
  const t = useTranslations('mapLayers')
  const set = useSet(id)
  const list = Array.isArray(layer.additionalDataSources) ? layer.additionalDataSources.filter(isJson) : []
  const at = [...path, 'additionalDataSources']
  return (
    <section aria-label={t('moreSources')} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-xs font-medium text-ink-2">{t('moreSources')}</h3>
        <Button size="sm" variant="ghost" onClick={() => set(at, [...list, { dsType: 'entity', dsLabel: '' }])}>
          <Plus />
          {t('addSource')}
        </Button>
      </div>
      {list.map((source, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sources have no ids, and what names one changes in its form
        <div key={index} className="flex items-start gap-1 rounded-md border bg-surface p-2">
          <div className="min-w-0 flex-1">
            <LayerSource id={id} path={[...at, index]} source={source} isBeside />
          </div>
          <IconButton
            size="icon-sm"
            label={t('removeSource', { number: index + 1 })}
            onClick={() => set(at, list.toSpliced(index, 1))}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
    </section>
  )
}
