'use client'
import { toast as show, Toaster as Sonner } from 'sonner'

export const Toaster = ({ theme, closeLabel }: { theme: 'light' | 'dark'; closeLabel: string }) => (
  <Sonner
    theme={theme}
    position="bottom-right"
    gap={8}
    toastOptions={{
      closeButtonAriaLabel: closeLabel,
      unstyled: true,
      classNames: {
        toast:
          'flex w-full items-start gap-2.5 rounded-lg bg-raised px-3.5 py-3 text-sm text-ink shadow-pop [&_[data-icon]]:mt-0.5 data-[type=error]:[&_[data-icon]]:text-danger data-[type=success]:[&_[data-icon]]:text-ok',
        title: 'font-medium',
        description: 'text-ink-2',
        actionButton:
          "relative ml-auto shrink-0 font-medium text-accent-text pointer-coarse:before:absolute pointer-coarse:before:-inset-3 pointer-coarse:before:content-['']",
      },
    }}
  />
)

export const toast = {
  done: (title: string, description?: string) => show.success(title, description ? { description } : {}),
  /** Says what was done and offers to take it back. */
  undoable: (title: string, label: string, undo: () => void) =>
    show(title, { duration: 8_000, action: { label, onClick: undo } }),
  failed: (title: string, description?: string) =>
    show.error(title, { duration: 8_000, ...(description ? { description } : {}) }),
}
