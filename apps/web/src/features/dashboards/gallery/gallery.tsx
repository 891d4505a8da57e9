'use client'
import { Button, EmptyState, SearchInput, Segmented } from '@thingwire/ui'
import { type WidgetManifest, widgetFamilies } from '@thingwire/widgets/manifests'
import { SearchX, ShieldAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useUser } from '@/session/session-provider.tsx'
import { Page } from '@/shell/page.tsx'
import { gallerySizes, useGalleryUrl } from './use-gallery-url.ts'
import { WidgetCases } from './widget-cases.tsx'

const matches = (manifest: WidgetManifest, search: string): boolean =>
  [manifest.name, manifest.type, ...manifest.fqns].some((name) => name.toLowerCase().includes(search.toLowerCase()))

/** Every widget in every case of its folder, without a server behind it. */
export const Gallery = () => {
  const t = useTranslations('gallery')
  const dashboards = useTranslations('dashboards')
  const user = useUser()
  const crumbs = [{ label: dashboards('title'), href: '/dashboards' }, { label: t('title') }]
  return (
    <Page crumbs={crumbs}>
      {user.authority === 'TENANT_ADMIN' ? (
        <GalleryContent />
      ) : (
        <EmptyState icon={<ShieldAlert />} title={t('forbidden')} />
      )}
    </Page>
  )
}

const GalleryContent = () => {
  const t = useTranslations('gallery')
  const { resolvedTheme } = useTheme()
  const [url] = useGalleryUrl()
  const theme = url.theme ?? (resolvedTheme === 'dark' ? 'dark' : 'light')
  const families = widgetFamilies
    .filter((family) => url.family === null || family.alias === url.family)
    .toSorted((a, b) => a.order - b.order)
    .map((family) => ({
      ...family,
      widgets: family.widgets.filter((one) => (url.widget ? one.type === url.widget : matches(one, url.q.trim()))),
    }))
    .filter((family) => family.widgets.length > 0)
  return (
    <>
      <GalleryBar theme={theme} />
      <div data-theme={theme} className="flex-1 bg-canvas text-ink">
        {families.map((family) => (
          <section key={family.alias} aria-label={family.title} className="px-4 pb-8 sm:px-6">
            <header className="flex items-baseline gap-2 pt-6 pb-1">
              <h2 className="text-lg font-semibold">{family.title}</h2>
              <span className="text-xs text-ink-3 tabular-nums">{t('count', { widgets: family.widgets.length })}</span>
            </header>
            {family.widgets.map((manifest) => (
              <WidgetCases key={manifest.type} manifest={manifest} theme={theme} size={url.size} />
            ))}
          </section>
        ))}
        {families.length === 0 ? (
          <EmptyState icon={<SearchX />} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        ) : null}
      </div>
    </>
  )
}

const GalleryBar = ({ theme }: { theme: 'light' | 'dark' }) => {
  const t = useTranslations('gallery')
  const [url, setUrl] = useGalleryUrl()
  const families = widgetFamilies.filter((family) => family.widgets.length > 0)
  return (
    <div className="sticky top-0 z-20 flex shrink-0 flex-wrap items-center gap-2 border-b bg-canvas px-4 py-2 sm:px-6">
      <SearchInput
        aria-label={t('search')}
        placeholder={t('search')}
        className="w-56 max-sm:w-full"
        value={url.q}
        onChange={(event) => void setUrl({ q: event.target.value || null, widget: null })}
      />
      <nav aria-label={t('families')} className="flex flex-wrap gap-1">
        {[{ alias: null, title: t('all') }, ...families].map((family) => (
          <Button
            key={family.alias ?? ''}
            size="sm"
            variant={family.alias === url.family ? 'secondary' : 'ghost'}
            aria-pressed={family.alias === url.family}
            onClick={() => void setUrl({ family: family.alias, widget: null })}
          >
            {family.title}
          </Button>
        ))}
      </nav>
      <div className="ml-auto flex flex-wrap gap-2">
        <Segmented
          label={t('size')}
          value={url.size}
          onChange={(size) => void setUrl({ size })}
          options={gallerySizes.map((value) => ({ value, label: t(value) }))}
        />
        <Segmented
          label={t('theme')}
          value={theme}
          onChange={(chosen) => void setUrl({ theme: chosen })}
          options={[
            { value: 'light', label: t('light') },
            { value: 'dark', label: t('dark') },
          ]}
        />
      </div>
    </div>
  )
}
