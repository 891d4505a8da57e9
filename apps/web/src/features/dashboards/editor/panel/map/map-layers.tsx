'use client'
import { widgetOf } from '@thingwire/dashboards/edit'
import { Button, cn, IconButton } from '@thingwire/ui'
import type { LayerKind, WidgetManifest } from '@thingwire/widgets/manifests'
import { ChevronDown, Circle, Copy, Hexagon, MapPin, Plus, Route, Spline, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, type ReactNode, useState } from 'react'
import { jsonOf, type Json } from '../../side/json.ts'
import { fqnOf } from '../../library/new-widget.ts'
import { useConfiguration } from '../../store/use-editor.ts'
import { partOf } from '../focus-part.ts'
import { Grip, movedTo } from '../parts/reorder.tsx'
import { useSet } from '../parts/use-set.ts'
import { spaceOf } from './map-form.ts'
import { LayerForm } from './layer-form.tsx'
import { MapSources } from './map-sources.tsx'
import { hasLayers, layerKinds, layersIn, newLayer } from './own-layers.ts'
import { isOfWays, OwnLayersOffer, sourcesIn } from './own-layers-offer.tsx'

const icons: Readonly<Record<LayerKind, ComponentType<{ className?: string }>>> = {
  ...{ trips: Route, markers: MapPin, polygons: Hexagon, circles: Circle, polylines: Spline },
}

type Props = { id: string; typeFullFqn: string; config: Json; manifest: WidgetManifest }

/** The sources of a map: those of its layers, or its own where it draws them in one way, as new maps and older files do. */
export const MapData = (p: Omit<Props, 'typeFullFqn'> & { sources: ReactNode }) => {
  const { id, config, manifest } = p
  const typeFullFqn = String(widgetOf(useConfiguration(), id)?.typeFullFqn ?? '')
  const isPlain =
    typeFullFqn !== fqnOf(manifest) || (!hasLayers(jsonOf(config.settings)) && sourcesIn(config).length > 0)
  if (!isPlain) return <MapLayers {...p} />
  return (
    <>
      <OwnLayersOffer {...p} typeFullFqn={typeFullFqn} />
      {p.sources}
    </>
  )
}

/** The layers of a map: what is shown of whom, in the order in which it is drawn. */
const MapLayers = ({ id, config, manifest }: Omit<Props, 'typeFullFqn'>) => {
  const t = useTranslations('mapLayers')
  const set = useSet(id)
  const [open, setOpen] = useState<string | null>(null)
  const settings = jsonOf(config.settings)
  const space = spaceOf(manifest)
  const kinds = layerKinds.filter(
    (kind) => kind !== 'trips' || isOfWays(manifest) || layersIn(settings, kind).length > 0,
  )
  const path = (kind: LayerKind) => ['config', 'settings', kind]
  const all = layerKinds.flatMap((kind) => layersIn(settings, kind))
  const add = (kind: LayerKind, layer: Json) => {
    const own = layersIn(settings, kind)
    set(path(kind), [...own, layer])
    setOpen(`${kind} ${own.length}`)
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {all.length === 0 ? <p className="text-sm text-ink-3">{t('none')}</p> : null}
      {kinds.map((kind) => {
        const layers = layersIn(settings, kind)
        return layers.length === 0 ? null : (
          <section key={kind} aria-label={t(`many.${kind}`)} className="grid grid-cols-[minmax(0,1fr)] gap-1">
            <h3 className="text-xs font-medium text-ink-2">{t(`many.${kind}`)}</h3>
            <ul data-rows className="grid grid-cols-[minmax(0,1fr)] gap-1">
              {layers.map((layer, index) => {
                const name = `${kind} ${index}`
                return (
                  <LayerRow
                    key={name}
                    {...{ id, kind, layer, index, space, manifest }}
                    count={layers.length}
                    path={[...path(kind), index]}
                    isOpen={open === name}
                    onOpen={(isOn) => setOpen(isOn ? name : null)}
                    onMove={(from, to) => {
                      set(path(kind), movedTo(layers, from, to))
                      if (open === `${kind} ${from}`) setOpen(`${kind} ${to}`)
                    }}
                    onCopy={() => add(kind, layer)}
                    onRemove={() => {
                      setOpen(null)
                      set(path(kind), layers.toSpliced(index, 1))
                    }}
                  />
                )
              })}
            </ul>
          </section>
        )
      })}
      <fieldset aria-label={t('add')} className="flex min-w-0 flex-wrap gap-1.5">
        {kinds.map((kind) => (
          <Button key={kind} size="sm" onClick={() => add(kind, newLayer(kind, space, all.at(-1)))}>
            <Plus />
            {t(`one.${kind}`)}
          </Button>
        ))}
      </fieldset>
      {all.length > 0 ? <MapSources id={id} settings={settings} manifest={manifest} /> : null}
    </div>
  )
}

type RowProps = {
  id: string
  kind: LayerKind
  layer: Json
  index: number
  count: number
  space: 'geo' | 'image'
  manifest: WidgetManifest
  path: readonly (string | number)[]
  isOpen: boolean
  onOpen: (isOn: boolean) => void
  onMove: (from: number, to: number) => void
  onCopy: () => void
  onRemove: () => void
}

const LayerRow = (p: RowProps) => {
  const t = useTranslations('mapLayers')
  const whose = useWhose(p.layer)
  const Icon = icons[p.kind]
  const name = whose ?? t('noSource')
  return (
    <li {...partOf(p.path)} className="overflow-hidden rounded-md border">
      <div className="flex h-9 pointer-coarse:h-10 items-center gap-0.5 pr-1 pl-0.5">
        <Grip index={p.index} count={p.count} label={name} onMove={p.onMove} />
        <button
          type="button"
          aria-expanded={p.isOpen}
          onClick={() => p.onOpen(!p.isOpen)}
          className="flex h-full min-w-0 flex-1 items-center gap-2 text-left text-sm"
        >
          <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
          <span className={cn('min-w-0 flex-1 truncate', whose === null && 'text-warn-text')}>{name}</span>
          <ChevronDown
            aria-hidden
            className={cn('size-4 shrink-0 text-ink-3 transition-transform duration-100', p.isOpen && 'rotate-180')}
          />
        </button>
        <IconButton size="icon-sm" label={t('copy', { name })} onClick={p.onCopy}>
          <Copy />
        </IconButton>
        <IconButton size="icon-sm" label={t('remove', { name })} onClick={p.onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      {p.isOpen ? (
        <LayerForm id={p.id} path={p.path} kind={p.kind} space={p.space} layer={p.layer} manifest={p.manifest} />
      ) : null}
    </li>
  )
}

/** Whose places a layer shows, in a few words; null: nobody's yet. */
const useWhose = (layer: Json): string | null => {
  const t = useTranslations('mapLayers')
  const aliases = jsonOf(useConfiguration().entityAliases)
  if (layer.dsType === 'function') return t('madeUp')
  if (layer.dsType === 'device') return typeof layer.dsDeviceId === 'string' ? t('oneDevice') : null
  const { dsEntityAliasId } = layer
  if (typeof dsEntityAliasId !== 'string' || dsEntityAliasId === '') return null
  const { alias } = jsonOf(aliases[dsEntityAliasId])
  return typeof alias === 'string' ? alias : dsEntityAliasId
}
