'use client'
import { setMembers } from '@thingwire/dashboards/edit'
import { Button } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { fqnOf } from '../../library/new-widget.ts'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { useEditorStore } from '../../store/use-editor.ts'
import { upgradeOf } from '../settings/upgrade-of.ts'
import { spaceOf } from './map-form.ts'
import { withOwnSources } from './own-layers.ts'

type Props = { id: string; typeFullFqn: string; config: Json; manifest: WidgetManifest }

export const isOfWays = ({ data }: WidgetManifest) => data === 'series'

export const sourcesIn = (config: Json): readonly Json[] =>
  Array.isArray(config.datasources) ? config.datasources.filter(isJson) : []

/** Gives a map layers of its own in place of its sources. */
export const OwnLayersOffer = ({ id, typeFullFqn, config, manifest }: Props) => {
  const t = useTranslations('mapLayers')
  const store = useEditorStore()
  const convert = () => {
    const stored = jsonOf(config.settings)
    const settings = upgradeOf(manifest, typeFullFqn)?.({ ...stored }) ?? stored
    const made = withOwnSources(settings, sourcesIn(config), {
      space: spaceOf(manifest),
      plain: isOfWays(manifest) ? 'trips' : 'markers',
    })
    store.endStep()
    store.run(
      setMembers(
        [id],
        [
          { path: ['typeFullFqn'], value: fqnOf(manifest) },
          { path: ['config', 'settings'], value: made },
          { path: ['config', 'datasources'], value: [] },
        ],
      ),
    )
    store.endStep()
  }
  return (
    <section className="grid justify-items-start gap-2 rounded-md border border-dashed p-3">
      <p className="text-xs text-ink-2">{t('offer')}</p>
      <Button size="sm" onClick={convert}>
        {t('convert')}
      </Button>
    </section>
  )
}
