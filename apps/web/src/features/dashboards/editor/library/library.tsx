'use client'
import { addWidget, together } from '@thingwire/dashboards/edit'
import { Button, cn, EmptyState, IconButton, SearchInput, Skeleton } from '@thingwire/ui'
import { findWidget, type WidgetManifest, widgetFamilies } from '@thingwire/widgets/manifests'
import { SearchX, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useEditedGrid } from '../canvas/use-edited-grid.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { DataChooser } from './data-chooser.tsx'
import { type Offer, offerOf, offerOfSuggestion } from './drawn-from.ts'
import { type Place, useIsIncoming } from './incoming.ts'
import { aliasCommand, type LibraryData } from './library-data.ts'
import { noteRecent, readRecent } from './recent.ts'
import { OfferCard } from './offer-card.tsx'
import { useLibraryChoice } from './use-library-choice.ts'

const fits = ({ name, description, type }: WidgetManifest, search: string): boolean =>
  `${name} ${description} ${type}`.toLowerCase().includes(search)

const noKeys: ReadonlySet<string> = new Set()

/** All widgets with a picture of each, from the data that are chosen; to be pressed, or dragged onto the board. */
export const Library = ({ close }: { close: () => void }) => {
  const t = useTranslations('dashboardLibrary')
  const editor = useTranslations('dashboardEditor')
  const common = useTranslations('common')
  const isDragging = useIsIncoming()
  const [search, setSearch] = useState('')
  const [family, setFamily] = useState<string | null>(null)
  const [data, setData] = useState<LibraryData | null>(null)
  const [keys, setKeys] = useState(noKeys)
  const choice = useLibraryChoice(data, keys)
  const choose = (next: LibraryData | null) => {
    setData(next)
    setKeys(noKeys)
  }
  return (
    <aside
      aria-label={editor('addWidget')}
      className={cn(
        'absolute inset-y-0 right-0 z-30 flex w-[46rem] max-w-full flex-col border-l bg-surface shadow-pop transition-opacity duration-100',
        // What is dragged must be seen over the board.
        isDragging && 'pointer-events-none opacity-0',
      )}
    >
      <header className="flex h-12 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{editor('addWidget')}</h2>
        <SearchInput
          aria-label={editor('searchWidgets')}
          placeholder={editor('searchWidgets')}
          className="w-64 max-sm:w-40"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <IconButton label={common('close')} onClick={close}>
          <X />
        </IconButton>
      </header>
      <DataChooser data={data} choose={choose} choice={choice} keys={keys} setKeys={setKeys} />
      <Families family={family} setFamily={setFamily} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-6">
        {choice.isUnresolved ? <p className="py-3 text-sm text-ink-3">{t('unresolved')}</p> : null}
        {choice.error ? (
          <p role="alert" className="flex items-center gap-2 py-3 text-sm text-danger-text">
            {choice.error.message}
            <Button size="sm" onClick={choice.retry}>
              {t('again')}
            </Button>
          </p>
        ) : null}
        {choice.isLoading ? <Skeleton className="my-3 h-36 w-full" /> : null}
        <Offers chosen={choice.chosen} search={search.trim().toLowerCase()} family={family} />
      </div>
    </aside>
  )
}

const Families = ({ family, setFamily }: { family: string | null; setFamily: (family: string | null) => void }) => {
  const t = useTranslations('dashboardLibrary')
  const all = [{ alias: null, title: t('all') }, ...ordered.map(({ alias, title }) => ({ alias, title }))]
  return (
    <nav
      aria-label={t('families')}
      className="tw-fading-x flex shrink-0 gap-1 overflow-x-auto border-b px-3 py-1.5 [scrollbar-width:none] [&>*]:shrink-0"
    >
      {all.map(({ alias, title }) => (
        <Button
          key={alias ?? ''}
          size="sm"
          variant={alias === family ? 'secondary' : 'ghost'}
          aria-pressed={alias === family}
          onClick={() => setFamily(alias)}
        >
          {title}
        </Button>
      ))}
    </nav>
  )
}

