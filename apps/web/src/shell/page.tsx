'use client'
import { Breadcrumbs, Button, cn, EmptyState, IconButton } from '@thingwire/ui'
import { ChevronLeft, FileQuestion, Menu, ShieldAlert, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect } from 'react'
import { ApiError } from '@/api/http.ts'
import { LaterLink } from './later-link.tsx'
import { useOpenDrawer } from './shell.tsx'

export type Crumb = { label: ReactNode; href?: string }

/** Frame of every page: breadcrumbs and actions above, the page's own content below. */
export const Page = (p: {
  crumbs: readonly Crumb[]
  /** Title of the browser tab, when it is not known before loading. */
  documentTitle?: string | undefined
  actions?: ReactNode
  children: ReactNode
  /** The content scrolls itself (tables, canvases). */
  fixed?: boolean
}) => {
  const t = useTranslations('nav')
  const product = useTranslations('app')('name')
  const openDrawer = useOpenDrawer()
  const { documentTitle } = p
  const parent = p.crumbs.findLast((crumb) => crumb.href)
  useEffect(() => {
    if (documentTitle) document.title = `${documentTitle} · ${product}`
  }, [documentTitle, product])
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-2 border-b px-4 sm:px-6">
        {openDrawer ? (
          <IconButton label={t('menu')} onClick={openDrawer} className="-ml-2 md:hidden">
            <Menu />
          </IconButton>
        ) : null}
        {/* Narrow screens have no room for the way here, but need the way back. */}
        {parent?.href ? (
          <Button asChild variant="ghost" size="icon" className="-mx-2 sm:hidden">
            <LaterLink href={parent.href} aria-label={t('backTo', { place: String(parent.label) })}>
              <ChevronLeft />
            </LaterLink>
          </Button>
        ) : null}
        <h1 className="sr-only">{p.crumbs.at(-1)?.label}</h1>
        <Breadcrumbs
          label={t('breadcrumbs')}
          items={p.crumbs.map((crumb, index) => ({
            key: crumb.href ?? String(index),
            node: crumb.href ? <LaterLink href={crumb.href}>{crumb.label}</LaterLink> : crumb.label,
          }))}
        />
        <div className="ml-auto flex shrink-0 items-center gap-2">{p.actions}</div>
      </header>
      <main
        id="main"
        // A page that scrolls must be reachable by keyboard; one whose parts scroll only needs the skip link.
        tabIndex={p.fixed ? -1 : 0}
        className={cn(
          'flex min-h-0 flex-1 flex-col focus-visible:-outline-offset-2',
          p.fixed ? 'focus:outline-none' : 'overflow-y-auto',
        )}
      >
        {p.children}
      </main>
    </>
  )
}

/** What went wrong with loading, in place of the content, with the way on. */
export const LoadError = ({ error, retry, back }: { error: Error; retry: () => void; back?: Crumb }) => {
  const t = useTranslations('errors')
  const status = error instanceof ApiError ? error.status : null
  const kind = status === 404 || status === 400 ? 'notFound' : status === 403 ? 'forbidden' : 'failed'
  const icons = { notFound: <FileQuestion />, forbidden: <ShieldAlert />, failed: <TriangleAlert /> }
  return (
    <EmptyState
      icon={icons[kind]}
      tone={kind === 'failed' ? 'danger' : 'neutral'}
      title={t(`${kind}Title`)}
      action={
        <>
          {kind === 'failed' ? <Button onClick={retry}>{t('retry')}</Button> : null}
          {back?.href ? (
            <Button asChild>
              <LaterLink href={back.href}>{t('backTo', { place: String(back.label) })}</LaterLink>
            </Button>
          ) : null}
        </>
      }
    >
      {kind === 'failed' ? error.message : t(`${kind}Text`)}
    </EmptyState>
  )
}
