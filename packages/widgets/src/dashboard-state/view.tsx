'use client'
import { useMemo, useState } from 'react'
import type { z } from 'zod'
import { contentWords } from '../engines/content/content-words.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { dashboardStateSettingsSchema } from './manifest.ts'

export const DashboardState = ({ settings }: WidgetViewProps<z.infer<typeof dashboardStateSettingsSchema>>) => {
  const words = useWords('content', contentWords)
  const { board } = useWidgetHost()
  const { params } = board.state
  const [first] = useState(params)
  const { defaultAutofillLayout: fills, defaultMargin: margin, defaultBackgroundColor } = settings
  const background = defaultBackgroundColor || null
  const grid = useMemo(() => ({ fills, margin, outerMargin: null, background }), [fills, margin, background])
  if (settings.stateId === '') return <WidgetNotice state={{ status: 'empty', reason: words('noState') }} />
  return (
    <div className="size-full overflow-hidden">
      <board.StateView
        stateId={settings.stateId}
        params={settings.syncParentStateParams ? params : first}
        grid={grid}
      />
    </div>
  )
}
