'use client'
import { Dialog as Primitive } from 'radix-ui'
import { X } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.ts'

// As high as its panel: of two overlays the later one lies over the whole of the first.
const scrim = 'fixed inset-0 z-50 animate-fade-in bg-scrim'

type OverlayProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  closeLabel: string
  children: ReactNode
  footer?: ReactNode
  className?: string
  style?: CSSProperties
  /** Where Escape belongs to what is inside, and does not close the panel: an editor with keys of its own. */
  keepsEscape?: (target: EventTarget | null) => boolean
}

const unlessKept =
  ({ keepsEscape }: OverlayProps) =>
  (event: KeyboardEvent) => {
    if (keepsEscape?.(event.target)) event.preventDefault()
  }

type HeadProps = Pick<OverlayProps, 'title' | 'description'> & { closeLabel?: string }

const Head = ({ title, description, closeLabel }: HeadProps) => (
  <header className="flex items-start gap-3 px-5 pt-4 pb-4">
    <div className="min-w-0 flex-1">
      <Primitive.Title className="text-base font-semibold text-ink">{title}</Primitive.Title>
      {description ? (
        <Primitive.Description className="mt-0.5 text-sm text-ink-2">{description}</Primitive.Description>
      ) : null}
    </div>
    {closeLabel === undefined ? null : (
      <Primitive.Close asChild>
        <IconButton label={closeLabel} size="icon-sm" className="-mr-1.5 pointer-coarse:-my-2">
          <X />
        </IconButton>
      </Primitive.Close>
    )}
  </header>
)

/**
 * The first thing to do in it, which is not its close button; a field with `autoFocus` has the focus before. What stands
 * before it is read first, and fingers do not get a keyboard over it that they did not ask for.
 */
const focusContent = (event: Event) => {
  if (!(event.currentTarget instanceof HTMLElement)) return
  if (matchMedia('(pointer: coarse)').matches) {
    event.preventDefault()
    event.currentTarget.focus()
    return
  }
  const first = event.currentTarget.querySelector<HTMLElement>(
    ':scope > :not(header) :is(input, select, textarea, button, a[href], [contenteditable=true]):not(:disabled)',
  )
  if (!first) return
  event.preventDefault()
  first.focus({ preventScroll: true })
}

const dialogFrame =
  'fixed z-50 flex max-h-[90dvh] w-full animate-pop-in flex-col overflow-hidden bg-raised shadow-pop focus:outline-none max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-xl sm:top-[18vh] sm:left-1/2 sm:max-w-md sm:-translate-x-1/2 sm:rounded-xl'

/** Modal in the middle; on phones it sits at the bottom edge. */
export const Dialog = (p: OverlayProps) => (
  <Primitive.Root open={p.open} onOpenChange={p.onOpenChange}>
    <Primitive.Portal>
      <Primitive.Overlay className={scrim} />
      <Primitive.Content
        {...(p.description ? {} : { 'aria-describedby': undefined })}
        onOpenAutoFocus={focusContent}
        onEscapeKeyDown={unlessKept(p)}
        style={p.style}
        className={cn(dialogFrame, p.className)}
      >
        <Head {...p} />
        <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{p.children}</div>
        {p.footer ? (
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t bg-surface px-5 py-3 max-sm:[&>button]:flex-1">
            {p.footer}
          </footer>
        ) : null}
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
)

/** A dialog that only what is inside leads out of; what is behind it cannot be read. */
export const Barrier = (p: Pick<OverlayProps, 'title' | 'description' | 'children'>) => (
  <Primitive.Root open>
    <Primitive.Portal>
      <Primitive.Overlay className={cn(scrim, 'backdrop-blur-md')} />
      <Primitive.Content
        {...(p.description ? {} : { 'aria-describedby': undefined })}
        onOpenAutoFocus={focusContent}
        className={dialogFrame}
      >
        <Head {...p} />
        <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{p.children}</div>
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
)

/** Panel along one edge. `modal={false}` leaves the page behind usable (a details drawer beside a canvas). */
export const Sheet = ({
  side = 'right',
  modal = true,
  ...p
}: OverlayProps & { side?: 'left' | 'right'; modal?: boolean }) => (
  <Primitive.Root open={p.open} onOpenChange={p.onOpenChange} modal={modal}>
    <Primitive.Portal>
      {modal ? <Primitive.Overlay className={scrim} /> : null}
      <Primitive.Content
        {...(p.description ? {} : { 'aria-describedby': undefined })}
        {...(modal ? {} : { onInteractOutside: (event: Event) => event.preventDefault() })}
        onEscapeKeyDown={unlessKept(p)}
        className={cn(
          'fixed inset-y-0 z-50 flex w-full max-w-[420px] flex-col bg-raised shadow-pop focus:outline-none',
          side === 'right' ? 'right-0 animate-slide-left border-l' : 'left-0 animate-slide-right border-r',
          p.className,
        )}
      >
        <Head {...p} />
        <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{p.children}</div>
        {p.footer ? (
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3 max-sm:[&>button]:flex-1">
            {p.footer}
          </footer>
        ) : null}
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
)
