'use client'
import { addWidget } from '@thingwire/dashboards/edit'
import { EmptyState, SearchInput } from '@thingwire/ui'
import { type WidgetManifest, widgetFamilies } from '@thingwire/widgets/manifests'
import { SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useEditedGrid } from '../canvas/use-edited-grid.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { newWidget } from './new-widget.ts'

const fits = ({ name, description, type }: WidgetManifest, search: string): boolean =>
  `${name} ${description} ${type}`.toLowerCase().includes(search)

/** All widgets by family, to be added at the first free place. */
export const AddWidgets = () => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const at = useEditedGrid('main')
  const [search, setSearch] = useState('')
  const typed = search.trim().toLowerCase()
  const families = widgetFamilies
    .map((family) => ({ ...family, widgets: family.widgets.filter((one) => fits(one, typed)) }))
    .filter(({ widgets }) => widgets.length > 0)
  const add = (manifest: WidgetManifest) => {
    const widget = newWidget(manifest, crypto.randomUUID())
    store.run(addWidget(widget, at))
    store.set({ side: 'widget', selection: [widget.id] })
  }
  return (
    <>
      <div className="sticky top-0 z-10 bg-surface p-3">
        <SearchInput
          aria-label={t('searchWidgets')}
          placeholder={t('searchWidgets')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </div>
      {families.length === 0 ? <EmptyState icon={<SearchX />} title={t('noWidget')} /> : null}
      {families.map(({ alias, title, widgets }) => (
        <section key={alias} aria-label={title} className="px-3 pb-3">
          <h3 className="px-2 pb-1 text-xs font-medium text-ink-3">{title}</h3>
          <ul className="grid gap-0.5">
            {widgets.map((manifest) => (
              <li key={manifest.type}>
                <button
                  type="button"
                  onClick={() => add(manifest)}
                  className="w-full rounded-md px-2 py-1.5 text-left hover:bg-hover"
                >
                  <span className="block text-sm font-medium">{manifest.name}</span>
                  <span className="line-clamp-2 block text-xs text-ink-3">{manifest.description}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
