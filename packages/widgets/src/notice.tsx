import { CircleAlert, CircleDashed } from 'lucide-react'
import { Skeleton } from '@thingwire/ui'
import type { WidgetState } from './widget.ts'

/** What a widget shows when it has no values to show. */
export const WidgetNotice = ({ state }: { state: Exclude<WidgetState, { status: 'ready' }> }) => {
  if (state.status === 'loading') {
    return (
      <div aria-busy className="flex size-full flex-col justify-center gap-3 p-4">
        <Skeleton className="h-3 w-1/3" />
        <Skeleton className="min-h-4 flex-1" />
      </div>
    )
  }
  const Icon = state.status === 'failed' ? CircleAlert : CircleDashed
  return (
    <div
      role={state.status === 'failed' ? 'alert' : undefined}
      className="flex size-full flex-col items-center justify-center gap-1.5 overflow-hidden p-3 text-center text-xs text-ink-3"
    >
      <Icon aria-hidden className={`size-4 shrink-0 ${state.status === 'failed' ? 'text-danger-text' : ''}`} />
      <p className="line-clamp-3 max-w-64 break-words">{state.reason}</p>
    </div>
  )
}
