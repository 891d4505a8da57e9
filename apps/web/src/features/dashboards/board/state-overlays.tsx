'use client'
import { stateTitle } from '@thingwire/dashboards'
import { Dialog, PopoverAt } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { CSSProperties } from 'react'
import { type StateOverlay, useBoard } from './board-context.ts'
import { safeSize } from './card/safe-style.ts'

type Props = { overlay: StateOverlay | null; onClose: () => void }

/** The state that an action opened over the page. */
export const StateOverlays = ({ overlay, onClose }: Props) => {
  if (!overlay) return null
  return overlay.presentation.kind === 'dialog' ? (
    <StateDialog overlay={overlay} onClose={onClose} />
  ) : (
    <StatePopover overlay={overlay} onClose={onClose} />
  )
}

const useTitle = ({ entry, presentation }: StateOverlay): string => {
  const { document } = useBoard()
  const given = presentation.kind === 'dialog' ? presentation.title : ''
  const pattern = given || (document.states.get(entry.id)?.name ?? entry.id)
  return stateTitle(pattern, entry.params) || entry.id
}

const Content = ({ entry }: StateOverlay) => {
  const { StateView } = useBoard()
  return <StateView key={JSON.stringify(entry)} stateId={entry.id} params={entry.params} />
}

/** Dialogs of files are as wide as a part of the window, in percent. */
const share = (value: number | null, unit: 'vw' | 'dvh'): string | undefined =>
  value !== null && value > 0 ? `${Math.min(96, value)}${unit}` : undefined

const StateDialog = ({ overlay, onClose }: { overlay: StateOverlay; onClose: () => void }) => {
  const common = useTranslations('common')
  const title = useTitle(overlay)
  const { presentation } = overlay
  const [width, height] = presentation.kind === 'dialog' ? [presentation.width, presentation.height] : [null, null]
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      closeLabel={common('close')}
      className="sm:top-[4vh] sm:max-w-[96vw] sm:w-(--overlay-width) max-sm:h-[90dvh]"
      style={{ '--overlay-width': share(width, 'vw') ?? 'min(960px, 96vw)' } as CSSProperties}
    >
      <div className="-mx-5 -mb-5 min-h-60" style={{ height: share(height, 'dvh') ?? '70dvh' }}>
        <Content {...overlay} />
      </div>
    </Dialog>
  )
}

const StatePopover = ({ overlay, onClose }: { overlay: StateOverlay; onClose: () => void }) => {
  const title = useTitle(overlay)
  const { presentation, anchor } = overlay
  if (presentation.kind !== 'popover') return null
  const box = anchor?.getBoundingClientRect()
  const at = box ? { x: box.left, y: box.bottom } : { x: window.innerWidth / 2, y: window.innerHeight / 3 }
  return (
    <PopoverAt
      at={at}
      label={title}
      onClose={onClose}
      onClosed={() => anchor instanceof HTMLElement && anchor.focus()}
      className="overflow-hidden"
    >
      <div
        className="max-h-[80dvh] max-w-[92vw] overflow-auto"
        style={{ width: safeSize(presentation.width) ?? '360px', height: safeSize(presentation.height) ?? '320px' }}
      >
        <Content {...overlay} />
      </div>
    </PopoverAt>
  )
}