const ordered = widgetFamilies.filter(({ widgets }) => widgets.length > 0).toSorted((a, b) => a.order - b.order)

type Chosen = ReturnType<typeof useLibraryChoice>['chosen']

const Offers = (p: { chosen: Chosen; search: string; family: string | null }) => {
  const t = useTranslations('dashboardLibrary')
  const editor = useTranslations('dashboardEditor')
  const { chosen, search, family } = p
  const add = useAdd()
  const [recent] = useState(readRecent)
  const suggested = useMemo(
    () =>
      chosen
        ? chosen.suggestions.flatMap((suggestion) => {
            const offer = offerOfSuggestion(suggestion, chosen.data)
            return offer ? [{ offer, suggestion }] : []
          })
        : [],
    [chosen],
  )
  const isListed = (manifest: WidgetManifest) => fits(manifest, search)
  const families = ordered
    .filter(({ alias }) => family === null || alias === family)
    .map((one) => ({ ...one, widgets: one.widgets.filter(isListed) }))
    .filter(({ widgets }) => widgets.length > 0)
  const lately = recent.flatMap((type) => {
    const manifest = findWidget(type)
    return manifest ? [manifest] : []
  })
  const shown = suggested.filter(({ offer }) => isListed(offer.manifest))
  const isWhole = search === '' && family === null
  return (
    <>
      {family === null && shown.length > 0 ? (
        <Group title={t('suggested')}>
          {shown.map(({ offer, suggestion }) => (
            <OfferCard
              key={suggestion.id}
              offer={offer}
              title={suggestion.title || offer.manifest.name}
              text={t(`reason.${suggestion.reason}`, { keys: suggestion.keys.slice(0, 4).join(', ') })}
              add={add}
            />
          ))}
        </Group>
      ) : null}
      {isWhole && lately.length > 0 ? (
        <Group title={t('recent')}>
          {lately.map((manifest) => (
            <Card key={manifest.type} manifest={manifest} chosen={chosen} add={add} />
          ))}
        </Group>
      ) : null}
      {families.map(({ alias, title, widgets }) => (
        <Group key={alias} title={title}>
          {widgets.map((manifest) => (
            <Card key={manifest.type} manifest={manifest} chosen={chosen} add={add} />
          ))}
        </Group>
      ))}
      {families.length === 0 ? <EmptyState icon={<SearchX />} title={editor('noWidget')} /> : null}
    </>
  )
}

const Group = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section aria-label={title} className="pt-4">
    <h3 className="pb-2 text-xs font-medium text-ink-3">{title}</h3>
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-3">{children}</ul>
  </section>
)

const Card = (p: { manifest: WidgetManifest; chosen: Chosen; add: ReturnType<typeof useAdd> }) => {
  const offer = useMemo(() => offerOf(p.manifest, p.chosen), [p.manifest, p.chosen])
  return <OfferCard offer={offer} title={p.manifest.name} text={p.manifest.description} add={p.add} />
}

/** Adds what is offered: at a place of a grid, else at the first free one of the main grid. */
const useAdd = () => {
  const store = useEditorStore()
  const main = useEditedGrid('main')
  return (offer: Offer, to: Place | null) => {
    const id = crypto.randomUUID()
    const alias = offer.data ? aliasCommand(store.document.configuration, offer.data) : null
    const chosen = to ?? store.get().addAt
    const command = addWidget({ ...offer.widget, id }, chosen?.at ?? main, chosen?.place ?? null)
    // Named by the widget: the alias comes with it.
    store.run(alias ? { ...together([alias, command]), name: command.name } : command)
    noteRecent(offer.manifest.type)
    // What shows nothing yet has to be told what to show; else the next one can be added at once.
    store.set({ selection: [id], side: offer.data || offer.manifest.data === 'none' ? 'add' : 'widget', addAt: null })
  }
}
