'use client'
import { useMemo, useState } from 'react'

type Choosable = {
  id: string
  title: string
  visibility: 'visible' | 'hidden' | 'hidden-mobile'
  isChoosable: boolean
}

/** Which columns stand there: as the file says, until the viewer chooses. */
export const useShownColumns = <Column extends Choosable>(columns: readonly Column[], isNarrow: boolean) => {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map())
  return useMemo(() => {
    const isShown = ({ id, visibility }: Column) =>
      chosen.get(id) ?? (visibility === 'visible' || (visibility === 'hidden-mobile' && !isNarrow))
    return {
      columns: columns.filter(isShown),
      choices: columns
        .filter(({ isChoosable }) => isChoosable)
        .map((column) => ({ id: column.id, title: column.title, isShown: isShown(column) })),
      choose: (id: string, next: boolean) => setChosen((before) => new Map(before).set(id, next)),
    }
  }, [columns, chosen, isNarrow])
}
