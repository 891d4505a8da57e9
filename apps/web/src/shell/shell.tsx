'use client'
import { Button, cn, EmptyState, Sheet, Skeleton } from '@thingwire/ui'
import { AppWindow, CloudOff, Unlink } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { LiveProvider } from '@/live/live-provider.tsx'
import { isFramed, NoSessionInFrameError } from '@/session/frame-visit.ts'
import { useEndedSession } from '@/session/ended-session.ts'
import { ClosedLinkError, SessionProvider, useUser } from '@/session/session-provider.tsx'
import { isVisitor } from '@/session/visitor.ts'
import { OfflineBanner } from './offline-banner.tsx'
import { PaletteProvider } from './palette.tsx'
import { Sidebar } from './sidebar.tsx'
import { sidebarCookie } from './sidebar-cookie.ts'
import { UnsavedProvider } from './unsaved.tsx'

/** Null where there is no menu to open. */
const DrawerContext = createContext<(() => void) | null>(null)
export const useOpenDrawer = () => use(DrawerContext)

export const Shell = ({ children, initiallyCollapsed }: { children: ReactNode; initiallyCollapsed: boolean }) => (
  <SessionProvider
    waiting={<ShellSkeleton collapsed={initiallyCollapsed} />}
    failed={(retry, error) => <Failed retry={retry} error={error} />}
  >
    <LiveProvider>
      <UnsavedProvider>
        <PaletteProvider>
          <Frame initiallyCollapsed={initiallyCollapsed}>{children}</Frame>
          <SessionEnd />
        </PaletteProvider>
      </UnsavedProvider>
    </LiveProvider>
  </SessionProvider>
)

const SignInAgain = dynamic(async () => (await import('@/features/sign-in/sign-in-again.tsx')).SignInAgain)
const SessionEnd = () => {
  const ended = useEndedSession()
  return ended ? <SignInAgain {...ended} /> : null
}

const Frame = ({ children, initiallyCollapsed }: { children: ReactNode; initiallyCollapsed: boolean }) => {
  const t = useTranslations('nav')
  const isBare = useIsBare()
  const isVisiting = isVisitor(useUser())
  const [collapsed, setCollapsed] = useState(initiallyCollapsed)
  const [drawerOpen, setDrawerOpen] = useState(false)
  const toggle = () => {
    const next = !collapsed
    setCollapsed(next)
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is missing on plain HTTP
    document.cookie = `${sidebarCookie}=${next ? 'collapsed' : 'open'}; path=/; max-age=31536000; samesite=lax`
  }
  useEffect(() => {
    const wide = matchMedia('(min-width: 768px)')
    const close = () => wide.matches && setDrawerOpen(false)
    wide.addEventListener('change', close)
    return () => wide.removeEventListener('change', close)
  }, [])
  return (
    <DrawerContext value={isVisiting ? null : () => setDrawerOpen(true)}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <div className="flex h-dvh overflow-hidden">
        <aside
          className={cn(
            'hidden shrink-0 border-r bg-sunken transition-[width] duration-150',
            collapsed ? 'w-14' : 'w-58',
            !isBare && 'md:block',
          )}
        >
          <Sidebar collapsed={collapsed} onToggle={toggle} />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <OfflineBanner />
          {children}
        </div>
      </div>
      <Sheet
        open={drawerOpen}
        onOpenChange={setDrawerOpen}
        side="left"
        title={t('menu')}
        closeLabel={t('close')}
        className="max-w-72"
      >
        <div className="-mx-5 -mb-5 flex h-full flex-col">
          <Sidebar collapsed={false} onNavigate={() => setDrawerOpen(false)} />
        </div>
      </Sheet>
    </DrawerContext>
  )
}

/**
 * Screens on walls (`?kiosk=1`), frames of other pages of ours (`?embed=1`) and visitors by a public link see the page
 * without the console around.
 */
const useIsBare = (): boolean => {
  const search = useSearchParams()
  const user = useUser()
  const isFramedLink = search.has('publicId') && isFramed()
  return search.get('kiosk') === '1' || search.get('embed') === '1' || isFramedLink || isVisitor(user)
}

const ShellSkeleton = ({ collapsed }: { collapsed: boolean }) => (
  <div aria-busy className="flex h-dvh">
    <div className={cn('hidden border-r bg-sunken p-4 md:block', collapsed ? 'w-14' : 'w-58')}>
      <Skeleton className="size-6" />
      <div className={cn('mt-8 grid gap-4', collapsed && 'hidden')}>
        {['w-24', 'w-32', 'w-20', 'w-28'].map((width) => (
          <Skeleton key={width} className={cn('h-3', width)} />
        ))}
      </div>
    </div>
    <div className="flex-1">
      <div className="flex h-14 items-center border-b px-6">
        <Skeleton className="h-3.5 w-40" />
      </div>
    </div>
  </div>
)

const Failed = ({ retry, error }: { retry: () => void; error: Error }) => {
  if (error instanceof ClosedLinkError) return <ClosedLink />
  if (error instanceof NoSessionInFrameError) return <NoSessionInFrame />
  return <Unreachable retry={retry} />
}

/** The same page by itself, with what the console has around it. */
const unframed = () => {
  const url = new URL(location.href)
  url.searchParams.delete('embed')
  return url.href
}

const NoSessionInFrame = () => {
  const t = useTranslations('errors')
  return (
    <main className="flex h-dvh items-center justify-center">
      <EmptyState
        icon={<AppWindow />}
        title={t('frameTitle')}
        action={
          <Button asChild>
            <a href={unframed()} target="_blank" rel="noopener">
              {t('openTab')}
            </a>
          </Button>
        }
      >
        {t('frameText')}
      </EmptyState>
    </main>
  )
}

const ClosedLink = () => {
  const t = useTranslations('errors')
  return (
    <main className="flex h-dvh items-center justify-center">
      <EmptyState
        icon={<Unlink />}
        title={t('closedLinkTitle')}
        action={
          <Button asChild>
            <Link href="/sign-in">{t('signIn')}</Link>
          </Button>
        }
      >
        {t('closedLinkText')}
      </EmptyState>
    </main>
  )
}

const Unreachable = ({ retry }: { retry: () => void }) => {
  const t = useTranslations('errors')
  return (
    <main className="flex h-dvh items-center justify-center">
      <EmptyState
        icon={<CloudOff />}
        title={t('unreachableTitle')}
        action={
          <Button variant="primary" onClick={retry}>
            {t('retry')}
          </Button>
        }
      >
        {t('unreachableText')}
      </EmptyState>
    </main>
  )
}
