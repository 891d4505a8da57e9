'use client'
import { useMemo } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'

type Choosable = {
  id: string
  title: string
  visibility: 'visible' | 'hidden' | 'hidden-mobile'
  isChoosable: boolean
}

const nothing: Readonly<Record<string, unknown>> = {}
const recordOf = (kept: unknown) =>
  typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as typeof nothing) : nothing

/** Which columns stand there: as the file says, until the viewer chooses. */
export const useShownColumns = <Column extends Choosable>(columns: readonly Column[], isNarrow: boolean) => {
  const [kept, set] = useWidgetHost().viewer.useSetting('columns')
  return useMemo(() => {
    const chosen = new Map(
      Object.entries(recordOf(kept)).flatMap(([id, isShown]) => (typeof isShown === 'boolean' ? [[id, isShown]] : [])),
    )
    const isShown = ({ id, visibility }: Column) =>
      chosen.get(id) ?? (visibility === 'visible' || (visibility === 'hidden-mobile' && !isNarrow))
    return {
      columns: columns.filter(isShown),
      choices: columns
        .filter(({ isChoosable }) => isChoosable)
        .map((column) => ({ id: column.id, title: column.title, isShown: isShown(column) })),
      choose: (id: string, next: boolean) => set({ ...Object.fromEntries(chosen), [id]: next }),
    }
  }, [columns, kept, set, isNarrow])
}
