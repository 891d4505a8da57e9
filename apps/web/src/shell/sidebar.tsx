'use client'
import { Button, cn, IconButton, Kbd, Tooltip } from '@thingwire/ui'
import { PanelLeft, Search } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { useUser } from '@/session/session-provider.tsx'
import { ConnectionBadge } from './connection-badge.tsx'
import { LaterLink } from './later-link.tsx'
import { Logo } from './logo.tsx'
import { isWithin, type NavItem, navigationFor } from './navigation.ts'
import { useOpenPalette } from './palette.tsx'
import { UserMenu } from './user-menu.tsx'

/** `onNavigate`: the drawer of a phone closes itself by it. */
export const Sidebar = (p: { collapsed: boolean; onToggle?: () => void; onNavigate?: () => void }) => {
  const t = useTranslations('nav')
  const product = useTranslations('app')('name')
  const user = useUser()
  const openPalette = useOpenPalette()
  const shortcut = useCommandKey()
  return (
    <div className="flex h-full flex-col">
      <div className={cn('flex h-14 shrink-0 items-center gap-2.5 px-4', p.collapsed && 'justify-center px-0')}>
        <LaterLink
          href="/"
          {...(p.collapsed ? { 'aria-label': t('home') } : {})}
          className="flex items-center gap-2.5"
          onClick={() => p.onNavigate?.()}
        >
          <Logo className="size-6" />
          {p.collapsed ? null : <span className="text-base font-semibold tracking-tight">{product}</span>}
        </LaterLink>
        {p.onToggle && !p.collapsed ? (
          <IconButton label={t('collapse')} size="icon-sm" onClick={p.onToggle} className="ml-auto -mr-1.5">
            <PanelLeft />
          </IconButton>
        ) : null}
      </div>
      <div className={cn('px-3 pb-2', p.collapsed && 'px-2')}>
        <Button
          onClick={() => {
            p.onNavigate?.()
            openPalette()
          }}
          {...(p.collapsed ? { 'aria-label': t('search') } : {})}
          className={cn('w-full justify-start px-2.5 font-normal text-ink-3', p.collapsed && 'justify-center px-0')}
        >
          <Search />
          {p.collapsed ? null : (
            <>
              {t('search')}
              <span className="ml-auto">
                <Kbd>{shortcut}</Kbd>
              </span>
            </>
          )}
        </Button>
      </div>
      <nav aria-label={t('main')} className={cn('min-h-0 flex-1 overflow-y-auto px-3 py-1', p.collapsed && 'px-2')}>
        {navigationFor(user.authority).map((group) => (
          <div key={group.label ?? 'top'} className="mb-3">
            {group.label && !p.collapsed ? (
              <p className="px-2.5 pt-1 pb-1 text-xs font-medium text-ink-3">{t(group.label)}</p>
            ) : null}
            <ul className="grid gap-0.5">
              {group.items.map((item) => (
                <li key={item.href}>
                  <NavLink item={item} collapsed={p.collapsed} onNavigate={p.onNavigate} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-1 border-t p-2', p.collapsed && 'justify-items-center')}>
        {p.onToggle && p.collapsed ? (
          <IconButton label={t('expand')} onClick={p.onToggle}>
            <PanelLeft />
          </IconButton>
        ) : null}
        <ConnectionBadge compact={p.collapsed} />
        <UserMenu compact={p.collapsed} />
      </div>
    </div>
  )
}

const neverChanges = () => () => undefined

/** The key that opens the palette, as this keyboard calls it. */
const useCommandKey = () =>
  useSyncExternalStore(
    neverChanges,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'),
    () => '⌘K',
  )

const NavLink = (p: { item: NavItem; collapsed: boolean; onNavigate: (() => void) | undefined }) => {
  const t = useTranslations('nav')
  const isCurrent = isWithin(usePathname(), p.item.href)
  const link = (
    <LaterLink
      href={p.item.href}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      {...(p.collapsed ? { 'aria-label': t(p.item.label) } : {})}
      onClick={() => p.onNavigate?.()}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-ink-2 transition-colors duration-100 pointer-coarse:min-h-10 hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:text-ink [&_svg]:size-4 [&_svg]:stroke-[1.75] [&_svg]:text-ink-3 aria-[current]:[&_svg]:text-accent-text',
        p.collapsed && 'justify-center px-0',
      )}
    >
      <p.item.icon aria-hidden />
      {p.collapsed ? null : t(p.item.label)}
    </LaterLink>
  )
  return p.collapsed ? (
    <Tooltip content={t(p.item.label)} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  )
}
