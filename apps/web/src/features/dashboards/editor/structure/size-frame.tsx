'use client'
import { cn } from '@thingwire/ui'
import type { CSSProperties, ReactNode } from 'react'
import { sideWidth } from '../side/side-width.ts'
import { useEditor } from '../store/use-editor.ts'
import { SizeNote } from './size-note.tsx'
import { widthOf } from './sizes.ts'

/** The canvas as wide as the size that is edited, on a ground of its own. */
export const SizeFrame = ({ children }: { children: ReactNode }) => {
  const size = useEditor((state) => state.size)
  const isSideOpen = useEditor(({ side, selection }) => (side === 'widget' ? selection.length === 1 : side !== null))
  const width = widthOf(size)
  const covered = isSideOpen ? `${sideWidth}px` : '0px'
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {/* What lies over the side leaves its buttons free. */}
      <div
        className="shrink-0 border-b bg-surface empty:hidden sm:pr-(--covered)"
        style={{ '--covered': covered } as CSSProperties}
      >
        <SizeNote />
      </div>
      {width === null ? (
        <div className="flex min-h-0 min-w-0 flex-1">{children}</div>
      ) : (
        <div
          className="flex min-h-0 min-w-0 flex-1 overflow-x-auto bg-sunken p-4"
          style={{ paddingRight: isSideOpen ? sideWidth + 16 : undefined }}
        >
          <div
            data-size-frame={size}
            style={{ width }}
            className={cn(
              'mx-auto flex min-h-0 shrink-0 overflow-hidden rounded-lg border border-line-strong bg-canvas shadow-card',
              size === 'xs' && 'my-auto h-full max-h-[844px] rounded-3xl',
            )}
          >
            {children}
          </div>
        </div>
      )}
    </div>
  )
}
