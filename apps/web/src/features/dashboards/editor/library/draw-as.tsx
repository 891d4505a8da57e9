'use client'
import { replaceType, widgetJson, widgetOf } from '@thingwire/dashboards/edit'
import { Button, Dialog, SearchInput } from '@thingwire/ui'
import { findWidget, type WidgetManifest, widgetManifests } from '@thingwire/widgets/manifests'
import { Shapes } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'
import type { Offer } from './drawn-from.ts'
import { aliasesIn } from './library-data.ts'
import { newWidget } from './new-widget.ts'
import { replacements } from './replacements.ts'
import { useLibraryChoice } from './use-library-choice.ts'
import { WidgetPreview } from './widget-preview.tsx'

/** Makes another widget of one, which keeps its data, title and place: those that suit the data first. */
export const DrawAs = ({ id }: { id: string }) => {
  const t = useTranslations('dashboardLibrary')
  const common = useTranslations('common')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Shapes />
        {t('drawAs')}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('drawAs')}
        description={t('drawAsText')}
        closeLabel={common('close')}
        className="sm:top-[6vh] sm:max-w-3xl"
      >
        <Types id={id} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

const fits = ({ name, type, description }: WidgetManifest, search: string) =>
  `${name} ${type} ${description}`.toLowerCase().includes(search)

const Types = ({ id, onDone }: { id: string; onDone: () => void }) => {
  const t = useTranslations('dashboardLibrary')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const [search, setSearch] = useState('')
  const widget = widgetOf(configuration, id)
  const shown = useMemo(() => sourceOf(widget), [widget])
  const data = useMemo(
    () => aliasesIn(configuration).find(({ aliasId }) => aliasId === shown.aliasId) ?? null,
    [configuration, shown.aliasId],
  )
  const { chosen } = useLibraryChoice(data, shown.keys)
  const current = findWidget(typeof widget?.typeFullFqn === 'string' ? widget.typeFullFqn : '')
  const offers = useMemo(
    () =>
      replacements(current ?? null, widgetManifests, chosen?.suggestions ?? []).map((manifest): Offer => {
        const { typeFullFqn, type } = newWidget(manifest, id)
        const { configuration: after } = replaceType(id, { typeFullFqn, type }).apply(store.document)
        const config = widgetOf(after, id)?.config
        const made = { ...newWidget(manifest, id), title: '', config: { ...(config as object) } }
        return { manifest, widget: made, data }
      }),
    [current, chosen, data, id, store],
  )
  const typed = search.trim().toLowerCase()
  const choose = ({ manifest, widget: made }: Offer) => {
    const { config } = widgetJson(newWidget(manifest, id))
    store.run(replaceType(id, { ...made, config: { ...(config as object) } }))
    onDone()
  }
  return (
    <div className="grid gap-3">
      <SearchInput
        autoFocus
        aria-label={t('searchTypes')}
        placeholder={t('searchTypes')}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-3">
        {offers
          .filter(({ manifest }) => fits(manifest, typed))
          .map((offer) => (
            <li key={offer.manifest.type} className="relative rounded-lg border bg-canvas p-3 hover:border-line-strong">
              <WidgetPreview offer={offer} />
              <button
                type="button"
                onClick={() => choose(offer)}
                className="w-full pt-2 text-left text-sm font-medium after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
              >
                {offer.manifest.name}
              </button>
            </li>
          ))}
      </ul>
    </div>
  )
}

type Json = Readonly<Record<string, unknown>>
const jsonOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {})
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Of which alias a widget shows which keys, by its first source. */
const sourceOf = (widget: Json | null | undefined): { aliasId: unknown; keys: ReadonlySet<string> } => {
  const config = jsonOf(widget?.config)
  const source = jsonOf(listOf(config.datasources)[0] ?? config.alarmSource ?? config.targetDevice)
  const names = listOf(source.dataKeys).map((key) => jsonOf(key).name)
  return { aliasId: source.entityAliasId, keys: new Set(names.filter((name) => typeof name === 'string')) }
}
