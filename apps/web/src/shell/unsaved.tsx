'use client'
import { Button, Dialog } from '@thingwire/ui'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { type Keepers, type Kept, lostOn, watchLeaving } from './leave-guard.ts'

type Leave = { lost: symbol[]; go: () => void }
type Unsaved = {
  hold: (within: Kept['within']) => () => void
  /** Goes at once when nothing is lost, else after the question. */
  leave: (from: Kept['within'], go: () => void) => void
}

const UnsavedContext = createContext<Unsaved>({ hold: () => () => undefined, leave: (_, go) => go() })

/** Asks before edits are lost, whichever way somebody takes: one guard for every form of the console. */
export const UnsavedProvider = ({ children }: { children: ReactNode }) => {
  const t = useTranslations('unsaved')
  const common = useTranslations('common')
  const router = useRouter()
  const keepers = useRef<Keepers>(new Map()).current
  const [asked, ask] = useState<Leave | null>(null)
  useEffect(
    () => watchLeaving({ keepers, onLeave: ask, follow: (url) => router.push(url.href.slice(url.origin.length)) }),
    [keepers, router],
  )
  const unsaved = useMemo<Unsaved>(
    () => ({
      hold: (within) => {
        const id = Symbol(within)
        keepers.set(id, { within, pathname: location.pathname })
        return () => void keepers.delete(id)
      },
      leave: (from, go) => {
        const lost = from === 'page' ? [...keepers.keys()] : lostOn(keepers, location.pathname, true)
        if (lost.length > 0) ask({ lost, go })
        else go()
      },
    }),
    [keepers],
  )
  const leave = () => {
    if (!asked) return
    for (const id of asked.lost) keepers.delete(id)
    ask(null)
    asked.go()
  }
  return (
    <UnsavedContext value={unsaved}>
      {children}
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => !open && ask(null)}
        title={t('title')}
        closeLabel={common('close')}
        footer={
          <>
            <Button onClick={() => ask(null)}>{t('stay')}</Button>
            <Button variant="danger" onClick={leave}>
              {t('leave')}
            </Button>
          </>
        }
      >
        <p className="text-sm text-ink-2">{t('text')}</p>
      </Dialog>
    </UnsavedContext>
  )
}

/** Says that edits are lost when this page, or this dialog of it, is left. */
export const useUnsaved = (isDirty: boolean, within: Kept['within'] = 'page') => {
  const { hold } = use(UnsavedContext)
  useEffect(() => (isDirty ? hold(within) : undefined), [isDirty, within, hold])
}

/** For ways out that are neither links nor history: closing a dialog, the palette, menus. */
export const useLeave = () => use(UnsavedContext).leave

/** Goes to another page of the console, after the question when edits would be lost. */
export const useGo = () => {
  const leave = useLeave()
  const router = useRouter()
  return (href: string) => leave('page', () => router.push(href))
}
