'use client'
import { cn, Menu, MenuItem, MenuLabel, MenuRadio, MenuSeparator, toast } from '@thingwire/ui'
import { ChevronsUpDown, LogOut, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useSignOut, useUser } from '@/session/session-provider.tsx'
import { useGo, useLeave } from './unsaved.tsx'

const initials = (name: string) =>
  name
    .split(/[\s@._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('')

export const UserMenu = ({ compact }: { compact: boolean }) => {
  const t = useTranslations('user')
  const user = useUser()
  const signOut = useSignOut()
  const go = useGo()
  const leave = useLeave()
  const { theme, setTheme } = useTheme()
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email
  return (
    <Menu
      side="top"
      align="start"
      className="w-56"
      trigger={
        <button
          type="button"
          {...(compact ? { 'aria-label': t('menu', { name }) } : {})}
          className={cn(
            'flex w-full items-center gap-2.5 rounded-md p-1.5 text-left transition-colors duration-100 hover:bg-hover',
            compact && 'w-auto',
          )}
        >
          <span
            aria-hidden
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent-text"
          >
            {initials(name)}
          </span>
          {compact ? null : (
            <>
              <span className="min-w-0 flex-1 leading-4">
                <span className="block truncate text-sm font-medium text-ink">{name}</span>
                <span className="block truncate text-2xs text-ink-3">{t(`role.${user.authority}`)}</span>
              </span>
              <ChevronsUpDown aria-hidden className="size-3.5 text-ink-3" />
            </>
          )}
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate text-sm font-medium">{name}</p>
        <p className="truncate text-xs text-ink-3">{user.email}</p>
      </div>
      <MenuSeparator />
      <MenuItem onSelect={() => go('/account')}>
        <UserRound />
        {t('account')}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t('theme')}</MenuLabel>
      <MenuRadio
        value={theme ?? 'system'}
        onChange={setTheme}
        options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
      <MenuSeparator />
      <MenuItem
        onSelect={() =>
          leave('page', () => void signOut().catch((error: Error) => toast.failed(t('signOutFailed'), error.message)))
        }
      >
        <LogOut />
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
